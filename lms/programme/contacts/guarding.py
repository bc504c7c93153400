"""Who is told of alerts: named by the authority, in their order, for a period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Select, bindparam, func, select, update
from sqlalchemy.orm import aliased

from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.beginnings import holding, still_holding
from lms.people.rules import Role
from lms.programme.contacts import rules
from lms.programme.contacts.events import SafeguardingChanged, SafeguardingPersonEnded, SafeguardingPersonNamed
from lms.programme.contacts.models import SafeguardingPerson
from lms.programme.contacts.staff import STAFF_HERE, staff_in

NAMERS = (Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True)
class NamedView:
    """Somebody named for alerts. `counts` says whether they hear of one today."""

    id: UUID
    person_id: UUID
    name: str
    place: int
    since: date
    until: date | None
    at: datetime
    counts: bool

    @property
    def sees_from(self) -> datetime:
        """The moment from which on alerts are raised for them, too."""
        return rules.sees_from(self.at, self.since)


def named_in(db: Db, authority_id: UUID, on: date) -> list[NamedView]:
    """Who is named, in their order, also from a later day; not who was taken out or whose time is over."""
    open_rows = select(SafeguardingPerson).where(
        SafeguardingPerson.authority_id == authority_id,
        SafeguardingPerson.ended_at.is_(None),
        SafeguardingPerson.until.is_(None) | (SafeguardingPerson.until >= on),
    )
    rows = list(db.scalars(open_rows.order_by(SafeguardingPerson.place, SafeguardingPerson.id)))
    if not rows:
        return []
    staff = still_holding(db, [row.person_id for row in rows], STAFF_HERE, on)
    names = people.persons(db, [row.person_id for row in rows])
    return [
        NamedView(
            row.id,
            row.person_id,
            names[row.person_id].name,
            row.place,
            row.since,
            row.until,
            row.at,
            row.since <= on and (row.person_id, authority_id) in staff,
        )
        for row in rows
    ]


def counting(db: Db, authority_id: UUID, on: date) -> list[NamedView]:
    """Who hears of alerts on a day, in their order: named, in their time, and still of the authority's staff."""
    return [each for each in named_in(db, authority_id, on) if each.counts]


def nobody_left(db: Db, authority_ids: Collection[UUID], on: date) -> list[UUID]:
    """Where somebody was named, and nobody hears of alerts today: they left, or their time is over. One query."""
    values = {"authority_ids": list(authority_ids), "on": on, "roles": list(STAFF_HERE)}
    return list(columns(db, _NOBODY_LEFT, values).scalars())


def _nobody_left() -> Select[UUID]:
    there, on = aliased(SafeguardingPerson), bindparam("on", type_=Date())
    hears = select(there.id).where(
        there.authority_id == SafeguardingPerson.authority_id,
        there.ended_at.is_(None),
        there.since <= on,
        there.until.is_(None) | (there.until >= on),
        holding(there.person_id, there.authority_id, on),
    )
    ever = SafeguardingPerson.authority_id.in_(bindparam("authority_ids", expanding=True))
    return select(SafeguardingPerson.authority_id).distinct().where(ever, ~hears.exists())


_NOBODY_LEFT = _nobody_left()


def named_for(db: Db, person_id: UUID, on: date) -> list[UUID]:
    """The authorities in which somebody may be named on a day. One query; for whether to look any further."""
    return list(columns(db, _NAMED_FOR, {"person_id": person_id, "on": on}).scalars())


_NAMED_FOR = select(SafeguardingPerson.authority_id).where(
    SafeguardingPerson.person_id == bindparam("person_id"),
    SafeguardingPerson.ended_at.is_(None),
    SafeguardingPerson.since <= bindparam("on"),
    SafeguardingPerson.until.is_(None) | (SafeguardingPerson.until >= bindparam("on")),
)


def name(
    db: Db, *, once: UUID, authority_id: UUID, person_id: UUID, since: date, until: date | None, by: UUID, now: datetime
) -> None:
    """Name somebody of the staff, after those named already. Whoever is named is told, and the others are told too."""
    on = london_day(now)
    _may_name(db, authority_id, by, on)
    if person_id not in staff_in(db, authority_id, on):
        raise Refused(N_("Choose somebody of your council’s staff."))
    if since < on:
        raise Refused(N_("Their time begins today or later."))
    if until is not None and until < since:
        raise Refused(N_("The last day cannot be before the first."))
    _end_over(db, authority_id, person_id, by=by, now=now)
    last = select(func.max(SafeguardingPerson.place)).where(SafeguardingPerson.authority_id == authority_id)
    row = SafeguardingPerson(
        id=once,
        authority_id=authority_id,
        person_id=person_id,
        place=(db.scalar(last) or 0) + 1,
        since=since,
        until=until,
        by=by,
        at=now,
    )
    if add_once(db, row):
        fact = SafeguardingPersonNamed(about=person_id, authority_id=authority_id, named_id=once)
        record(db, fact, by=by, now=now, behalf=authority_id)
        _tell_the_others(db, authority_id, person_id, by, now)
    elif db.get(SafeguardingPerson, once) is None:
        raise Refused(N_("They are named already. End that first to change their time."))


def end(db: Db, *, authority_id: UUID, named_id: UUID, by: UUID, now: datetime) -> None:
    """Take somebody out, at once; twice changes nothing. Refused for the last one who counts: name another first."""
    on = london_day(now)
    _may_name(db, authority_id, by, on)
    # All of them are held, so that two who each take out the other's last one do not leave nobody.
    held = select(SafeguardingPerson).where(SafeguardingPerson.authority_id == authority_id).with_for_update()
    rows = db.scalars(held.order_by(SafeguardingPerson.id).execution_options(populate_existing=True)).all()
    row = next((each for each in rows if each.id == named_id), None)
    if row is None:
        raise NotFound("named person")
    if row.ended_at is not None:
        return
    others = [each for each in counting(db, authority_id, on) if each.id != named_id]
    if not others:
        raise Refused(N_("Somebody has to hear of alerts. Name another person first."))
    row.ended_at, row.ended_by, row.until = now, by, max(on, row.since)
    db.flush()
    fact = SafeguardingPersonEnded(about=row.person_id, authority_id=authority_id, named_id=named_id)
    record(db, fact, by=by, now=now, behalf=authority_id)
    _tell_the_others(db, authority_id, row.person_id, by, now)


def _may_name(db: Db, authority_id: UUID, by: UUID, on: date) -> None:
    if not any(people.holds(db, by, role, [authority_id], on) for role in NAMERS):
        raise NotFound("authority")


def _end_over(db: Db, authority_id: UUID, person_id: UUID, *, by: UUID, now: datetime) -> None:
    """A time that is over makes room for another one of the same person."""
    over = (SafeguardingPerson.ended_at.is_(None), SafeguardingPerson.until < london_day(now))
    mine = (SafeguardingPerson.authority_id == authority_id, SafeguardingPerson.person_id == person_id)
    db.execute(update(SafeguardingPerson).where(*mine, *over).values(ended_at=now, ended_by=by))


def _tell_the_others(db: Db, authority_id: UUID, person_id: UUID, by: UUID, now: datetime) -> None:
    """Nobody comes to see alerts without those knowing who see them."""
    for each in counting(db, authority_id, london_day(now)):
        if each.person_id not in {person_id, by}:
            record(db, SafeguardingChanged(about=each.person_id, authority_id=authority_id), by=by, now=now)
