"""Take a piece of writing until the end of the unit of work, and who has it open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from lms.core.clock import LONDON
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.learning.models import Enrolment, WrittenWork
from lms.learning.taking import take
from lms.learning.writing.models import Lease
from lms.learning.writing.rules import LEASE, Door, Held, door
from lms.people import queries as people


def hold(db: Db, work_id: UUID) -> WrittenWork:
    """A piece of writing, held until the end of the unit of work. Raises NotFound."""
    row = db.scalar(
        select(WrittenWork).where(WrittenWork.id == work_id).with_for_update().execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("text")
    return row


def hold_with_enrolment(db: Db, work_id: UUID) -> tuple[Enrolment, WrittenWork]:
    """A piece of writing with its enrolment, both held; the enrolment first, as everywhere in learning."""
    enrolment_id = db.scalar(select(WrittenWork.enrolment_id).where(WrittenWork.id == work_id))
    enrolment = take(db, enrolment_id) if enrolment_id is not None else None
    if enrolment is None:
        raise NotFound("text")
    return enrolment, hold(db, work_id)


def held(db: Db, work_id: UUID) -> Held | None:
    """Who has a text open, or had it last."""
    row = db.scalar(select(Lease).where(Lease.work_id == work_id).execution_options(populate_existing=True))
    return Held(row.reader_id, row.until) if row else None


def lease(db: Db, work_id: UUID, *, reader: UUID, now: datetime) -> datetime:
    """Give somebody a text that is free or theirs; returns until when. Whoever calls this holds the text."""
    row = db.get(Lease, work_id, populate_existing=True)
    if row is None:
        db.add(Lease(work_id=work_id, reader_id=reader, until=now + LEASE))
    else:
        row.reader_id, row.until = reader, now + LEASE
    db.flush()
    return now + LEASE


def release(db: Db, work_id: UUID) -> None:
    """Nobody has the text open any more."""
    db.execute(delete(Lease).where(Lease.work_id == work_id))


def refuse_held(db: Db, work_id: UUID, *, reader: UUID, now: datetime) -> None:
    """Refuse a text that somebody else has open, saying who and until when."""
    found = held(db, work_id)
    if found is not None and door(found, reader=reader, now=now) is Door.OTHERS:
        raise Refused(
            N_("%(name)s has this open until %(until)s."),
            name=people.person(db, found.reader_id).name,
            until=clock_time(found.until),
        )


def clock_time(moment: datetime) -> str:
    """The time of day in the United Kingdom: “14:30”."""
    return f"{moment.astimezone(LONDON):%H:%M}"
