"""The secret address of somebody's calendar: made, renewed and ended. Only its digest is kept."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, select, update

from lms.core.db import Db
from lms.core.events import record
from lms.people.queries import account_open
from lms.people.secrets import digest, new_secret
from lms.programme.gatherings.events import CalendarAddressSet
from lms.programme.gatherings.models import CalendarAddress


def renew(db: Db, *, by: UUID, now: datetime) -> str:
    """A new secret address for one's calendar; the one before opens nothing any more. It is said this one time."""
    _end(db, by, now)
    secret = new_secret()
    db.add(CalendarAddress(id=uuid4(), person_id=by, digest=digest(secret), made_at=now))
    db.flush()
    record(db, CalendarAddressSet(about=by, ended=False), by=by, now=now)
    return secret


def end(db: Db, *, by: UUID, now: datetime) -> None:
    """From now on one's calendar has no address. None changes nothing."""
    if _end(db, by, now):
        record(db, CalendarAddressSet(about=by, ended=True), by=by, now=now)


def made_at(db: Db, person_id: UUID) -> datetime | None:
    """Since when somebody's calendar has its address; None: it has none."""
    return db.scalar(select(CalendarAddress.made_at).where(_mine(person_id)))


def whose(db: Db, secret: str) -> UUID | None:
    """Whose calendar an address opens; None for one that opens nothing, as for one of a closed account."""
    wanted = select(CalendarAddress.person_id).where(
        CalendarAddress.digest == digest(secret),
        CalendarAddress.ended_at.is_(None),
        account_open(CalendarAddress.person_id),
    )
    return db.scalar(wanted)


def _mine(person_id: UUID) -> ColumnElement[bool]:
    return (CalendarAddress.person_id == person_id) & CalendarAddress.ended_at.is_(None)


def _end(db: Db, person_id: UUID, now: datetime) -> bool:
    done = update(CalendarAddress).where(_mine(person_id)).values(ended_at=now).returning(CalendarAddress.id)
    return db.scalars(done).first() is not None
