"""Bring many people in at once, and take them back; find who is here already. Part of the services of this room.

Each of these writes what the service for one of them writes, with the same facts, in a few statements for all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, select, update

from lms.core.db import Db, columns, write_values
from lms.core.events import record_all
from lms.core.i18n import Language
from lms.people import queries
from lms.people.events import (
    EmploymentStarted,
    EmploymentTakenBack,
    PersonAdded,
    PersonTakenBack,
    RoleGiven,
    RoleTakenBack,
)
from lms.people.models import Employment, Organisation, Person, RoleHeld, SignedInSession, SignInLink
from lms.people.queries import current
from lms.people.rules import OrganisationKind, Role

TAKEN_BACK = "–"
"""The name of somebody who was taken back: the row stays, since facts name it, and says nothing about anybody."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to add. The caller has cleaned what is in it (see lms.core.spelling)."""

    id: UUID
    name: str
    email: str | None
    username: str | None
    language: Language


class Link(NamedTuple):
    """A PA works for an individual employer from a day."""

    pa_id: UUID
    employer_id: UUID
    since: date


def add_people(db: Db, people: Sequence[NewPerson], *, by: UUID | None, now: datetime) -> None:
    """Add people. Raises sqlalchemy's IntegrityError when an e-mail address or username is taken; nothing is added."""
    rows = [
        {
            "id": p.id,
            "name": p.name,
            "email": p.email,
            "username": p.username,
            "language": p.language,
            "access_needs": "",
            "created_at": now,
        }
        for p in people
    ]
    write_values(db, Person, rows)
    record_all(db, [PersonAdded(about=p.id) for p in people], by=by, now=now)


def add_employers(db: Db, employers: Mapping[UUID, str], *, authority_id: UUID, now: datetime) -> None:
    """Add individual employers behind an authority's wall, by id with their names."""
    nation = queries.organisation(db, authority_id).nation
    kind = OrganisationKind.INDIVIDUAL_EMPLOYER
    same: dict[str, Any] = {"kind": kind, "nation": nation, "authority_id": authority_id, "created_at": now}
    rows = [{"id": id, "name": name, "user_led": False, "look": 0, **same} for id, name in employers.items()]
    write_values(db, Organisation, rows)


def give_roles(
    db: Db, holders: Iterable[tuple[UUID, UUID]], *, role: Role, since: date, by: UUID | None, now: datetime
) -> list[tuple[UUID, UUID]]:
    """Give people a role, each as person and organisation, from a day; returns those who did not hold it that day."""
    wanted = dict.fromkeys(holders)
    found = columns(db, _HOLDING, {"ids": [person_id for person_id, _place in wanted], "role": role, "on": since})
    there = {(row.person_id, row.organisation_id) for row in found}
    new = [each for each in wanted if each not in there]
    rows = [{"id": uuid4(), "person_id": p, "organisation_id": o, "role": role, "since": since} for p, o in new]
    write_values(db, RoleHeld, rows)
    facts = [RoleGiven(about=p, organisation_id=o, role=role, since=since) for p, o in new]
    record_all(db, facts, by=by, now=now)
    return new


def start_employments(db: Db, links: Iterable[Link], *, by: UUID | None, now: datetime) -> list[Link]:
    """Link PAs and individual employers; returns the new ones: a PA who works there on that day is left as they are."""
    wanted = list(dict.fromkeys(links))
    held: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = {}
    for pa_id, employer_id, since, until in columns(db, _WORKING, {"ids": [link.pa_id for link in wanted]}):
        held.setdefault((pa_id, employer_id), []).append((since, until))
    new = [link for link in wanted if not _works(held.get((link.pa_id, link.employer_id), ()), link.since)]
    write_values(db, Employment, [{"id": uuid4(), "pa_id": p, "employer_id": e, "since": since} for p, e, since in new])
    facts = [EmploymentStarted(about=p, employer_id=e, since=since) for p, e, since in new]
    record_all(db, facts, by=by, now=now)
    return new


def _works(spells: Collection[tuple[date, date | None]], on: date) -> bool:
    return any(since == on or (since <= on and (until is None or until >= on)) for since, until in spells)


class Known(NamedTuple):
    """A PA whom an authority knows, or knew."""

    id: UUID
    name: str
    email: str | None
    username: str | None


def pas_ever_in(db: Db, authority_id: UUID) -> list[Known]:
    """Every PA an authority ever knew whose account is open. One query."""
    return [Known(*row) for row in columns(db, _EVER_IN, {"authority_id": authority_id, "role": Role.PA})]


def employers_of(db: Db, pa_ids: Sequence[UUID], authority_id: UUID) -> dict[UUID, set[UUID]]:
    """For whom PAs work or worked behind an authority's wall, by PA."""
    found: dict[UUID, set[UUID]] = {}
    for some in _pieces(pa_ids):
        for row in columns(db, _WORKED, {"ids": some, "authority_id": authority_id}):
            found.setdefault(row.pa_id, set()).add(row.employer_id)
    return found


def accounts_by_email(db: Db, emails: Collection[str]) -> dict[str, UUID]:
    """Whose account each of these e-mail addresses is; those of nobody are left out."""
    return {row.email: row.id for some in _pieces(emails) for row in columns(db, _BY_EMAIL, {"words": some})}


def accounts_by_username(db: Db, usernames: Collection[str]) -> dict[str, UUID]:
    """The same for usernames."""
    return {row.username: row.id for some in _pieces(usernames) for row in columns(db, _BY_USERNAME, {"words": some})}


def usernames_beginning(db: Db, stems: Collection[str]) -> set[str]:
    """Every username that begins with one of these: for finding one that is free."""
    lengths = {len(stem) for stem in stems}
    found: set[str] = set()
    for length in lengths:
        for some in _pieces([stem for stem in stems if len(stem) == length]):
            wanted = select(Person.username).where(func.substr(Person.username, 1, length).in_(some))
            found.update(str(word) for word in db.scalars(wanted))
    return found


_AT_ONCE = 500


def _pieces(things: Collection[Any]) -> Iterable[list[Any]]:
    every = list(things)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def take_back_employments(db: Db, links: Sequence[Link], *, by: UUID | None, now: datetime) -> None:
    """Take employments back that should never have been written: the rows go, the record keeps both facts."""
    if links:
        asked = [{"p": p, "e": e, "day": since} for p, e, since in links]
        db.flush()
        db.connection().execute(_GONE_EMPLOYMENT, asked)
    facts = [EmploymentTakenBack(about=p, employer_id=e, since=since) for p, e, since in links]
    record_all(db, facts, by=by, now=now)


def take_back_roles(
    db: Db, holders: Sequence[tuple[UUID, UUID]], *, role: Role, since: date, by: UUID | None, now: datetime
) -> None:
    """Take roles back that should never have been given; as with employments."""
    if holders:
        db.flush()
        asked = [{"p": p, "o": o, "role_": role, "day": since} for p, o in holders]
        db.connection().execute(_GONE_ROLE, asked)
    facts = [RoleTakenBack(about=p, organisation_id=o, role=role) for p, o in holders]
    record_all(db, facts, by=by, now=now)


def take_back_people(db: Db, person_ids: Sequence[UUID], *, by: UUID | None, now: datetime) -> None:
    """Take people back who should never have been added: the account is closed, and name and addresses are gone.

    The caller has seen to it that nothing but their adding was ever recorded. The row stays, because facts name it.
    """
    gone = {"email": None, "username": None, "password_hash": None, "closed_at": now}
    for some in _pieces(person_ids):
        db.execute(update(Person).where(Person.id.in_(some)).values(name=TAKEN_BACK, **gone))
        db.execute(delete(SignInLink).where(SignInLink.person_id.in_(some)))
        db.execute(delete(SignedInSession).where(SignedInSession.person_id.in_(some)))
    record_all(db, [PersonTakenBack(about=id) for id in person_ids], by=by, now=now)


def take_back_employers(db: Db, employer_ids: Sequence[UUID]) -> None:
    """Take individual employers back that should never have been added: they have no name and no authority any more.

    The caller has seen that nothing was built on them. The row stays, because facts name it, and because a database
    that deletes it reads every table that could.
    """
    gone = {"name": TAKEN_BACK, "name_cy": None, "authority_id": None}
    for some in _pieces(employer_ids):
        kind = Organisation.kind == OrganisationKind.INDIVIDUAL_EMPLOYER
        db.execute(update(Organisation).where(Organisation.id.in_(some), kind).values(**gone))


_IDS: Any = bindparam("ids", expanding=True)
_HOLDING = select(RoleHeld.person_id, RoleHeld.organisation_id).where(
    RoleHeld.person_id.in_(_IDS), RoleHeld.role == bindparam("role"), current(RoleHeld, bindparam("on"))
)
_WORKING = select(Employment.pa_id, Employment.employer_id, Employment.since, Employment.until).where(
    Employment.pa_id.in_(_IDS)
)
_WORKED = (
    select(Employment.pa_id, Employment.employer_id)
    .join(Organisation, Organisation.id == Employment.employer_id)
    .where(Employment.pa_id.in_(_IDS), Organisation.authority_id == bindparam("authority_id"))
)
_EVER_IN = (
    select(Person.id, Person.name, Person.email, Person.username)
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .where(RoleHeld.organisation_id == bindparam("authority_id"), RoleHeld.role == bindparam("role"))
    .where(Person.closed_at.is_(None))
    .distinct()
)
_WORDS: Any = bindparam("words", expanding=True)
_BY_EMAIL = select(Person.email, Person.id).where(Person.email.in_(_WORDS))
_BY_USERNAME = select(Person.username, Person.id).where(Person.username.in_(_WORDS))
_GONE_EMPLOYMENT = delete(Employment).where(
    Employment.pa_id == bindparam("p"), Employment.employer_id == bindparam("e"), Employment.since == bindparam("day")
)
_GONE_ROLE = delete(RoleHeld).where(
    RoleHeld.person_id == bindparam("p"),
    RoleHeld.organisation_id == bindparam("o"),
    RoleHeld.role == bindparam("role_"),
    RoleHeld.since == bindparam("day"),
)
