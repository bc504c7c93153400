"""Conditions about people for statements of other rooms, which do not know our tables."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, select

from lms.people.models import RoleHeld
from lms.people.queries import current
from lms.people.rules import Role


def holds_role(
    person_id: SQLColumnExpression[UUID], role: Role, organisation_id: UUID, on: date
) -> ColumnElement[bool]:
    """The condition that somebody holds a role in an organisation on a day."""
    held = select(RoleHeld.id).where(
        RoleHeld.person_id == person_id,
        RoleHeld.role == role,
        RoleHeld.organisation_id == organisation_id,
        current(RoleHeld, on),
    )
    return held.exists()
