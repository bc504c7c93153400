"""Works on many are forgotten a year after they were asked for, with every line of them."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from lms.core.house import House
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.rules import KEPT_FOR
from lms.programme.bulk.words import State


def forget(house: House, now: datetime) -> None:
    """Each minute: take away the oldest work whose time is over, if there is one. What it did stays."""
    with house.database.reading() as db:
        oldest = db.scalar(select(BulkWork.id).where(*_due(now)).order_by(BulkWork.asked_at).limit(1))
    if oldest is None:
        return
    with house.database.writing() as db:
        db.execute(update(BulkWork).where(BulkWork.undoes == oldest).values(undoes=None))
        db.execute(delete(BulkLine).where(BulkLine.work_id == oldest))
        db.execute(delete(BulkWork).where(BulkWork.id == oldest))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return BulkWork.asked_at <= now - KEPT_FOR, BulkWork.state != State.RUNNING
