"""Read which employments began of late, and which still hold: for rooms that ask about them some time later."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, bindparam, select

from lms.core.db import Db, columns
from lms.people.models import Employment, Organisation, RoleHeld
from lms.people.queries import account_open, current
from lms.people.rules import Nation, Role


@dataclass(frozen=True)
class Begun:
    """A PA began to work for an individual employer behind an authority's wall."""

    id: UUID
    pa_id: UUID
    employer_id: UUID
    since: date
    authority_id: UUID
    nation: Nation


_BEGUN = (
    select(
        Employment.id,
        Employment.pa_id,
        Employment.employer_id,
        Employment.since,
        Organisation.authority_id,
        Organisation.nation,
    )
    .join(Organisation, Organisation.id == Employment.employer_id)
    .where(Organisation.authority_id.is_not(None), current(Employment, bindparam("on")))
    .where(Employment.since >= bindparam("first"), Employment.id > bindparam("after"))
    .order_by(Employment.id)
    .limit(bindparam("limit"))
)


def begun_since(db: Db, first: date, on: date, *, after: UUID, limit: int) -> list[Begun]:
    """Employments that began on a day or later and hold on another, by id after one: for going through all. One query.

    Begin with `UUID(int=0)`.
    """
    values = {"first": first, "on": on, "after": after, "limit": limit}
    return [
        Begun(id, pa_id, employer_id, since, wall, nation)
        for id, pa_id, employer_id, since, wall, nation in columns(db, _BEGUN, values)
        if wall is not None
    ]


def still_holding(db: Db, person_ids: Collection[UUID], roles: Collection[Role], on: date) -> set[tuple[UUID, UUID]]:
    """Of these people with an open account: who holds a role of these on a day, and where. One query."""
    values = {"person_ids": list(person_ids), "roles": list(roles), "on": on}
    return {(row.person_id, row.organisation_id) for row in columns(db, _WITH_ROLES, values)} if person_ids else set()


def holding(
    person_id: SQLColumnExpression[UUID], organisation_id: SQLColumnExpression[UUID], on: Any
) -> ColumnElement[bool]:
    """The same as a condition on a row of another room that names both; the bound roles are `roles`."""
    here = (RoleHeld.person_id == person_id, RoleHeld.organisation_id == organisation_id)
    which = (RoleHeld.role.in_(bindparam("roles", expanding=True)), current(RoleHeld, on))
    return select(RoleHeld.id).where(*here, *which, account_open(RoleHeld.person_id)).exists()


_WITH_ROLES = (
    select(RoleHeld.person_id, RoleHeld.organisation_id)
    .where(RoleHeld.person_id.in_(bindparam("person_ids", expanding=True)))
    .where(RoleHeld.role.in_(bindparam("roles", expanding=True)), current(RoleHeld, bindparam("on")))
    .where(account_open(RoleHeld.person_id))
)


_HOLDING = select(Employment.pa_id, Employment.employer_id, Employment.since).where(
    Employment.pa_id.in_(bindparam("pa_ids", expanding=True)), current(Employment, bindparam("on"))
)


def still_working(db: Db, pa_ids: Collection[UUID], on: date) -> set[tuple[UUID, UUID, date]]:
    """PA, employer and first day of every employment of these PAs that holds on a day. One query."""
    return {(row.pa_id, row.employer_id, row.since) for row in columns(db, _HOLDING, {"pa_ids": pa_ids, "on": on})}
