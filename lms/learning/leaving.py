"""Leaving a course. What was done on it stays on record, and somebody who left can be enrolled anew."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.core.db import Db
from lms.core.events import record
from lms.core.words import NotFound
from lms.learning.events import LearnerLeft
from lms.learning.models import Enrolment
from lms.learning.taking import take

LEFT: Select[UUID] = select(Enrolment.id).where(Enrolment.ended_at.is_not(None))
"""The question for every enrolment that was left, for a list of another room to leave them out."""

RUNNING_IN: Select[UUID] = select(Enrolment.id).where(
    Enrolment.authority_id.in_(bindparam("authority_ids", expanding=True)), Enrolment.ended_at.is_(None)
)
"""The question for those that run in `authority_ids`, for another room to begin with."""


def leave(db: Db, *, enrolment_id: UUID, by: UUID, now: datetime) -> None:
    """A learner leaves a course; one that was left already stays as it is. Raises NotFound for no such enrolment."""
    row = take(db, enrolment_id)
    if row is None:
        raise NotFound("enrolment")
    if row.ended_at is None:
        row.ended_at = now
        db.flush()
        record(db, LearnerLeft(about=row.learner_id, enrolment_id=row.id, course=row.course), by=by, now=now)
