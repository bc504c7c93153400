"""What a learner wrote for an activity."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select

from lms.core.db import Db
from lms.learning.models import ActivityText


@dataclass(frozen=True)
class ActivityTextView:
    """What a learner wrote last for an activity; `said_finished` of this very text, `finished` of any of them."""

    text: str
    finished: bool
    saved_at: datetime
    given_id: UUID
    given_at: datetime
    said_finished: bool


def activity_text(db: Db, enrolment_id: UUID, activity: str) -> ActivityTextView | None:
    """The text of an activity that was given last; None when nothing was saved yet. Once finished, it stays so."""
    given_at = func.coalesce(ActivityText.given_at, ActivityText.saved_at)
    here = (ActivityText.enrolment_id == enrolment_id, ActivityText.activity == activity)
    finished = exists().where(*here, ActivityText.finished)
    found = db.execute(
        select(ActivityText, given_at, finished)
        .where(*here)
        .order_by(given_at.desc(), ActivityText.given_id.desc(), ActivityText.number.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    row, given_last, finished_once = found
    return ActivityTextView(row.text, finished_once, row.saved_at, row.given_id, given_last, row.finished)
