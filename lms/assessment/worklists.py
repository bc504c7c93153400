"""Lists of who waits for whom: for assessors and for individual employers. Coordinators' lists are in `allocated`.

Each list costs a constant number of queries however many learners there are; only for an assessor who works with
several authorities there is one more for each of them. Where a unit stands is read from its standing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased

from lms.assessment.caseload import caseload
from lms.assessment.content import Frameworks, Placed
from lms.assessment.deciding.models import Decision
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import Judgement, UnitState
from lms.assessment.shelf.framework import Framework
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST_PAS = 200
"""Units shown to one household: more than any employs."""


@dataclass(frozen=True)
class Waiting:
    """A PA's unit in a household's list. `ready`: the learning of its module is done; `ready_at`: since when."""

    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    placed: Placed
    state: UnitState
    ready: bool
    ready_at: datetime | None
    next_criterion: str | None
    signed: bool


@dataclass(frozen=True)
class Assessed:
    """A learner in an assessor's list, with how far they are in what is theirs to look at.

    `units` are counted whole; `signed` of them are signed off and `ready` could be now; `studied` says of how many the
    learning is done. `met` of `needed` lines are met. `only` is the code of the one unit, where there is one.
    """

    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    framework: Framework | None
    units: int
    signed: int
    ready: int
    studied: int
    met: int
    needed: int
    only: str | None


def work_of_assessor(
    db: Db, viewer: Viewer, on: date, *, offset: int = 0, limit: int | None = None
) -> tuple[list[Assessed], int]:
    """The learners somebody assesses on a day, one row each, those who wait first, and how many there are."""
    mine = caseload(db, viewer, on)
    if not mine:
        return [], 0
    rows = db.execute(_by_learner(mine).offset(offset).limit(limit)).all()
    names = people.persons(db, {row.learner_id for row in rows})
    frameworks = shelf(db, Frameworks)
    found = [
        Assessed(
            enrolment_id=row.enrolment_id,
            learner_id=row.learner_id,
            learner_name=names[row.learner_id].name,
            framework=frameworks.by_edition.get((row.framework, row.edition)),
            units=row.units,
            signed=row.signed,
            ready=row.ready,
            studied=row.studied,
            met=row.met,
            needed=row.needed,
            only=row.first if row.units == 1 else None,
        )
        for row in rows
    ]
    return found, len(mine.enrolments)


def count_for_assessor(db: Db, viewer: Viewer, on: date) -> tuple[int, int]:
    """How many people wait for an assessor: all with something left to show, and those whose learning of it is done."""
    mine = caseload(db, viewer, on)
    if not mine:
        return 0, 0
    ready = case((LearnerUnit.ready_at.is_not(None), LearnerUnit.enrolment_id))
    counted = select(func.count(LearnerUnit.enrolment_id.distinct()), func.count(ready.distinct()))
    every, studied = db.execute(counted.where(mine.has(LearnerUnit), ~is_signed_off())).one()
    return every, studied


def work_of_employer(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """What a household is asked about its PAs of a day, those who wait first: the units it may always speak to.

    Where a PA stands with the standards of a framework is theirs to share, and no part of this list.
    """
    households = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    pas = [pa.id for pa in people.pas_of(db, households, on) if pa.id != viewer.person_id] if households else []
    return _waiting(db, pas) if pas else []


def is_signed_off() -> ColumnElement[bool]:
    """The condition that a learner's unit is signed off."""
    return LearnerUnit.state == UnitState.SIGNED_OFF


# Put together once: who looks for work looks often, and putting such a statement together takes longer than asking it.
_WORK = (
    select(
        LearnerUnit.enrolment_id,
        LearnerUnit.learner_id,
        LearnerUnit.framework,
        LearnerUnit.edition,
        LearnerUnit.unit,
        LearnerUnit.state,
        LearnerUnit.ready_at,
        LearnerUnit.changed_at,
    )
    .where(
        LearnerUnit.learner_id.in_(bindparam("learners", expanding=True)),
        LearnerUnit.framework.in_(bindparam("frameworks", expanding=True)),
    )
    .order_by(
        is_signed_off(),
        LearnerUnit.ready_at.is_(None),
        LearnerUnit.opened_at,
        LearnerUnit.enrolment_id,
        LearnerUnit.unit,
    )
    .limit(MOST_PAS)
)


def _waiting(db: Db, condition: ColumnElement[bool], *, offset: int = 0, limit: int | None = None) -> list[Waiting]:
    rows = db.execute(_WORK.where(condition).offset(offset).limit(limit)).all()
    met = _met(db, {row.enrolment_id for row, _ in rows})
    names = people.persons(db, {row.learner_id for row, _ in rows})
    frameworks = shelf(db, Frameworks)
    return [
        _one(row, placed, met.get(row.enrolment_id, frozenset()), signed_at, names[row.learner_id].name)
        for row, signed_at in rows
        if (placed := frameworks.placed(row.framework, row.edition, row.unit))
    ]


def _one(row: LearnerUnit, placed: Placed, met: Collection[str], signed_at: datetime | None, name: str) -> Waiting:
    lacking = (code for code in placed.unit.codes if code not in met)
    return Waiting(
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        learner_name=name,
        placed=placed,
        state=row.state,
        ready=row.ready_at is not None,
        next_criterion=next(lacking, None),
        signed_at=signed_at,
    )


def _met(db: Db, enrolments: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The lines whose last decision is “met”, by enrolment: where a list points next. One query.

    Whether that decision counts is asked where it matters; a list only says where to look first.
    """
    if not enrolments:
        return {}
    found: dict[UUID, set[str]] = {}
    for enrolment_id, line in columns(db, _LAST_MET, {"enrolments": list(enrolments)}):
        found.setdefault(enrolment_id, set()).add(line)
    return {enrolment_id: frozenset(lines) for enrolment_id, lines in found.items()}


_LATER = aliased(Decision)
_LAST_MET = (
    select(Decision.enrolment_id, Decision.line)
    .outerjoin(
        _LATER,
        and_(
            _LATER.enrolment_id == Decision.enrolment_id,
            _LATER.line == Decision.line,
            _LATER.turn == Decision.turn + 1,
        ),
    )
    .where(
        Decision.enrolment_id.in_(bindparam("enrolments", expanding=True)),
        Decision.judgement == Judgement.MET,
        _LATER.id.is_(None),
    )
)
