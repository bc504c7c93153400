"""The protocol of what waits: each room gives what waits for a viewer, in a constant number of queries."""

from collections.abc import Callable
from datetime import date

from lms.assessment.queues.rules import Waiting
from lms.core.db import Db
from lms.people.viewer import Viewer

WaitsFor = Callable[[Db, Viewer, date], list[Waiting]]
"""What waits for a viewer on a day: unit of work, viewer, day. House.waits lists them all."""
