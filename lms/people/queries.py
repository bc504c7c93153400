"""Read people. What a view may show is narrowed here, by role, organisation and authority."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns, writes
from lms.core.words import NotFound
from lms.people.models import Employment, Organisation, Person, RoleHeld
from lms.people.reading import Reading
from lms.people.rules import Nation, OrganisationKind, Role
from lms.people.viewer import HeldRole, Viewer

_Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class PersonView:
    """A person as other rooms see one."""

    id: UUID
    name: str
    email: str | None
    username: str | None
    language: str


@dataclass(frozen=True)
class OrganisationView:
    """An organisation as other rooms see one."""

    id: UUID
    kind: OrganisationKind
    name: str
    name_cy: str | None
    code: str | None
    nation: Nation
    authority_id: UUID | None
    user_led: bool

    @property
    def wall(self) -> UUID | None:
        """The authority behind whose wall it is, an authority's own; None for those who work by agreement."""
        return _wall(self.kind, self.id, self.authority_id)

    def called(self, language: str) -> str:
        """The name in a language; authorities in Wales have two of equal standing."""
        return (self.name_cy or self.name) if language == "cy" else self.name


def _wall(kind: OrganisationKind, id: UUID, authority_id: UUID | None) -> UUID | None:
    return id if kind is OrganisationKind.AUTHORITY else authority_id


def current(table: Any, on: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition that a row with `since` and `until` counts on a day; the last day counts."""
    held: ColumnElement[bool] = (table.since <= on) & or_(table.until.is_(None), table.until >= on)
    return held


def account_open(person_id: SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """The condition that somebody's account is not closed, for a statement of another room."""
    return select(Person.id).where(Person.id == person_id, Person.closed_at.is_(None)).exists()


def code_of(organisation_id: BindParameter[UUID]) -> ScalarSelect[str | None]:
    """The code of an organisation, None without one, for a statement of another room."""
    return select(Organisation.code).where(Organisation.id == organisation_id).scalar_subquery()


def viewer_of(db: Db, person_id: UUID, on: date) -> Viewer | None:
    """The person with the roles held on a day; None when there is no such person or the account is closed."""
    return viewer_in(db, _BY_ID, {"person_id": person_id}, on)


_AUTHORITY = aliased(Organisation, name="authority")
"""Behind whose wall an organisation is; for colleges and others that work by agreement, they themselves."""


def viewer_statement(condition: ColumnElement[bool]) -> _Statement:
    """The question for the one person a condition names, with roles; made once, since every page begins with it."""
    reading = (Person.text_size, Person.spacing, Person.contrast, Person.motion, Person.voice_speed)
    second_step = Person.totp_secret.is_not(None).label("second_step")
    held = (
        RoleHeld.role,
        Organisation.id.label("at"),
        Organisation.kind,
        Organisation.authority_id,
        Organisation.nation,
        _AUTHORITY.name.label("authority_name"),
        _AUTHORITY.name_cy.label("authority_name_cy"),
        _AUTHORITY.look,
    )
    return (
        select(Person.id, Person.name, Person.language, second_step, *reading, *held)
        .outerjoin(RoleHeld, and_(RoleHeld.person_id == Person.id, current(RoleHeld, bindparam("on"))))
        .outerjoin(Organisation, Organisation.id == RoleHeld.organisation_id)
        .outerjoin(_AUTHORITY, _AUTHORITY.id == func.coalesce(Organisation.authority_id, Organisation.id))
        .where(condition, Person.closed_at.is_(None))
        .order_by(RoleHeld.since, RoleHeld.id)
    )


_BY_ID = viewer_statement(Person.id == bindparam("person_id"))


def viewer_in(
    db: Db,
    wanted: _Statement,
    values: Mapping[str, object],
    on: date,
    *,
    session: str | None = None,
) -> Viewer | None:
    """The person a `viewer_statement` finds with these values; None when there is none."""
    rows = columns(db, wanted, {**values, "on": on}).all()
    if not rows:
        return None
    someone = rows[0]
    return Viewer(
        person_id=someone.id,
        name=someone.name,
        language=str(someone.language),
        # Whoever holds none has one row without.
        roles=tuple([_held(row[_ROLE_FROM:]) for row in rows if row.role]),
        session=session,
        reading=_reading(someone.text_size, someone.spacing, someone.contrast, someone.motion, someone.voice_speed),
        second_step=someone.second_step,
    )


_ROLE_FROM = 9
"""Where in a row of a `viewer_statement` the role begins."""


@lru_cache(maxsize=5000)
def _held(found: tuple[Any, ...]) -> HeldRole:
    """Kept, as is how one reads: the same few are put together for every page."""
    role, at, kind, authority_id, nation, name, name_cy, look = found
    wall = _wall(kind, at, authority_id)
    said = (name, name_cy or "", look) if wall else ("", "", 0)
    return HeldRole(role, at, kind, wall, nation, *said)


_reading = lru_cache(maxsize=500)(Reading)


_PERSON = (Person.id, Person.name, Person.email, Person.username, Person.language)
ORGANISATION = (
    Organisation.id,
    Organisation.kind,
    Organisation.name,
    Organisation.name_cy,
    Organisation.code,
    Organisation.nation,
    Organisation.authority_id,
    Organisation.user_led,
)
"""What others see of a person and of an organisation: columns, since entities cost twice as much in long lists."""

_ONE_PERSON = select(*_PERSON).where(Person.id == bindparam("id"))
_PERSONS = select(*_PERSON).where(Person.id.in_(bindparam("ids", expanding=True)))
_ONE_ORGANISATION = select(*ORGANISATION).where(Organisation.id == bindparam("id"))
_ORGANISATIONS = select(*ORGANISATION).where(Organisation.id.in_(bindparam("ids", expanding=True)))


def person(db: Db, person_id: UUID) -> PersonView:
    """One person. Raises NotFound."""
    found = columns(db, _ONE_PERSON, {"id": person_id}).one_or_none()
    if found is None:
        raise NotFound("person")
    return _view(found)


def persons(db: Db, ids: Collection[UUID]) -> dict[UUID, PersonView]:
    """Several persons by id, in one query; unknown ids are left out. A unit of work that only reads asks once for each.

    The parts of one page ask for the same few people.
    """
    if not ids:
        return {}
    known: dict[UUID, PersonView] = {} if writes(db) else db.info.setdefault(_KNOWN, {})
    unknown = [id for id in ids if id not in known]
    if unknown:
        known.update((row.id, _view(row)) for row in columns(db, _PERSONS, {"ids": unknown}))
    return {id: known[id] for id in ids if id in known}


_KNOWN = "lms_persons"


def _view(row: Row[*tuple[Any, ...]]) -> PersonView:
    id, name, email, username, language = row
    return PersonView(id, name, email, username, str(language))


def organisation(db: Db, organisation_id: UUID) -> OrganisationView:
    """One organisation. Raises NotFound. A unit of work that only reads asks once for each."""
    known: dict[UUID, OrganisationView] = {} if writes(db) else db.info.setdefault(_KNOWN_ORGANISATIONS, {})
    if organisation_id not in known:
        found = columns(db, _ONE_ORGANISATION, {"id": organisation_id}).one_or_none()
        if found is None:
            raise NotFound("organisation")
        known[organisation_id] = organisation_of(found)
    return known[organisation_id]


_KNOWN_ORGANISATIONS = "lms_organisations"


def organisations(db: Db, ids: Collection[UUID]) -> dict[UUID, OrganisationView]:
    """Several organisations by id, in one query; unknown ids are left out."""
    return {row.id: organisation_of(row) for row in columns(db, _ORGANISATIONS, {"ids": list(ids)})} if ids else {}


def authority_by_code(db: Db, code: str) -> OrganisationView:
    """The authority with a code such as RIVERMERE. Raises NotFound."""
    found = db.execute(
        select(*ORGANISATION).where(Organisation.code == code, Organisation.kind == OrganisationKind.AUTHORITY)
    ).one_or_none()
    if found is None:
        raise NotFound("authority")
    return organisation_of(found)


def organisation_by_code(db: Db, code: str) -> OrganisationView:
    """The organisation with a code, of whatever kind. Raises NotFound."""
    found = db.execute(select(*ORGANISATION).where(Organisation.code == code)).one_or_none()
    if found is None:
        raise NotFound("organisation")
    return organisation_of(found)


def organisation_of(row: Row[*tuple[Any, ...]]) -> OrganisationView:
    return OrganisationView(*row)


_PEOPLE_IN = (
    select(*_PERSON)
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .where(RoleHeld.organisation_id == bindparam("authority_id"), RoleHeld.role == bindparam("role"))
    .where(current(RoleHeld, bindparam("on")), Person.closed_at.is_(None))
)
_COUNT_PEOPLE_IN = _PEOPLE_IN.with_only_columns(func.count())


def _named(wanted: _Statement, search: str) -> _Statement:
    return wanted.where(Person.name.icontains(search, autoescape=True)) if search else wanted


def people_in(
    db: Db, authority_id: UUID, role: Role, on: date, *, offset: int = 0, limit: int | None = None, search: str = ""
) -> list[PersonView]:
    """People who hold a role in an authority on a day, by name; `search` is part of a name."""
    wanted = _named(_PEOPLE_IN, search).order_by(Person.name, Person.id).offset(offset).limit(limit)
    return [_view(row) for row in columns(db, wanted, {"authority_id": authority_id, "role": role, "on": on})]


def count_people_in(db: Db, authority_id: UUID, role: Role, on: date, *, search: str = "") -> int:
    """How many people hold a role in an authority on a day."""
    values = {"authority_id": authority_id, "role": role, "on": on}
    return int(columns(db, _named(_COUNT_PEOPLE_IN, search), values).scalar_one())


def holds(db: Db, person_id: UUID, role: Role, organisation_ids: Collection[UUID], on: date) -> bool:
    """Whether a person holds a role in one of the organisations on a day."""
    values = {"person_id": person_id, "role": role, "organisation_ids": list(organisation_ids), "on": on}
    return columns(db, _HOLDS, values).first() is not None


_HOLDS = (
    select(RoleHeld.id)
    .where(
        RoleHeld.person_id == bindparam("person_id"),
        RoleHeld.role == bindparam("role"),
        RoleHeld.organisation_id.in_(bindparam("organisation_ids", expanding=True)),
        current(RoleHeld, bindparam("on")),
    )
    .limit(1)
)


def role_until(db: Db, person_id: UUID, role: Role, organisation_id: UUID, on: date) -> tuple[bool, date | None]:
    """Whether a role is held in an organisation on a day, and its last day there; None while that is open."""
    wanted = select(RoleHeld.until).where(
        RoleHeld.person_id == person_id,
        RoleHeld.role == role,
        RoleHeld.organisation_id == organisation_id,
        current(RoleHeld, on),
    )
    lasts = list(db.scalars(wanted))
    return bool(lasts), None if None in lasts else max((each for each in lasts if each), default=None)


def is_only_a_pa(db: Db, person_id: UUID, on: date) -> bool:
    """Whether a person holds no role but a PA's on a day or later."""
    other = select(RoleHeld.id).where(
        RoleHeld.person_id == person_id,
        RoleHeld.role != Role.PA,
        or_(RoleHeld.until.is_(None), RoleHeld.until >= on),
    )
    return db.scalar(other.limit(1)) is None


def authorities_of(db: Db, person_id: UUID, on: date) -> list[OrganisationView]:
    """The authorities that know a person as a PA on a day."""
    rows = columns(db, _AUTHORITIES_OF, {"person_id": person_id, "on": on})
    found = [organisation_of(row) for row in rows.unique()]
    if not writes(db):
        db.info.setdefault(_KNOWN_ORGANISATIONS, {}).update((each.id, each) for each in found)
    return found


_AUTHORITIES_OF = (
    select(*ORGANISATION)
    .join(RoleHeld, RoleHeld.organisation_id == Organisation.id)
    .where(RoleHeld.person_id == bindparam("person_id"), RoleHeld.role == Role.PA, current(RoleHeld, bindparam("on")))
    .where(Organisation.kind == OrganisationKind.AUTHORITY)
    .order_by(Organisation.name)
)


def employers_of(db: Db, pa_id: UUID, on: date) -> list[OrganisationView]:
    """The individual employers a PA works for on a day."""
    rows = columns(db, _EMPLOYERS_OF, {"pa_id": pa_id, "on": on})
    return [organisation_of(row) for row in rows.unique()]


_EMPLOYERS_OF = (
    select(*ORGANISATION)
    .join(Employment, Employment.employer_id == Organisation.id)
    .where(Employment.pa_id == bindparam("pa_id"), current(Employment, bindparam("on")))
    .order_by(Organisation.name)
)


def pas_of(db: Db, employer_ids: Collection[UUID], on: date) -> list[PersonView]:
    """The PAs who work for any of these individual employers on a day, by name."""
    rows = columns(db, _PAS_OF, {"employer_ids": list(employer_ids), "on": on})
    return [_view(row) for row in rows.unique()]


_PAS_OF = (
    select(*_PERSON)
    .join(Employment, Employment.pa_id == Person.id)
    .where(Employment.employer_id.in_(bindparam("employer_ids", expanding=True)))
    .where(current(Employment, bindparam("on")), Person.closed_at.is_(None))
    .order_by(Person.name, Person.id)
)


def employer_for(db: Db, pa_id: UUID, employer_ids: Collection[UUID], on: date) -> UUID | None:
    """Which of these individual employers a PA works for on a day; None when for none of them."""
    return db.scalar(
        select(Employment.employer_id)
        .where(Employment.pa_id == pa_id, Employment.employer_id.in_(employer_ids), current(Employment, on))
        .order_by(Employment.since)
        .limit(1)
    )


def employed_since(db: Db, pa_id: UUID, on: date) -> dict[UUID, date]:
    """The individual employers a PA works for on a day, and since when."""
    return {employer: since for (_pa, employer), since in employed_by(db, None, [pa_id], on).items()}


def employed_by(
    db: Db, employer_ids: Collection[UUID] | None, pa_ids: Collection[UUID], on: date
) -> dict[tuple[UUID, UUID], date]:
    """Who works for whom on a day, and since when, by PA and employer; None: whoever employs them. One query."""
    wanted = select(Employment.pa_id, Employment.employer_id, Employment.since).where(
        Employment.pa_id.in_(pa_ids), current(Employment, on)
    )
    if employer_ids is not None:
        wanted = wanted.where(Employment.employer_id.in_(employer_ids))
    newest_first = db.execute(wanted.order_by(Employment.since.desc()))
    return {(pa, employer): since for pa, employer, since in newest_first}


def holders_of(db: Db, role: Role, organisation_ids: Sequence[UUID], on: date) -> list[PersonView]:
    """People who hold a role in any of these organisations on a day, by name: for choosing an assessor."""
    rows = columns(db, _HOLDERS, {"organisation_ids": list(organisation_ids), "role": role, "on": on})
    return [_view(row) for row in rows.unique()]


_HOLDERS = (
    select(*_PERSON)
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .where(
        RoleHeld.organisation_id.in_(bindparam("organisation_ids", expanding=True)),
        RoleHeld.role == bindparam("role"),
        current(RoleHeld, bindparam("on")),
    )
    .where(Person.closed_at.is_(None))
    .order_by(Person.name, Person.id)
)


def holders_after(db: Db, roles: Collection[Role], on: date, *, after: UUID | None, limit: int) -> list[UUID]:
    """Some of those who hold any of these roles on a day, by id after another: for going through everybody."""
    held = (RoleHeld.role.in_(roles)) & current(RoleHeld, on)
    wanted = select(RoleHeld.person_id).where(held).distinct().order_by(RoleHeld.person_id).limit(limit)
    return list(db.scalars(wanted.where(RoleHeld.person_id > after) if after else wanted))
