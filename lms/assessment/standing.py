"""How somebody stands to a learner on a day: allocated as assessor, employing them, or acting for who does.

Roles are read as they are today; the tie to the learner as it was on the day asked about. A role given late, because
somebody joined late, must not undo what they saw before; a tie that was not there yet, or had ended, must.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select

from lms.assessment import places
from lms.assessment.asking.models import AllocationUnit
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.rules import ANYBODY, Capacity, Standing
from lms.core.db import Db, columns
from lms.learning.queries import EnrolmentView
from lms.people import agreements
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

_HOUSEHOLD_ROLES = {Capacity.EMPLOYER: Role.EMPLOYER, Capacity.REPRESENTATIVE: Role.REPRESENTATIVE}
_ORDER = list(Capacity)


def standings(
    db: Db,
    viewer: Viewer,
    enrolment: EnrolmentView,
    *,
    on: date,
    today: date,
    among: Collection[Capacity] = ANYBODY,
    unit: str | None = None,
) -> frozenset[Standing]:
    """Every way in which somebody stood to a learner on a day, among the capacities asked for; empty for a stranger.

    `unit`: only as to that unit, since several assessors may share what a learner has to show; None: as to any of it.
    At most 4 queries, and fewer for people without the roles.
    """
    found: set[Standing] = set()
    if Capacity.ASSESSOR in among and viewer.has(Role.ASSESSOR) and _is_allocated(db, viewer, enrolment, on, unit):
        mine, open_to = viewer.organisations(Role.ASSESSOR), {enrolment.authority_id}
        if mine - open_to:  # the authority's own assessors need no agreement
            open_to.update(teaching_organisations(db, enrolment.authority_id, today))
        found |= {Standing(Capacity.ASSESSOR, place) for place in mine & open_to}
    roles = {capacity: role for capacity, role in _HOUSEHOLD_ROLES.items() if capacity in among}
    if viewer.has(*roles.values()):
        employers = {employer.id for employer in people.employers_of(db, enrolment.learner_id, on)}
        for capacity, role in roles.items():
            found |= {Standing(capacity, place) for place in viewer.organisations(role) & employers}
    return frozenset(found)


def chosen(found: Iterable[Standing]) -> Standing | None:
    """One of several standings, the same one each time: assessor first, then employer, then representative."""
    return min(found, key=lambda s: (_ORDER.index(s.capacity), s.behalf), default=None)


def teaching_organisations(db: Db, authority_id: UUID, on: date) -> list[UUID]:
    """The organisations whose assessors may look at an authority's learners: itself, and those with an agreement."""
    return [authority_id, *(place.id for place in agreements.agreements(db, authority_id, on))]


def assessors_for(db: Db, authority_id: UUID, on: date) -> list[people.PersonView]:
    """Everybody who can be given to an authority's learners as assessor on a day, by name."""
    return people.holders_of(db, Role.ASSESSOR, teaching_organisations(db, authority_id, on), on)


def units_open_to(db: Db, viewer: Viewer, enrolment: EnrolmentView, *, on: date, today: date) -> frozenset[str] | None:
    """The units of a learner that somebody may look at; None: all of them, as for the household; empty: a stranger."""
    found = standings(db, viewer, enrolment, on=on, today=today)
    if not found or any(one.capacity is not Capacity.ASSESSOR for one in found):
        return None if found else frozenset()
    return allocated_units(db, viewer.person_id, enrolment.id, on)


def allocated_units(db: Db, assessor_id: UUID, enrolment_id: UUID, on: date) -> frozenset[str] | None:
    """The units of an enrolment an assessor is allocated to on a day; None: all of them. One query."""
    values = {"assessor_id": assessor_id, "enrolment_id": enrolment_id, "on": on}
    units = {unit for (unit,) in columns(db, _UNITS, values)}
    return None if None in units else frozenset(units)


_UNITS = (
    select(AllocationUnit.unit)
    .select_from(Allocation)
    .outerjoin(AllocationUnit, AllocationUnit.allocation_id == Allocation.id)
    .where(Allocation.assessor_id == bindparam("assessor_id"), Allocation.enrolment_id == bindparam("enrolment_id"))
    .where(people.current(Allocation, bindparam("on")))
)


def is_for(unit: Any) -> ColumnElement[bool]:
    """The condition that an allocation is for a unit, a code or a column: it names the unit, or none at all."""
    named = select(AllocationUnit.unit).where(AllocationUnit.allocation_id == Allocation.id)
    # A column can stand in a statement further out; left to itself, the inner one would bring its table anew.
    this = named.where(AllocationUnit.unit == unit).correlate_except(AllocationUnit)
    return or_(~named.exists(), this.exists())


def _is_allocated(db: Db, viewer: Viewer, enrolment: EnrolmentView, on: date, unit: str | None) -> bool:
    """Whether somebody is the assessor of an enrolment, or of its learner where it has no practice of its own.

    To a course that is knowledge only nobody can be allocated: the assessor who sees the learner at work there, behind
    the same wall, reads and hears what they know as well.
    """
    mine: dict[str, object] = {"person_id": viewer.person_id, "on": on}
    own = mine | {"enrolment_id": enrolment.id}
    held = columns(db, _HELD, own) if unit is None else columns(db, _HELD_UNIT, own | {"unit": unit})
    if held.first() is not None:
        return True
    if places.units_of(db, enrolment):
        return False
    behind = mine | {"learner_id": enrolment.learner_id, "authority_id": enrolment.authority_id}
    return columns(db, _HELD_BESIDE, behind).first() is not None


# Put together once: whoever comes in by a learner's door is asked.
_MINE = select(Allocation.id).where(
    Allocation.assessor_id == bindparam("person_id"), people.current(Allocation, bindparam("on"))
)
_HELD = _MINE.where(Allocation.enrolment_id == bindparam("enrolment_id")).limit(1)
_HELD_UNIT = _HELD.where(is_for(bindparam("unit")))
_HELD_BESIDE = (
    _MINE.join(LearnerUnit, LearnerUnit.enrolment_id == Allocation.enrolment_id)
    .where(Allocation.learner_id == bindparam("learner_id"), LearnerUnit.authority_id == bindparam("authority_id"))
    .limit(1)
)
