"""Lists of who waits for whom: for assessors and for individual employers. Coordinators' lists are in `allocated`.

Each list costs a constant number of queries however many learners there are; only for an assessor who works with
several authorities there is one more for each of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from lms.assessment.content import Frameworks, Placed
from lms.assessment.models import Allocation, JudgementRow, LearnerUnit
from lms.assessment.rules import Judged, Judgement, UnitState, missing, state
from lms.assessment.signing.models import SignOff
from lms.assessment.standing import teaching_organisations
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST_PAS = 200
"""Units shown to one household: more than any employs."""


@dataclass(frozen=True)
class Waiting:
    """A learner's unit in somebody's list. `ready` says that the learning of its module is done."""

    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    placed: Placed
    state: UnitState
    ready: bool
    next_criterion: str | None
    signed_at: datetime | None


def work_of_assessor(
    db: Db, viewer: Viewer, on: date, *, offset: int = 0, limit: int | None = None
) -> tuple[list[Waiting], int]:
    """The units of the learners allocated to an assessor on a day, those who wait first, and how many there are."""
    mine = _allocated_to(db, viewer, on)
    total = db.scalar(select(func.count()).select_from(LearnerUnit).where(mine)) or 0
    return _waiting(db, mine, offset=offset, limit=limit), total


def count_for_assessor(db: Db, viewer: Viewer, on: date) -> tuple[int, int]:
    """How many units wait for an assessor: all that are not signed off, and those whose learning is done."""
    return _count_open(db, _allocated_to(db, viewer, on))


def work_of_employer(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """The units of the PAs who work on a day for a household that the viewer runs or acts for, those who wait first."""
    households = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    pas = [pa.id for pa in people.pas_of(db, households, on) if pa.id != viewer.person_id] if households else []
    return _waiting(db, LearnerUnit.learner_id.in_(pas), limit=MOST_PAS) if pas else []


def _allocated_to(db: Db, viewer: Viewer, on: date) -> ColumnElement[bool]:
    held = and_(Allocation.assessor_id == viewer.person_id, people.current(Allocation, on))
    enrolments = select(Allocation.enrolment_id).where(held)
    behind = select(LearnerUnit.authority_id).where(LearnerUnit.enrolment_id.in_(enrolments)).distinct()
    places = viewer.organisations(Role.ASSESSOR)
    walls = list(db.scalars(behind))
    open_walls = [a for a in walls if places & set(teaching_organisations(db, a, on))]
    if open_walls == walls:  # as it nearly always is: naming the authorities would lead SQLite through all their units
        return LearnerUnit.enrolment_id.in_(enrolments)
    return and_(LearnerUnit.enrolment_id.in_(enrolments), LearnerUnit.authority_id.in_(open_walls))


def _count_open(db: Db, condition: ColumnElement[bool]) -> tuple[int, int]:
    counted = (
        select(func.count(), func.count(LearnerUnit.ready_at))
        .select_from(LearnerUnit)
        .where(condition, ~is_signed_off())
    )
    every, ready = db.execute(counted).one()
    return every, ready


def is_signed_off() -> ColumnElement[bool]:
    """The condition that a learner's unit is signed off."""
    of_unit = and_(SignOff.enrolment_id == LearnerUnit.enrolment_id, SignOff.unit == LearnerUnit.unit)
    return select(SignOff.id).where(of_unit).exists()


# Put together once: who looks for work looks often, and putting such a statement together takes longer than asking it.
_WORK = (
    select(LearnerUnit, SignOff.at)
    .outerjoin(SignOff, and_(SignOff.enrolment_id == LearnerUnit.enrolment_id, SignOff.unit == LearnerUnit.unit))
    .order_by(
        SignOff.at.is_not(None),
        LearnerUnit.ready_at.is_(None),
        LearnerUnit.opened_at,
        LearnerUnit.enrolment_id,
        LearnerUnit.unit,
    )
)


def _waiting(db: Db, condition: ColumnElement[bool], *, offset: int = 0, limit: int | None = None) -> list[Waiting]:
    rows = db.execute(_WORK.where(condition).offset(offset).limit(limit)).all()
    judged = _latest(db, {row.enrolment_id for row, _ in rows})
    names = people.persons(db, {row.learner_id for row, _ in rows})
    frameworks = shelf(db, Frameworks)
    return [
        _one(row, placed, judged.get((row.enrolment_id, row.unit), []), signed_at, names[row.learner_id].name)
        for row, signed_at in rows
        if (placed := frameworks.placed(row.framework, row.edition, row.unit))
    ]


def _one(row: LearnerUnit, placed: Placed, judged: Sequence[Judged], signed_at: datetime | None, name: str) -> Waiting:
    codes = placed.unit.codes
    lacking = missing(codes, judged)
    return Waiting(
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        learner_name=name,
        placed=placed,
        state=state(codes, judged, signed_off=signed_at is not None),
        ready=row.ready_at is not None,
        next_criterion=lacking[0].criterion if lacking else None,
        signed_at=signed_at,
    )


def _latest(db: Db, enrolments: Collection[UUID]) -> dict[tuple[UUID, str], list[Judged]]:
    """The judgements that count, by enrolment and unit: the same choice as in rules.latest, made by the database."""
    if not enrolments:
        return {}
    found: dict[tuple[UUID, str], list[Judged]] = {}
    for enrolment_id, unit, criterion, judgement, at, _ in db.execute(_LATEST, {"enrolments": list(enrolments)}):
        found.setdefault((enrolment_id, unit), []).append(Judged(criterion, judgement, at))
    return found


_NUMBERED = (
    select(
        JudgementRow.enrolment_id,
        JudgementRow.unit,
        JudgementRow.criterion,
        JudgementRow.judgement,
        JudgementRow.at,
        func.row_number()
        .over(
            partition_by=(JudgementRow.enrolment_id, JudgementRow.unit, JudgementRow.criterion),
            order_by=(JudgementRow.at.desc(), case((JudgementRow.judgement == Judgement.NOT_YET_MET, 0), else_=1)),
        )
        .label("place"),
    )
    .where(JudgementRow.enrolment_id.in_(bindparam("enrolments", expanding=True)))
    .subquery()
)
_LATEST = select(_NUMBERED).where(_NUMBERED.c.place == 1)
