"""Say and read for how many years an authority keeps notes, call-backs and alerts."""

from dataclasses import astuple
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.forgetting import rules
from lms.programme.forgetting.events import ContactRetentionSet
from lms.programme.forgetting.models import ContactRetention
from lms.programme.forgetting.rules import Said, Years


def said_by(db: Db, authority_id: UUID) -> list[Said]:
    """Everything an authority ever set, oldest first; nothing where it never did."""
    mine = select(ContactRetention).where(ContactRetention.authority_id == authority_id)
    return [
        Said(row.since, Years(row.notes, row.call_backs, row.alerts))
        for row in db.scalars(mine.order_by(ContactRetention.number))
    ]


def years_of(db: Db, authority_id: UUID, on: date) -> Years:
    """The years that hold on a day. Raises nothing: an authority that set nothing keeps everything."""
    return rules.in_force(said_by(db, authority_id), on)


def set_years(db: Db, *, once: UUID, authority_id: UUID, years: Years, by: UUID, now: datetime) -> date | None:
    """Set the years; the first day on which anything can go because of them, None when they were set already.

    Refused: a number outside 1 to 75. Raises NotFound for anybody who does not administer the authority.
    """
    on = london_day(now)
    if not people.holds(db, by, Role.ADMIN, [authority_id], on):
        raise NotFound("authority")
    refuse_odd(years)
    before = said_by(db, authority_id)
    if years == (before[-1].years if before else Years()):
        return None
    row = ContactRetention(
        id=once,
        authority_id=authority_id,
        notes=years.notes,
        call_backs=years.call_backs,
        alerts=years.alerts,
        since=on + rules.NOTICE,
        by=by,
        at=now,
    )
    if not add_once(db, row):
        return None
    fact = ContactRetentionSet(about=by, authority_id=authority_id, setting_id=once)
    record(db, fact, by=by, now=now, behalf=authority_id)
    return row.since


def refuse_odd(years: Years) -> None:
    """Raise Refused for a number of years that cannot be set."""
    if not all(each is None or rules.LEAST <= each <= rules.MOST for each in astuple(years)):
        raise Refused(N_("Choose a number of years from 1 to 75, or leave the box empty."))
