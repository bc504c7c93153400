"""Read who belongs to an organisation with the days: for whom works in a household, and who holds a role anywhere."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from lms.core.db import Db, columns
from lms.people.models import Employment, Person, RoleHeld
from lms.people.rules import Role

MOST = 500
"""People at once: more than one organisation or household has."""


class Member(NamedTuple):
    """Somebody with a role in an organisation, from a day, up to and including another."""

    person_id: UUID
    name: str
    role: Role
    since: date
    until: date | None


class Worker(NamedTuple):
    """A PA who works, worked or will work in a household."""

    pa_id: UUID
    name: str
    since: date
    until: date | None

    def works_on(self, on: date) -> bool:
        """Whether they work there on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


def members_from(db: Db, organisation_id: UUID, on: date) -> list[Member]:
    """Who holds a role in an organisation on a day or will later, by name. One query."""
    return [Member(*row) for row in columns(db, _MEMBERS, {"organisation_id": organisation_id, "on": on})]


def workers_of(db: Db, employer_id: UUID) -> list[Worker]:
    """Everybody who ever worked or will work in a household, the latest to begin first. One query."""
    return [Worker(*row) for row in columns(db, _WORKERS, {"employer_id": employer_id})]


_MEMBERS = (
    select(Person.id, Person.name, RoleHeld.role, RoleHeld.since, RoleHeld.until)
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .where(
        RoleHeld.organisation_id == bindparam("organisation_id"),
        or_(RoleHeld.until.is_(None), RoleHeld.until >= bindparam("on")),
        Person.closed_at.is_(None),
    )
    .order_by(Person.name, RoleHeld.role, RoleHeld.since)
    .limit(MOST)
)
_WORKERS = (
    select(Person.id, Person.name, Employment.since, Employment.until)
    .join(Employment, Employment.pa_id == Person.id)
    .where(Employment.employer_id == bindparam("employer_id"))
    .order_by(Employment.since.desc(), Person.name, Person.id)
    .limit(MOST)
)
