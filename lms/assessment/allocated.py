"""Read who looks at whose work: a coordinator's list of learners, and one learner's assessors."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Select, Subquery, and_, bindparam, case, func, select

from lms.assessment.asking.models import AllocationUnit
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.worklists import is_signed_off
from lms.core.db import Db, columns
from lms.learning.leaving import LEFT, RUNNING_IN
from lms.people import by_name
from lms.people import queries as people


@dataclass(frozen=True)
class Allocated:
    """A learner's enrolment in the coordinator's list; `assessors` are those who look at their work now."""

    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    since: datetime
    assessors: tuple[str, ...]
    framework: str


@dataclass(frozen=True)
class AllocationView:
    """An assessor a learner has, from a day, up to and including another; `units` empty: for all there is."""

    id: UUID
    assessor_id: UUID
    assessor_name: str
    since: date
    until: date | None
    enrolment_id: UUID
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class ToAllocate:
    """A page of learners with something left to show, how many there are, and how many of them nobody assesses."""

    found: list[Allocated]
    total: int
    lonely: int


def learners_to_allocate(
    db: Db, authority_id: UUID, on: date, *, offset: int = 0, limit: int | None = None, search: str = ""
) -> ToAllocate:
    """An authority's learners with something left to show: those without an assessor first, then who waits longest.

    `search` is part of a name. Five queries at most.
    """
    open_ = _open([authority_id], search)
    each, listed = _each(open_), _listed(open_)
    lonely = func.count(case((~_has_assessor(each, on), 1)))
    total, alone = db.execute(select(func.count(), lonely).select_from(each)).one()
    in_order = select(listed).order_by(_has_assessor(listed, on), listed.c.since, listed.c.enrolment_id)
    rows = db.execute(in_order.offset(offset).limit(limit)).all()
    held = _assessors_of(db, [row.enrolment_id for row in rows], on)
    names = people.persons(db, {row.learner_id for row in rows} | {a for each in held.values() for a in each})
    found = [
        Allocated(
            row.enrolment_id,
            row.learner_id,
            names[row.learner_id].name,
            row.since,
            tuple(sorted(names[a].name for a in held.get(row.enrolment_id, ()))),
            row.framework,
        )
        for row in rows
    ]
    return ToAllocate(found, total, alone)


def count_without_assessor(db: Db, authority_ids: Collection[UUID], on: date) -> int:
    """How many learners of these authorities have something left to show and nobody to assess it."""
    return columns(db, _LONELY, {"authority_ids": list(authority_ids), "on": on}).scalar_one()


def allocations_of(db: Db, enrolment_id: UUID, on: date) -> list[AllocationView]:
    """The assessors a learner has on a day, the newest first."""
    return assessors_of(db, [enrolment_id], on)


def assessors_of(db: Db, enrolment_ids: Collection[UUID], on: date) -> list[AllocationView]:
    """The assessors of several enrolments on a day, the newest first."""
    if not enrolment_ids:
        return []
    found = columns(db, _HELD, {"enrolments": list(enrolment_ids), "on": on})
    units: dict[UUID, list[str]] = {}
    rows = {}
    for row in found:  # once for each unit of those that are for some only
        rows[row.id] = row
        units.setdefault(row.id, []).extend([row.unit] if row.unit else [])
    names = people.persons(db, {row.assessor_id for row in rows.values()})
    return [
        AllocationView(
            row.id,
            row.assessor_id,
            names[row.assessor_id].name,
            row.since,
            row.until,
            row.enrolment_id,
            tuple(sorted(units[row.id])),
        )
        for row in rows.values()
    ]


# Put together once: every page about a learner asks it.
_HELD = (
    select(
        Allocation.id,
        Allocation.enrolment_id,
        Allocation.assessor_id,
        Allocation.since,
        Allocation.until,
        AllocationUnit.unit,
    )
    .outerjoin(AllocationUnit, AllocationUnit.allocation_id == Allocation.id)
    .where(
        Allocation.enrolment_id.in_(bindparam("enrolments", expanding=True)),
        people.current(Allocation, bindparam("on")),
    )
    .order_by(Allocation.since.desc(), Allocation.allocated_at.desc())
)


def _open(authority_ids: Collection[UUID], search: str = "") -> ColumnElement[bool]:
    """The condition that a unit is left to show, of learners with part of a name who did not leave their course."""
    here = LearnerUnit.authority_id.in_(authority_ids) & ~is_signed_off() & LearnerUnit.enrolment_id.not_in(LEFT)
    return here & LearnerUnit.learner_id.in_(by_name.ids_named(search)) if search else here


def _each(condition: ColumnElement[bool]) -> Subquery:
    """Enrolments with something left to show. Who assesses them is asked of these, once, and not of each unit."""
    return select(LearnerUnit.enrolment_id).where(condition).distinct().subquery()


def _listed(condition: ColumnElement[bool]) -> Subquery:
    """The same, with what stands in the list."""
    listed = select(
        LearnerUnit.enrolment_id,
        LearnerUnit.learner_id,
        func.min(LearnerUnit.opened_at).label("since"),
        func.min(LearnerUnit.framework).label("framework"),
    )
    return listed.where(condition).group_by(LearnerUnit.enrolment_id, LearnerUnit.learner_id).subquery()


def _has_assessor(each: Subquery, on: date | BindParameter[date]) -> ColumnElement[bool]:
    held = and_(Allocation.enrolment_id == each.c.enrolment_id, people.current(Allocation, on))
    return select(Allocation.id).where(held).exists()


def _lonely() -> Select[int]:
    each = RUNNING_IN.with_only_columns(RUNNING_IN.selected_columns.id.label("enrolment_id")).subquery()
    left = select(LearnerUnit.unit).where(LearnerUnit.enrolment_id == each.c.enrolment_id, ~is_signed_off())
    lonely = ~_has_assessor(each, bindparam("on", type_=Date()))  # first, since hardly anybody is
    return select(func.count()).select_from(each).where(lonely, left.exists())


# Put together once, which takes longer than asking it: every home page of a coordinator does.
_LONELY = _lonely()


def _assessors_of(db: Db, enrolments: Collection[UUID], on: date) -> dict[UUID, set[UUID]]:
    rows = db.execute(
        select(Allocation.enrolment_id, Allocation.assessor_id).where(
            Allocation.enrolment_id.in_(enrolments), people.current(Allocation, on)
        )
    )
    found: dict[UUID, set[UUID]] = {}
    for enrolment_id, assessor_id in rows:
        found.setdefault(enrolment_id, set()).add(assessor_id)
    return found
