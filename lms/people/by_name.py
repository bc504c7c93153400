"""Find people by part of a name, among those a statement of another room names: statements, and one that is asked."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, SQLColumnExpression, String, bindparam, func, select, true

from lms.core.db import Db, columns
from lms.people.models import Person


def ids_named(search: str) -> Select[UUID]:
    """The question for people with this part of a name, to narrow another room's list by."""
    return select(Person.id).where(_has(search))


IDS_NAMED = select(Person.id).where(Person.name.icontains(bindparam("name", type_=String), escape="/"))
"""The same for a statement that is put together once; its value `name` is `as_part` of what was searched for."""


def as_part(search: str) -> str:
    """Part of a name as `IDS_NAMED` takes it: what stands for any letters in a pattern stands for itself."""
    return search.replace("/", "//").replace("%", "/%").replace("_", "/_")


def name_of(person_id: SQLColumnExpression[UUID]) -> ScalarSelect[str]:
    """The name of a person as a column of a statement of another room, which need not ask for names by itself."""
    return select(Person.name).where(Person.id == person_id).scalar_subquery()


def named_among(
    db: Db,
    among: Select[Any, Any],
    values: Mapping[str, object] | None = None,
    *,
    search: str = "",
    offset: int = 0,
    limit: int,
) -> tuple[list[tuple[UUID, str, UUID]], int]:
    """Some of those a statement of (person, thing) names, by name: person, name and thing; and how many there are.

    `search` is part of a name, `values` are those of the statement. Two queries, one of them over an index when there
    is no search.
    """
    wanted = by_name(among, search=search)
    rows = columns(db, wanted.offset(offset).limit(limit), values or {})
    every = (wanted if search else among).subquery()
    total = columns(db, select(func.count()).select_from(every), values or {}).scalar_one()
    return [(row[0], row[1], row[2]) for row in rows], total


def by_name(among: Select[Any, Any], *, search: str = "") -> Select[UUID, str, Any]:
    """The question for those a statement of (person, thing) names, by name: person, name and thing."""
    these = among.subquery("among_these")
    person, thing = these.c
    wanted = select(Person.id, Person.name, thing).join(these, person == Person.id).where(_has(search))
    return wanted.order_by(Person.name, Person.id, thing)


def among(among: Select[Any, Any], *, search: str = "") -> Select[Any]:
    """The things of a statement of (person, thing) whose person has this in their name."""
    these = among.subquery("among_these")
    person, thing = these.c
    return select(thing).join_from(these, Person, person == Person.id).where(_has(search))


def _has(search: str) -> ColumnElement[bool]:
    return Person.name.icontains(search, autoescape=True) if search else true()
