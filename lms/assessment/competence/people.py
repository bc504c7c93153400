"""Who is who to an authority's assessors: the staff who look after them, and those they may look after."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lms.assessment.standing import teaching_organisations
from lms.core.db import Db
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import Role

HOUSEHOLD_ROLES = (Role.EMPLOYER, Role.REPRESENTATIVE)


def is_staff(db: Db, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether somebody looks after an authority's assessors: as coordinator, or as quality assurer of its own."""
    return any(
        people.holds(db, person_id, role, [authority_id], on) for role in (Role.COORDINATOR, Role.QUALITY_ASSURER)
    )


def is_coordinator(db: Db, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether somebody coordinates training in an authority."""
    return people.holds(db, person_id, Role.COORDINATOR, [authority_id], on)


def assesses_for(db: Db, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether somebody can be given to an authority's learners as assessor."""
    return people.holds(db, person_id, Role.ASSESSOR, teaching_organisations(db, authority_id, on), on)


def is_known(db: Db, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether an authority may record what somebody may assess: its assessors, and its employers and who acts for them.

    A quality assurer of a college is none of them; a coordinator who also assesses is.
    """
    return assesses_for(db, person_id, authority_id, on) or bool(homes_of(db, person_id, authority_id, on))


def homes_of(db: Db, person_id: UUID, authority_id: UUID, on: date) -> Sequence[UUID]:
    """The households behind an authority's wall in which somebody is the employer, or acts for them."""
    found = people.viewer_of(db, person_id, on)
    if found is None:
        return ()
    return [
        held.organisation_id
        for held in found.roles
        if held.role in HOUSEHOLD_ROLES and held.authority_id == authority_id
    ]


def household_members(db: Db, pa_id: UUID, on: date) -> Sequence[PersonView]:
    """The employers of a PA and those who act for them, by name."""
    homes = [home.id for home in people.employers_of(db, pa_id, on)]
    found = {one.id: one for role in HOUSEHOLD_ROLES for one in people.holders_of(db, role, homes, on)}
    return sorted(found.values(), key=lambda one: (one.name, one.id))
