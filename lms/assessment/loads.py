"""How many learners assessors have on a day, and who has whom until when: for giving many an assessor at once."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment.asking.models import AllocationUnit
from lms.assessment.models import Allocation
from lms.core.db import Db, columns
from lms.people import queries as people


class Running(NamedTuple):
    """An assessor has a learner on a day, up to and including `until`. `units`: for some units only."""

    id: UUID
    enrolment_id: UUID
    assessor_id: UUID
    since: date
    until: date | None
    units: tuple[str, ...] = ()


def loads_of(db: Db, assessor_ids: Collection[UUID], on: date) -> dict[UUID, int]:
    """How many enrolments each of these assessors has on a day; those without any are left out. One query."""
    return dict(columns(db, _LOADS, {"ids": list(assessor_ids), "on": on}).all()) if assessor_ids else {}


def running_among(db: Db, enrolment_ids: Collection[UUID], on: date) -> list[Running]:
    """Who assesses these enrolments on a day, those for some units only too. One query."""
    rows = columns(db, _RUNNING, {"ids": list(enrolment_ids), "on": on}) if enrolment_ids else ()
    return _once(rows)


def allocations(db: Db, ids: Collection[UUID]) -> dict[UUID, Running]:
    """Allocations by id, over or not. One query."""
    rows = columns(db, _SOME, {"ids": list(ids)}) if ids else ()
    return {each.id: each for each in _once(rows)}


def _once(rows: Any) -> list[Running]:
    found: dict[UUID, Running] = {}
    for *of, unit in rows:  # once for each unit of those that are for some only
        before = found.get(of[0], Running(*of))
        found[of[0]] = before._replace(units=tuple(sorted({*before.units, unit})) if unit else before.units)
    return list(found.values())


_IDS: Any = bindparam("ids", expanding=True)
_HELD = people.current(Allocation, bindparam("on"))
_LOADS = (
    select(Allocation.assessor_id, func.count(Allocation.enrolment_id.distinct()))
    .where(Allocation.assessor_id.in_(_IDS), _HELD)
    .group_by(Allocation.assessor_id)
)
_EVERY = select(
    Allocation.id,
    Allocation.enrolment_id,
    Allocation.assessor_id,
    Allocation.since,
    Allocation.until,
    AllocationUnit.unit,
).outerjoin(AllocationUnit, AllocationUnit.allocation_id == Allocation.id)
_RUNNING = _EVERY.where(Allocation.enrolment_id.in_(_IDS), _HELD).order_by(Allocation.since, Allocation.id)
_SOME = _EVERY.where(Allocation.id.in_(_IDS))
