"""Read who may be brought into a group behind an authority's wall: its own people, and those who act for households."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.people.models import Organisation, Person, RoleHeld
from lms.people.queries import current
from lms.people.rules import Role, told_apart

_HERE = or_(
    RoleHeld.organisation_id == bindparam("authority_id"), Organisation.authority_id == bindparam("authority_id")
)
_HELD: tuple[ColumnElement[bool], ...] = (
    _HERE,
    RoleHeld.role.in_(bindparam("roles", expanding=True)),
    current(RoleHeld, bindparam("on")),
    Person.closed_at.is_(None),
)
_FOUND = (
    select(Person.id, Person.name, func.coalesce(Person.email, Person.username, "").label("address"))
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .join(Organisation, Organisation.id == RoleHeld.organisation_id)
    .where(*_HELD, Person.name.icontains(bindparam("name"), escape="/"))
    .distinct()
    .order_by(Person.name, Person.id)
    .limit(bindparam("limit"))
)
_AMONG = (
    select(Person.id)
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .join(Organisation, Organisation.id == RoleHeld.organisation_id)
    .where(*_HELD, Person.id.in_(bindparam("ids", expanding=True)))
)


def find(
    db: Db, authority_id: UUID, roles: Collection[Role], on: date, *, name: str = "", limit: int
) -> list[tuple[UUID, str]]:
    """People who hold one of the roles in an authority, or in a household behind its wall, by name. One query.

    Of those with the same name each has an address behind it, so that the wrong one is not chosen.
    """
    part = name.replace("/", "//").replace("%", "/%").replace("_", "/_")
    values = {"authority_id": authority_id, "roles": list(roles), "on": on, "name": part, "limit": limit}
    return told_apart((row.id, row.name, row.address) for row in columns(db, _FOUND, values))


def still(db: Db, authority_id: UUID, roles: Collection[Role], on: date, ids: Collection[UUID]) -> set[UUID]:
    """Who of these people does so. One query."""
    values = {"authority_id": authority_id, "roles": list(roles), "on": on, "ids": list(ids)}
    return {row.id for row in columns(db, _AMONG, values)} if ids else set()
