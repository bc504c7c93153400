"""Lists of who waits for whom: for assessors and for individual employers. Coordinators' lists are in `allocated`.

Each list costs a constant number of queries however many learners there are; only for an assessor who works with
several authorities there is one more for each of them. Where a unit stands is read from its standing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from lms.assessment.caseload import caseload
from lms.assessment.competence.rules import Household
from lms.assessment.content import Frameworks, Placed
from lms.assessment.deciding.models import Decision
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import Judgement, UnitState
from lms.assessment.shelf.framework import Framework
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.leaving import LEFT
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
    authority_id: UUID
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
    if mine.units:
        rows = list(db.execute(_BY_LEARNER.where(mine.has(LearnerUnit)).offset(offset).limit(limit)))
    else:
        page = {"whole": list(mine.whole), "offset": offset, "limit": len(mine.whole) if limit is None else limit}
        rows = list(columns(db, _BY_LEARNER_WHOLE, page))
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
    if mine.units:
        every, studied = db.execute(_COUNTED.where(mine.has(LearnerUnit))).one()
    else:
        every, studied = columns(db, _COUNTED_WHOLE, {"whole": list(mine.whole)}).one()
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
    return LearnerUnit.state == _SIGNED_OFF


# Written into the statement, so that the database sees that the index of open units is enough.
_SIGNED_OFF = literal(UnitState.SIGNED_OFF, LearnerUnit.state.type, literal_execute=True)
_READY = case((LearnerUnit.ready_at.is_not(None), LearnerUnit.enrolment_id))
_COUNTED = select(func.count(LearnerUnit.enrolment_id.distinct()), func.count(_READY.distinct())).where(
    ~is_signed_off()
)
_COUNTED_WHOLE = _COUNTED.where(LearnerUnit.enrolment_id.in_(bindparam("whole", expanding=True)))


def _by_learner() -> Select[*tuple[Any, ...]]:
    ready = func.sum(case((LearnerUnit.state == UnitState.READY, 1), else_=0))
    signed = func.sum(case((is_signed_off(), 1), else_=0))
    return (
        select(
            LearnerUnit.enrolment_id,
            LearnerUnit.learner_id,
            func.max(LearnerUnit.framework).label("framework"),
            func.max(LearnerUnit.edition).label("edition"),
            func.count().label("units"),
            signed.label("signed"),
            ready.label("ready"),
            func.count(LearnerUnit.ready_at).label("studied"),
            func.sum(LearnerUnit.met).label("met"),
            func.sum(LearnerUnit.needed).label("needed"),
            func.min(LearnerUnit.unit).label("first"),
        )
        .group_by(LearnerUnit.enrolment_id, LearnerUnit.learner_id)
        .order_by(
            signed == func.count(),
            ready == 0,
            func.count(LearnerUnit.ready_at) == 0,
            func.min(LearnerUnit.opened_at),
            LearnerUnit.enrolment_id,
        )
    )


# Put together once: who looks for work looks often, and putting such a statement together takes longer than asking it.
_BY_LEARNER = _by_learner()
_BY_LEARNER_WHOLE = (
    _BY_LEARNER.where(LearnerUnit.enrolment_id.in_(bindparam("whole", expanding=True)))
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_WORK = (
    select(
        LearnerUnit.enrolment_id,
        LearnerUnit.learner_id,
        LearnerUnit.authority_id,
        LearnerUnit.framework,
        LearnerUnit.edition,
        LearnerUnit.unit,
        LearnerUnit.state,
        LearnerUnit.ready_at,
    )
    .where(
        LearnerUnit.learner_id.in_(bindparam("learners", expanding=True)),
        LearnerUnit.framework.in_(bindparam("frameworks", expanding=True)),
        or_(is_signed_off(), LearnerUnit.enrolment_id.not_in(LEFT)),
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


def _waiting(db: Db, learners: Collection[UUID]) -> list[Waiting]:
    frameworks = shelf(db, Frameworks)
    asked = {each.code for each in frameworks.by_edition.values() if each.judging.household is Household.ALWAYS}
    rows = columns(db, _WORK, {"learners": list(learners), "frameworks": sorted(asked)}).all()
    names = people.persons(db, {row.learner_id for row in rows})
    placed = {
        (row.enrolment_id, row.unit): found
        for row in rows
        if (found := frameworks.placed(row.framework, row.edition, row.unit))
    }
    met = _met(db, {enrolment for (enrolment, _unit), found in placed.items() if len(found.unit.lines) > 1})
    return [
        Waiting(
            enrolment_id=row.enrolment_id,
            learner_id=row.learner_id,
            authority_id=row.authority_id,
            learner_name=names[row.learner_id].name,
            placed=found,
            state=row.state,
            ready=row.ready_at is not None,
            ready_at=row.ready_at,
            next_criterion=_next(found, row.state, met.get(row.enrolment_id, frozenset())),
            signed=row.state is UnitState.SIGNED_OFF,
        )
        for row in rows
        if (found := placed.get((row.enrolment_id, row.unit)))
    ]


def _next(placed: Placed, state: UnitState, met: Collection[str]) -> str | None:
    """The first criterion still to be said something about; None when none is."""
    if state in {UnitState.READY, UnitState.SIGNED_OFF}:
        return None
    return next((line.key for line in placed.unit.lines if line.key not in met), None)


def _met(db: Db, enrolments: Collection[UUID]) -> dict[UUID, set[str]]:
    """The lines whose last decision is met, by enrolment: enough to say which one comes next."""
    found: dict[UUID, set[str]] = {}
    if enrolments:
        for enrolment, line in columns(db, _MET, {"enrolments": list(enrolments)}):
            found.setdefault(enrolment, set()).add(line)
    return found


_LATER = aliased(Decision)
_MET = select(Decision.enrolment_id, Decision.line).where(
    Decision.enrolment_id.in_(bindparam("enrolments", expanding=True)),
    Decision.judgement == Judgement.MET,
    ~select(_LATER.id)
    .where(
        and_(
            _LATER.enrolment_id == Decision.enrolment_id,
            _LATER.line == Decision.line,
            _LATER.turn > Decision.turn,
        )
    )
    .exists(),
)
