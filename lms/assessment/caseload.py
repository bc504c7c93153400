"""Whose work is an assessor's to look at on a day: read once, then every list of theirs is narrowed by it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, false, or_, select, tuple_

from lms.assessment.asking.models import AllocationUnit
from lms.assessment.models import Allocation, LearnerUnit
from lms.core.db import Db, columns, writes
from lms.people import agreements
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer


@dataclass(frozen=True)
class Caseload:
    """The enrolments somebody assesses: whole ones, and single units of others.

    `behind` are the learners, each with the authority behind whose wall they are assessed.
    """

    whole: frozenset[UUID] = frozenset()
    units: frozenset[tuple[UUID, str]] = frozenset()
    behind: frozenset[tuple[UUID, UUID]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.whole or self.units)

    @property
    def enrolments(self) -> frozenset[UUID]:
        """Every enrolment of which something is theirs."""
        return self.whole | {enrolment for enrolment, _unit in self.units}

    def may_see(self, enrolment_id: UUID, unit: str) -> bool:
        """Whether one unit is theirs to look at."""
        return enrolment_id in self.whole or (enrolment_id, unit) in self.units

    def has(self, table: Any) -> ColumnElement[bool]:
        """The condition that a row with `enrolment_id` and `unit` is theirs to look at."""
        if not self:
            return false()
        found = table.enrolment_id.in_(self.whole)
        return or_(found, tuple_(table.enrolment_id, table.unit).in_(list(self.units))) if self.units else found


_BEHIND = select(LearnerUnit.authority_id).where(LearnerUnit.enrolment_id == Allocation.enrolment_id).limit(1)
_HELD = (
    select(
        Allocation.enrolment_id,
        Allocation.learner_id,
        AllocationUnit.unit,
        _BEHIND.scalar_subquery().label("authority_id"),
    )
    .outerjoin(AllocationUnit, AllocationUnit.allocation_id == Allocation.id)
    .where(Allocation.assessor_id == bindparam("person_id"), people.current(Allocation, bindparam("on")))
)

_HELD_OF = _HELD.where(Allocation.enrolment_id == bindparam("enrolment_id"))


def caseload(db: Db, viewer: Viewer, on: date) -> Caseload:
    """What somebody assesses on a day. Two queries at most."""
    places = viewer.organisations(Role.ASSESSOR)
    if not places:
        return Caseload()
    place = (_KEPT, viewer.person_id, on)
    found: Caseload | None = db.info.get(place)
    if found is None:
        found = _read(db, viewer, places, on)
        if not writes(db):  # the cards and lists of one page ask the same; in a unit that writes it may change
            db.info[place] = found
    return found


_KEPT = "lms_caseload"


def walls(db: Db, viewer: Viewer, on: date) -> frozenset[UUID]:
    """The authorities behind whose walls somebody may assess on a day, whether they have learners there or not.

    One query, none where nobody assesses.
    """
    places = viewer.organisations(Role.ASSESSOR)
    if not places:
        return places
    place = (_WALLS, viewer.person_id, on)
    found: frozenset[UUID] | None = db.info.get(place)
    if found is None:
        found = places | agreements.agreed_with(db, places, on)
        if not writes(db):
            db.info[place] = found
    return found


_WALLS = "lms_walls"


def assessed(db: Db, viewer: Viewer, enrolment_id: UUID, on: date) -> Caseload:
    """The same for one enrolment only: what of it somebody assesses on a day. Two queries at most."""
    places = viewer.organisations(Role.ASSESSOR)
    return _read(db, viewer, places, on, enrolment_id) if places else Caseload()


def _read(db: Db, viewer: Viewer, places: Collection[UUID], on: date, enrolment_id: UUID | None = None) -> Caseload:
    values: dict[str, Any] = {"person_id": viewer.person_id, "on": on}
    wanted: Select[*tuple[Any, ...]] = _HELD
    if enrolment_id is not None:
        wanted, values["enrolment_id"] = _HELD_OF, enrolment_id
    rows = columns(db, wanted, values).all()
    walls = _open_to(db, places, {authority for *_, authority in rows if authority}, on)
    mine = [row for row in rows if row[3] in walls and row[1] != viewer.person_id]
    whole = frozenset(enrolment for enrolment, _learner, unit, _authority in mine if unit is None)
    units = frozenset((enrolment, unit) for enrolment, _l, unit, _a in mine if unit and enrolment not in whole)
    return Caseload(whole, units, frozenset((learner, authority) for _e, learner, _u, authority in mine))


def _open_to(db: Db, places: Collection[UUID], authorities: Collection[UUID], on: date) -> frozenset[UUID]:
    """The authorities whose learners may be looked at by somebody from these places."""
    others = set(authorities).difference(places)
    return frozenset(authorities) - (others - agreements.agreed_with(db, places, on) if others else frozenset())


def given(
    person_id: BindParameter[UUID], on: BindParameter[date], walls: BindParameter[Sequence[UUID]] | None = None
) -> Select[UUID]:
    """The enrolments of which anything is allocated to somebody, for the inside of another question.

    With `walls` only those behind one of them.
    """
    held = (Allocation.assessor_id == person_id, people.current(Allocation, on), Allocation.learner_id != person_id)
    found = select(Allocation.enrolment_id).where(*held)
    return found if walls is None else found.where(_BEHIND.scalar_subquery().in_(walls))


def theirs(
    person_id: BindParameter[UUID], on: BindParameter[date], walls: BindParameter[Sequence[UUID]]
) -> ColumnElement[bool]:
    """The condition that a learner's unit is somebody's to look at, asked by the database itself.

    The same as `Caseload.has`, for a list that needs nothing else of the caseload. `walls` are those of `walls`.
    """
    unit = AllocationUnit.allocation_id == Allocation.id
    single = select(AllocationUnit.unit).join(Allocation, unit).where(Allocation.assessor_id == person_id)
    covers = (
        given(person_id, on)
        .outerjoin(AllocationUnit, unit)
        .where(Allocation.enrolment_id == LearnerUnit.enrolment_id)
        .where(or_(AllocationUnit.unit.is_(None), AllocationUnit.unit == LearnerUnit.unit))
    )
    return and_(
        LearnerUnit.enrolment_id.in_(given(person_id, on)),
        LearnerUnit.authority_id.in_(walls),
        or_(~single.correlate(None).exists(), covers.correlate(LearnerUnit).exists()),
    )
