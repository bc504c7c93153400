"""Write queues: opening what waits for one, and giving it back."""

from collections.abc import Sequence
from datetime import datetime

from lms.assessment.queues import leases, queries
from lms.assessment.queues.makers import WaitsFor
from lms.assessment.queues.rules import Waiting
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound
from lms.people.viewer import Viewer


def open_thing(db: Db, viewer: Viewer, *, key: str, waits: Sequence[WaitsFor], now: datetime) -> Waiting:
    """Open something that waits for the viewer, for a while where others could open it too; returns it.

    Raises NotFound when it does not wait for them, or not any more; refused while somebody else has it open.
    """
    found = queries.all_waiting(db, viewer, london_day(now), waits=waits)
    one = next((each for each in found if each.key == key), None)
    if one is None:
        raise NotFound("thing")
    if one.open_to_others:
        leases.take(db, thing=one.key, by=viewer.person_id, now=now)
    return one
