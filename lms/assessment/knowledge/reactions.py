"""What this part writes when outcomes are shown in the learning room."""

from datetime import datetime

from lms.assessment.knowledge.keeping import keep_in
from lms.core.db import Db
from lms.learning.shown.events import OutcomesShown


def keep_shown(db: Db, fact: OutcomesShown, now: datetime) -> None:  # noqa: ARG001  each was shown at its own moment
    """Outcomes were shown: write the lines of every edition that are thereby shown, once."""
    keep_in(db, fact.enrolment_id, outcomes=fact.outcomes)
