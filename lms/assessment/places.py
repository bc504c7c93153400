"""The units a learner has to show: opened by the edition they enrolled on or work to, and held while one is written.

A course of ours is bound to its own framework. On the knowledge course of the standards nothing is to be shown at work
until somebody opens the standards; see `places_opening`.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from lms.assessment.content import Criterion, Framework, Frameworks, Line, Placed
from lms.assessment.knowledge.kept import kept
from lms.assessment.knowledge.mapping import COURSE, Teaching, teachers, teaching
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.models import LearnerUnit, WorkingTo
from lms.core.db import Db, add_once, columns, write_values
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning.catalogue import Courses
from lms.learning.queries import EnrolmentView


def units_of(db: Db, enrolment: EnrolmentView) -> tuple[Placed, ...]:
    """The units a learner has to show, with their frameworks as their authority holds them. At most three queries."""
    working_to = _working_to(db, enrolment.id) if enrolment.course == COURSE else None
    bound = shelf(db, Frameworks).units_for(enrolment.course, enrolment.edition)
    if working_to is None and not bound:
        return ()
    held = frameworks_for(db, enrolment.authority_id)
    own = held.units_for(enrolment.course, enrolment.edition)
    if working_to is None:
        return own
    standards = held.by_edition.get((working_to.framework, working_to.edition))
    return (*own, *(Placed(standards, unit) for unit in standards.units)) if standards else own


def works_to(db: Db, enrolment_id: UUID) -> str | None:
    """The code of the framework of standards a learner shows practice in; None before any was opened."""
    working_to = _working_to(db, enrolment_id)
    return working_to.framework if working_to is not None else None


def _working_to(db: Db, enrolment_id: UUID) -> Any:
    return columns(db, _WORKING_TO, {"enrolment_id": enrolment_id}).one_or_none()


# Put together once: every page about practice asks it.
_WORKING_TO = select(WorkingTo.framework, WorkingTo.edition, WorkingTo.opened_at).where(
    WorkingTo.enrolment_id == bindparam("enrolment_id")
)


def opened_since(db: Db, enrolment_id: UUID, moment: datetime) -> bool:
    """Whether a learner began with another edition after a moment: editions have lines of the same key in common."""
    working_to = db.get(WorkingTo, enrolment_id)
    return working_to is not None and working_to.opened_at > moment


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


def lines_of(db: Db, enrolment: EnrolmentView, keys: Collection[str]) -> dict[str, tuple[Placed, Line]]:
    """Lines a learner has to show, by key, each with its unit, in the order asked. Raises NotFound for any other."""
    every = {line.key: (placed, line) for placed in units_of(db, enrolment) for line in placed.unit.lines}
    if any(key not in every for key in keys):
        raise NotFound("line")
    return {key: every[key] for key in keys}


def module_of(db: Db, placed: Placed) -> str | None:
    """The taught module a unit belongs to: its own, or for a standard the one of the knowledge course."""
    if placed.unit.module is not None or not placed.framework.is_standards:
        return placed.unit.module
    courses = shelf(db, Courses)
    own = {module.code for module in courses.modules_of(COURSE)}
    taught = kept("teaching", (placed.framework, courses), lambda: _taught(placed.framework, courses))
    return next((code for code in taught.modules.get(placed.unit.code, ()) if code in own), None)


def _taught(framework: Framework, courses: Courses) -> Teaching:
    return teaching(framework, teachers(courses))


def open_units(db: Db, enrolment: EnrolmentView, *, now: datetime) -> None:
    """Write down which units a learner has to show; doing it twice changes nothing.

    Done on enrolment, and again before anything is written, for enrolments older than a framework.
    """
    there = set(db.scalars(select(LearnerUnit.unit).where(LearnerUnit.enrolment_id == enrolment.id)))
    for placed in units_of(db, enrolment):
        if placed.unit.code not in there:
            add_once(db, _row(db, enrolment, placed, now))


def open_units_of_many(db: Db, enrolments: Iterable[EnrolmentView], *, now: datetime) -> None:
    """The same for many enrolments that were made just now, so that nothing was opened for them yet.

    Learners of one course, edition and authority who have opened no standards have the same units.
    """
    alike: dict[tuple[str, str, UUID], list[dict[str, Any]]] = {}
    rows: list[dict[str, Any]] = []
    for each in enrolments:
        key = (each.course, each.edition, each.authority_id)
        if key not in alike:
            alike[key] = [_values(_row(db, each, placed, now)) for placed in units_of(db, each)]
        rows += ({**row, "enrolment_id": each.id, "learner_id": each.learner_id} for row in alike[key])
    write_values(db, LearnerUnit, rows)


def _values(row: LearnerUnit) -> dict[str, Any]:
    names = ("unit", "framework", "edition", "module", "authority_id", "opened_at", "needed")
    return {name: getattr(row, name) for name in names}


def take_back_units(db: Db, enrolment_ids: Sequence[UUID]) -> None:
    """Delete the units of enrolments that were never to be; the caller has seen to it that nothing hangs on them."""
    db.flush()
    for start in range(0, len(enrolment_ids), 500):
        db.connection().execute(_GONE, {"ids": list(enrolment_ids[start : start + 500])})


_GONE = delete(LearnerUnit).where(LearnerUnit.enrolment_id.in_(bindparam("ids", expanding=True)))


def _row(db: Db, enrolment: EnrolmentView, placed: Placed, now: datetime) -> LearnerUnit:
    return LearnerUnit(
        enrolment_id=enrolment.id,
        unit=placed.unit.code,
        framework=placed.framework.code,
        edition=placed.framework.edition,
        module=module_of(db, placed),
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        opened_at=now,
        needed=len(placed.unit.lines),
    )


def hold(db: Db, enrolment: EnrolmentView, unit: str, *, now: datetime) -> LearnerUnit:
    """The learner's unit, held until the end of the transaction. Raises NotFound.

    Whoever decides or signs off holds it, so that no decision slips in beside a sign-off on PostgreSQL; on SQLite
    writers wait for each other anyway.
    """
    return hold_all(db, enrolment, [unit], now=now)[unit]


def hold_all(db: Db, enrolment: EnrolmentView, units: Collection[str], *, now: datetime) -> dict[str, LearnerUnit]:
    """Several of a learner's units, held in one order, so that two writers never wait in a ring. Raises NotFound."""
    asked = {"enrolment_id": enrolment.id, "units": list(units)}
    rows = {row.unit: row for row in db.scalars(_TO_HOLD, asked)}
    if len(rows) < len(set(units)):
        open_units(db, enrolment, now=now)
        rows = {row.unit: row for row in db.scalars(_TO_HOLD, asked)}
    if len(rows) < len(set(units)):
        raise NotFound("unit")
    return rows


# Put together once: whoever writes about practice holds units first.
_TO_HOLD = (
    select(LearnerUnit)
    .where(
        LearnerUnit.enrolment_id == bindparam("enrolment_id"), LearnerUnit.unit.in_(bindparam("units", expanding=True))
    )
    .order_by(LearnerUnit.unit)
    .with_for_update()
    .execution_options(populate_existing=True)
)
