"""Roles in an organisation one by one, each with its period: for whoever looks after who holds which."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, delete, func, or_, select

from lms.core.db import Db, columns
from lms.core.events import record
from lms.core.words import NotFound
from lms.people.events import RoleEnded, RoleGiven
from lms.people.models import Organisation, Person, RoleHeld
from lms.people.rules import OrganisationKind, Role


@dataclass(frozen=True)
class Holding:
    """Somebody's role from a day, up to and including another; None: without an end."""

    id: UUID
    person_id: UUID
    name: str
    organisation_id: UUID
    role: Role
    since: date
    until: date | None

    def counts(self, on: date) -> bool:
        """Whether it opens anything on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


_COLUMNS = (
    RoleHeld.id,
    RoleHeld.person_id,
    Person.name,
    RoleHeld.organisation_id,
    RoleHeld.role,
    RoleHeld.since,
    RoleHeld.until,
)
_OF = (
    select(*_COLUMNS)
    .select_from(RoleHeld)
    .join(Person, Person.id == RoleHeld.person_id)
    .where(Person.closed_at.is_(None))
)
_HERE = _OF.where(
    RoleHeld.organisation_id == bindparam("organisation_id"),
    RoleHeld.role.in_(bindparam("roles", expanding=True)),
    or_(RoleHeld.until.is_(None), RoleHeld.until >= bindparam("on")),
)
_COUNT = _HERE.with_only_columns(func.count())
_OF_PERSON = _OF.where(RoleHeld.person_id == bindparam("person_id"), RoleHeld.organisation_id == bindparam("at"))
_ENDING = (
    _OF.join(Organisation, Organisation.id == RoleHeld.organisation_id)
    .where(Organisation.kind == OrganisationKind.AUTHORITY, RoleHeld.role.in_(bindparam("roles", expanding=True)))
    .where(RoleHeld.since <= bindparam("on"), RoleHeld.until >= bindparam("on"), RoleHeld.until <= bindparam("last"))
    .order_by(RoleHeld.until, RoleHeld.id)
)
_ONE = _OF.where(RoleHeld.id == bindparam("id"), RoleHeld.organisation_id == bindparam("at"))


def held_in(
    db: Db,
    organisation_id: UUID,
    roles: Collection[Role],
    on: date,
    *,
    offset: int = 0,
    limit: int = 25,
    name: str = "",
) -> list[Holding]:
    """Roles that are held on a day or later, by name; `name` is part of one. One query."""
    wanted = _named(_HERE, name).order_by(Person.name, Person.id, RoleHeld.role, RoleHeld.since)
    values = {"organisation_id": organisation_id, "roles": list(roles), "on": on}
    return [Holding(*row) for row in columns(db, wanted.offset(offset).limit(limit), values)]


def count_in(db: Db, organisation_id: UUID, roles: Collection[Role], on: date, *, name: str = "") -> int:
    """How many there are."""
    values = {"organisation_id": organisation_id, "roles": list(roles), "on": on}
    return int(columns(db, _named(_COUNT, name), values).scalar_one())


def _named(wanted: Select[*tuple[Any, ...]], name: str) -> Select[*tuple[Any, ...]]:
    return wanted.where(Person.name.icontains(name, autoescape=True)) if name else wanted


def of_person(db: Db, person_id: UUID, organisation_id: UUID) -> list[Holding]:
    """Every role somebody holds, held or will hold in an organisation. One query."""
    rows = columns(db, _OF_PERSON.order_by(RoleHeld.since), {"person_id": person_id, "at": organisation_id})
    return [Holding(*row) for row in rows]


def ending_by(db: Db, roles: Collection[Role], on: date, last: date, *, limit: int = 500) -> list[Holding]:
    """Roles in authorities that count on a day and end by another, wherever. One query."""
    values = {"roles": list(roles), "on": on, "last": last}
    return [Holding(*row) for row in columns(db, _ENDING.limit(limit), values)]


def holding(db: Db, role_id: UUID, organisation_id: UUID) -> Holding:
    """One role in an organisation. Raises NotFound."""
    found = columns(db, _ONE, {"id": role_id, "at": organisation_id}).one_or_none()
    if found is None:
        raise NotFound("role")
    return Holding(*found)


def held_still(db: Db, organisation_id: UUID, role: Role) -> list[Holding]:
    """All who hold, held or will hold a role in an organisation, held as they are until this unit of work ends."""
    wanted = (
        select(RoleHeld)
        .where(RoleHeld.organisation_id == organisation_id, RoleHeld.role == role)
        .order_by(RoleHeld.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    db.scalars(wanted).all()
    every = _OF.where(RoleHeld.organisation_id == organisation_id, RoleHeld.role == role).order_by(RoleHeld.id)
    return [Holding(*row) for row in columns(db, every, {})]


@dataclass(frozen=True, kw_only=True)
class Term:
    """A role for somebody in an organisation, from a day up to and including another."""

    person_id: UUID
    organisation_id: UUID
    role: Role
    since: date
    until: date | None


def add(db: Db, id: UUID, term: Term, *, by: UUID, now: datetime) -> None:
    """Write a role down; who may, and whether it fits beside others, was looked at before."""
    row = RoleHeld(
        id=id,
        person_id=term.person_id,
        organisation_id=term.organisation_id,
        role=term.role,
        since=term.since,
        until=term.until,
    )
    db.add(row)
    db.flush()
    fact = RoleGiven(about=term.person_id, organisation_id=row.organisation_id, role=term.role, since=term.since)
    record(db, fact, by=by, now=now)


def end_on(db: Db, held: Holding, until: date | None, *, by: UUID, now: datetime) -> None:
    """Give a role another last day, or none."""
    db.get_one(RoleHeld, held.id).until = until
    db.flush()
    if until is not None:
        _ended(db, held, until, by, now)


def stop(db: Db, held: Holding, on: date, *, by: UUID, now: datetime) -> date | None:
    """Let a role open nothing from a day on: its last day is the one before. None when it had none, and is gone."""
    last = on - timedelta(days=1)
    _ended(db, held, last, by, now)
    if held.since > last:
        db.execute(delete(RoleHeld).where(RoleHeld.id == held.id))
        return None
    db.get_one(RoleHeld, held.id).until = last
    db.flush()
    return last


def _ended(db: Db, held: Holding, until: date, by: UUID, now: datetime) -> None:
    fact = RoleEnded(about=held.person_id, organisation_id=held.organisation_id, role=held.role, until=until)
    record(db, fact, by=by, now=now)


def known_here(db: Db, email: str, authority_id: UUID) -> UUID | None:
    """The person with an e-mail address, if they hold or held anything behind an authority's wall."""
    behind = or_(
        Organisation.id == authority_id,
        and_(Organisation.authority_id == authority_id, Organisation.kind == OrganisationKind.INDIVIDUAL_EMPLOYER),
    )
    wanted = (
        select(Person.id)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .join(Organisation, Organisation.id == RoleHeld.organisation_id)
        .where(Person.email == email, Person.closed_at.is_(None), behind)
        .limit(1)
    )
    return db.scalar(wanted)
