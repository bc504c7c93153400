"""What mentoring forgets because a day has come: what was passed on, some time after it ended."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from lms.core.house import House
from lms.programme.mentors.models import MentorRequest
from lms.programme.mentors.rules import KEPT_FOR


def forget(house: House, now: datetime) -> None:
    """Each minute: empty the details of newcomers whose request ended 90 days ago or longer."""
    with house.database.reading() as db:
        if db.scalar(select(MentorRequest.id).where(*_due(now)).limit(1)) is None:
            return
    with house.database.writing() as db:
        db.execute(update(MentorRequest).where(*_due(now)).values(name="", address="", area="", forgotten_at=now))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (MentorRequest.ended_at <= now - KEPT_FOR, MentorRequest.forgotten_at.is_(None))
