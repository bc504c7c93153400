"""Read how practice gets on, for many enrolments at once: days and counts, nothing of what was seen or decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, select

from lms.assessment.content import Frameworks
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.rules import UnitState
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf


@dataclass(frozen=True)
class PracticeUnderWay:
    """What is to be shown of one framework in one enrolment. Each day is the earliest, or None.

    `undecided`: evidence without a decision. `ready`: all met, not signed off. `to_see`: the learning is done, and
    nothing was offered for a decision.
    """

    standards: bool
    units: int
    signed_off: int
    undecided: date | None
    ready: date | None
    to_see: date | None


def of_enrolments(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, tuple[PracticeUnderWay, ...]]:
    """What there is to show in these enrolments; those without any are left out. One query."""
    editions = shelf(db, Frameworks).by_edition
    found: dict[UUID, list[PracticeUnderWay]] = {}
    for row in columns(db, _PRACTICE, {"ids": list(enrolment_ids)}):
        framework = editions.get((row.framework, row.edition))
        each = PracticeUnderWay(
            framework is None or framework.is_standards,
            row.units,
            int(row.signed_off),
            _day(row.undecided),
            _day(row.ready),
            _day(row.to_see),
        )
        found.setdefault(row.enrolment_id, []).append(each)
    return {id: tuple(several) for id, several in found.items()}


def allocations_of(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, date, date | None]]]:
    """Who assesses these enrolments, from which day and up to which, by enrolment; also those gone and to come."""
    found: dict[UUID, list[tuple[UUID, date, date | None]]] = {}
    for enrolment_id, assessor_id, since, until in columns(db, _ALLOCATED, {"ids": list(enrolment_ids)}):
        found.setdefault(enrolment_id, []).append((assessor_id, since, until))
    return found


def _day(moment: datetime | None) -> date | None:
    return london_day(moment) if moment is not None else None


_IDS: Any = bindparam("ids", expanding=True)
_OPEN = LearnerUnit.state != UnitState.SIGNED_OFF
_IS_READY = LearnerUnit.state == UnitState.READY
_NOTHING_OFFERED = (_OPEN, ~_IS_READY, LearnerUnit.undecided == 0, LearnerUnit.ready_at.is_not(None))


def _first(moment: Any, *conditions: Any) -> Any:
    condition = conditions[0]
    for each in conditions[1:]:
        condition &= each
    return func.min(case((condition, moment)))


# Put together once: every fact about a learner asks them.
_PRACTICE = (
    select(
        LearnerUnit.enrolment_id,
        LearnerUnit.framework,
        LearnerUnit.edition,
        func.count().label("units"),
        func.sum(case((_OPEN, 0), else_=1)).label("signed_off"),
        _first(LearnerUnit.undecided_since, _OPEN, LearnerUnit.undecided > 0).label("undecided"),
        _first(func.coalesce(LearnerUnit.changed_at, LearnerUnit.opened_at), _IS_READY).label("ready"),
        _first(LearnerUnit.ready_at, *_NOTHING_OFFERED).label("to_see"),
    )
    .where(LearnerUnit.enrolment_id.in_(_IDS))
    .group_by(LearnerUnit.enrolment_id, LearnerUnit.framework, LearnerUnit.edition)
    .order_by(LearnerUnit.enrolment_id, LearnerUnit.framework, LearnerUnit.edition)
)
_ALLOCATED = select(Allocation.enrolment_id, Allocation.assessor_id, Allocation.since, Allocation.until).where(
    Allocation.enrolment_id.in_(_IDS)
)
