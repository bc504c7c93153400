"""Read areas: which an authority has, who belongs to which, and pieces for statements of other rooms."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, SQLColumnExpression, Uuid, bindparam, func, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people.areas.models import Area, EmployerArea, PersonArea
from lms.people.models import RoleHeld
from lms.people.rules import Role


class AreaView(NamedTuple):
    """An area of an authority. `closed`: nobody is put into it any more."""

    id: UUID
    code: str
    name: str
    name_cy: str | None
    closed: bool

    def called(self, language: str) -> str:
        """The name in a language; without one in Welsh it is the English one."""
        return (self.name_cy or self.name) if language == "cy" else self.name


_AREA = (Area.id, Area.code, Area.name, Area.name_cy, Area.closed_at.is_not(None))


def areas_of(db: Db, authority_id: UUID) -> list[AreaView]:
    """The areas of an authority by name, closed ones too. One query."""
    return [AreaView(*row) for row in columns(db, _AREAS, {"authority_id": authority_id})]


def area(db: Db, area_id: UUID, authority_id: UUID) -> AreaView:
    """One area of an authority. Raises NotFound, also for another authority's."""
    row = columns(db, _ONE, {"id": area_id, "authority_id": authority_id}).one_or_none()
    if row is None:
        raise NotFound("area")
    return AreaView(*row)


def area_of_people(db: Db, authority_id: UUID, person_ids: Collection[UUID] | None = None) -> dict[UUID, UUID]:
    """The area of everybody who has one at an authority, by person; or of these people only. One query."""
    if person_ids is None:
        return dict(columns(db, _EVERY, {"authority_id": authority_id}).all())
    if not person_ids:
        return {}
    return dict(columns(db, _OF_PEOPLE, {"authority_id": authority_id, "ids": list(person_ids)}).all())


def area_of_employers(db: Db, authority_id: UUID, employer_ids: Collection[UUID] | None = None) -> dict[UUID, UUID]:
    """The same for individual employers, by employer."""
    if employer_ids is None:
        return dict(columns(db, _EVERY_EMPLOYER, {"authority_id": authority_id}).all())
    if not employer_ids:
        return {}
    values = {"authority_id": authority_id, "ids": list(employer_ids)}
    return dict(columns(db, _OF_EMPLOYERS, values).all())


def people_in_areas(db: Db, authority_id: UUID) -> Mapping[UUID, tuple[int, int]]:
    """How many PAs and how many employers belong to each area that has any. Two queries."""
    people = dict(columns(db, _MANY, {"authority_id": authority_id}).all())
    homes = dict(columns(db, _MANY_HOMES, {"authority_id": authority_id}).all())
    return {id: (people.get(id, 0), homes.get(id, 0)) for id in {*people, *homes}}


def ever_pas(db: Db, authority_id: UUID, person_ids: Collection[UUID]) -> set[UUID]:
    """Those of these people who are a PA of an authority, or ever were, or will be by what is written down."""
    return set(columns(db, _EVER_PAS, {"authority_id": authority_id, "ids": list(person_ids)}).scalars())


IDS_IN_AREA: Select[UUID] = select(PersonArea.person_id).where(PersonArea.area_id == bindparam("area_id", type_=Uuid()))
"""The question for the PAs of an area, for a statement of another room that is put together once."""

IDS_WITH_AREA: Select[UUID] = select(PersonArea.person_id).where(
    PersonArea.authority_id == bindparam("authority_id", type_=Uuid())
)
"""The question for everybody who has an area at an authority."""


HELD = select(PersonArea.authority_id, PersonArea.person_id, PersonArea.area_id).subquery("area_held")
"""Who belongs to which area where, for a statement of another room to join."""


def area_of(person_id: SQLColumnExpression[UUID], authority_id: SQLColumnExpression[UUID]) -> ScalarSelect[UUID]:
    """The area of a person at an authority as a column of a statement of another room."""
    return (
        select(PersonArea.area_id)
        .where(PersonArea.person_id == person_id, PersonArea.authority_id == authority_id)
        .scalar_subquery()
    )


_IDS: Any = bindparam("ids", type_=Uuid(), expanding=True)
_EVER_PAS = (
    select(RoleHeld.person_id)
    .where(RoleHeld.organisation_id == bindparam("authority_id"), RoleHeld.role == Role.PA)
    .where(RoleHeld.person_id.in_(_IDS))
)
_AREAS = select(*_AREA).where(Area.authority_id == bindparam("authority_id")).order_by(Area.name, Area.id)
_ONE = select(*_AREA).where(Area.id == bindparam("id"), Area.authority_id == bindparam("authority_id"))
_EVERY = select(PersonArea.person_id, PersonArea.area_id).where(PersonArea.authority_id == bindparam("authority_id"))
_OF_PEOPLE = _EVERY.where(PersonArea.person_id.in_(_IDS))
_EVERY_EMPLOYER = (
    select(EmployerArea.employer_id, EmployerArea.area_id)
    .join(Area, Area.id == EmployerArea.area_id)
    .where(Area.authority_id == bindparam("authority_id"))
)
_OF_EMPLOYERS = _EVERY_EMPLOYER.where(EmployerArea.employer_id.in_(_IDS))
_MANY = (
    select(PersonArea.area_id, func.count())
    .where(PersonArea.authority_id == bindparam("authority_id"))
    .group_by(PersonArea.area_id)
)
_MANY_HOMES = (
    select(EmployerArea.area_id, func.count())
    .join(Area, Area.id == EmployerArea.area_id)
    .where(Area.authority_id == bindparam("authority_id"))
    .group_by(EmployerArea.area_id)
)
