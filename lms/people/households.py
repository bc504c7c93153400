"""Read individual employers' households: which there are, who acts in one, and for whom a PA works or worked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select, true, union

from lms.core.db import Db, columns
from lms.people.models import Employment, Organisation, Person, RoleHeld
from lms.people.queries import ORGANISATION, OrganisationView, current
from lms.people.rules import OrganisationKind, Role


def _employers_in(authority_id: UUID, search: str) -> Select[*tuple[Any, ...]]:
    named = Organisation.name.icontains(search, autoescape=True) if search else true()
    behind = Organisation.authority_id == authority_id
    kind = Organisation.kind == OrganisationKind.INDIVIDUAL_EMPLOYER
    return select(*ORGANISATION).where(behind, kind, named)


def employers_in(
    db: Db, authority_id: UUID, *, search: str = "", offset: int = 0, limit: int | None = None
) -> list[OrganisationView]:
    """The individual employers behind an authority's wall, by name; `search` is part of a name."""
    wanted = _employers_in(authority_id, search).order_by(Organisation.name, Organisation.id)
    return [OrganisationView(*row) for row in db.execute(wanted.offset(offset).limit(limit))]


def count_employers_in(db: Db, authority_id: UUID, *, search: str = "") -> int:
    """How many individual employers there are behind an authority's wall."""
    return db.scalar(_employers_in(authority_id, search).with_only_columns(func.count())) or 0


@dataclass(frozen=True)
class MemberView:
    """Somebody with a role in an organisation."""

    name: str
    role: Role
    since: date


def members_of(db: Db, organisation_id: UUID, on: date) -> list[MemberView]:
    """Who holds a role in an organisation on a day, by name."""
    rows = db.execute(
        select(Person.name, RoleHeld.role, RoleHeld.since)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .where(RoleHeld.organisation_id == organisation_id, current(RoleHeld, on), Person.closed_at.is_(None))
        .order_by(Person.name, RoleHeld.role)
        .limit(200)
    )
    return [MemberView(*row) for row in rows]


_ACTING = (Role.EMPLOYER, Role.REPRESENTATIVE)


def ever_in(db: Db, employer_id: UUID) -> frozenset[UUID]:
    """Everybody who acts or works in a household, or ever did, or will by what is written down. One query."""
    acted = select(RoleHeld.person_id).where(RoleHeld.organisation_id == employer_id, RoleHeld.role.in_(_ACTING))
    return frozenset(db.scalars(acted.union(select(Employment.pa_id).where(Employment.employer_id == employer_id))))


def ever_at(db: Db, person_id: UUID) -> frozenset[UUID]:
    """The households in which somebody acts or works, or ever did, or will by what is written down. One query."""
    return frozenset(columns(db, EVER_AT, {"person_id": person_id}).scalars())


EVER_AT = union(
    select(RoleHeld.organisation_id).where(RoleHeld.person_id == bindparam("person_id"), RoleHeld.role.in_(_ACTING)),
    select(Employment.employer_id).where(Employment.pa_id == bindparam("person_id")),
)


def ever_at_each(db: Db, person_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """The same for several people at once; nobody of them is missing. One query."""
    acted = select(RoleHeld.person_id, RoleHeld.organisation_id).where(
        RoleHeld.person_id.in_(person_ids), RoleHeld.role.in_(_ACTING)
    )
    worked = select(Employment.pa_id, Employment.employer_id).where(Employment.pa_id.in_(person_ids))
    found: dict[UUID, set[UUID]] = {each: set() for each in person_ids}
    for person_id, employer_id in db.execute(acted.union(worked)):
        found[person_id].add(employer_id)
    return {person_id: frozenset(homes) for person_id, homes in found.items()}


@dataclass(frozen=True)
class EmploymentView:
    """One link between a PA and an individual employer."""

    employer_id: UUID
    employer: str
    since: date
    until: date | None


def employments_of(db: Db, pa_id: UUID, authority_ids: Collection[UUID]) -> list[EmploymentView]:
    """Every employer behind these walls a PA works or worked for, the latest first."""
    rows = db.execute(
        select(Organisation.id, Organisation.name, Employment.since, Employment.until)
        .join(Organisation, Organisation.id == Employment.employer_id)
        .where(Employment.pa_id == pa_id, Organisation.authority_id.in_(authority_ids))
        .order_by(Employment.since.desc(), Organisation.name)
    )
    return [EmploymentView(*row) for row in rows]
