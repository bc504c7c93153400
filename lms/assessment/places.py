"""The units a learner has to show: opened by the edition they enrolled on, and held while one is written about."""

from datetime import datetime

from sqlalchemy import select

from lms.assessment.content import Criterion, Frameworks, Placed
from lms.assessment.models import LearnerUnit
from lms.core.db import Db, add_once
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning.queries import EnrolmentView


def units_of(db: Db, enrolment: EnrolmentView) -> tuple[Placed, ...]:
    """The units of the edition a learner enrolled on, with their frameworks."""
    return shelf(db, Frameworks).units_for(enrolment.course, enrolment.edition)


def unit_of(db: Db, enrolment: EnrolmentView, unit: str) -> Placed:
    """One of a learner's units. Raises NotFound."""
    found = next((placed for placed in units_of(db, enrolment) if placed.unit.code == unit), None)
    if found is None:
        raise NotFound("unit")
    return found


def criterion_of(db: Db, enrolment: EnrolmentView, code: str) -> tuple[Placed, Criterion]:
    """One of the criteria a learner has to show, and its unit. Raises NotFound."""
    for placed in units_of(db, enrolment):
        criterion = placed.criterion(code)
        if criterion is not None:
            return placed, criterion
    raise NotFound("criterion")


def open_units(db: Db, enrolment: EnrolmentView, *, now: datetime) -> None:
    """Write down which units a learner has to show; doing it twice changes nothing.

    Done on enrolment, and again before anything is written, for enrolments older than a framework.
    """
    there = set(db.scalars(select(LearnerUnit.unit).where(LearnerUnit.enrolment_id == enrolment.id)))
    for placed in units_of(db, enrolment):
        if placed.unit.code not in there:
            add_once(db, _row(enrolment, placed, now))


def _row(enrolment: EnrolmentView, placed: Placed, now: datetime) -> LearnerUnit:
    return LearnerUnit(
        enrolment_id=enrolment.id,
        unit=placed.unit.code,
        framework=placed.framework.code,
        edition=placed.framework.edition,
        module=placed.unit.module,
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        opened_at=now,
    )


def hold(db: Db, enrolment: EnrolmentView, unit: str, *, now: datetime) -> LearnerUnit:
    """The learner's unit, held until the end of the transaction. Raises NotFound.

    Whoever judges or signs off holds it, so that no judgement slips in beside a sign-off on PostgreSQL; on SQLite
    writers wait for each other anyway.
    """
    open_units(db, enrolment, now=now)
    row = db.scalar(
        select(LearnerUnit)
        .where(LearnerUnit.enrolment_id == enrolment.id, LearnerUnit.unit == unit)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("unit")
    return row
