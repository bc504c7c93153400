"""Decisions that wait for a countersignature, and who may give it: somebody else who is competent and independent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, case, literal, or_, select, union
from sqlalchemy.orm import aliased

from lms.assessment.caseload import walls
from lms.assessment.competence.people import assesses_for
from lms.assessment.competence.queries import named_somewhere, named_to_countersign, said_of, ties_of
from lms.assessment.competence.rules import Countersigner, Mark, Span, may_countersign
from lms.assessment.content import Placed
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.models import Allocation
from lms.assessment.rules import Capacity
from lms.assessment.standing import is_for
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 500
"""Waiting decisions of one authority that are looked through at a time, the oldest first."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A decision that waits for a countersignature."""

    decision_id: UUID
    enrolment_id: UUID
    learner_id: UUID
    authority_id: UUID
    framework: str
    unit: str
    line: str
    decided_by: UUID
    at: datetime


def waiting_for(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """The decisions somebody may countersign on a day, the oldest first.

    One query where nothing waits; else queries for each authority of theirs in which something does.
    """
    if not viewer.has(Role.ASSESSOR):
        return []
    found: list[Waiting] = []
    for authority in sorted(_authorities(db, viewer, on)):
        found += _in_authority(db, viewer, authority, on)
    return sorted(found, key=lambda each: (each.at, each.decision_id))


def _authorities(db: Db, viewer: Viewer, on: date) -> set[UUID]:
    """Where something waits and somebody may countersign: named there, of the authority itself, or of a learner.

    One query where there is nothing, beside that for the walls.
    """
    own, behind = viewer.authorities(Role.ASSESSOR), walls(db, viewer, on)
    values = {"person_id": viewer.person_id, "on": on, "own": list(own), "behind": list(own | behind)}
    found: dict[UUID, bool] = {}
    for authority, mine in columns(db, _THERE, values):
        found[authority] = bool(mine) or found.get(authority, False)
    named = frozenset[UUID]() if all(found.values()) else named_to_countersign(db, viewer.person_id, on)
    asked = [authority for authority, mine in found.items() if mine or authority in named]
    return {authority for authority in asked if assesses_for(db, viewer.person_id, authority, on)}


def _waits() -> ColumnElement[bool]:
    """The condition that a decision is the last of its line and nobody has countersigned it, nor sent it back."""
    later = aliased(Decision)
    superseded = select(later.id).where(
        later.enrolment_id == Decision.enrolment_id, later.line == Decision.line, later.turn > Decision.turn
    )
    reviewed = select(Review.id).where(
        Review.decision_id == Decision.id,
        or_(Review.part == ReviewPart.COUNTERSIGN, Review.outcome == ReviewOutcome.SENT_BACK),
    )
    return Decision.needs_countersign & ~superseded.exists() & ~reviewed.exists()


# Put together once: every queue of an assessor asks it.
_BY = bindparam("person_id", type_=Decision.by.type)
_HELD = (
    select(Allocation.id)
    .where(
        Allocation.enrolment_id == Decision.enrolment_id,
        Allocation.assessor_id == _BY,
        people.current(Allocation, bindparam("on")),
    )
    .correlate(Decision)
)


def _there() -> CompoundSelect[UUID, int]:
    """Where a decision waits that may be theirs: of a learner of theirs, which the index of their enrolments finds,
    or anywhere in an authority they assess for or were named in. Two questions in one, since together they would look
    through all that ever waited behind each wall.
    """
    learners = select(Allocation.enrolment_id).where(
        Allocation.assessor_id == _BY, people.current(Allocation, bindparam("on"))
    )
    waits = (Decision.by != _BY, _waits())
    of_learners = select(Decision.authority_id, literal(1).label("mine")).where(
        Decision.enrolment_id.in_(learners), Decision.authority_id.in_(bindparam("behind", expanding=True)), *waits
    )
    own = Decision.authority_id.in_(bindparam("own", expanding=True))
    named = Decision.authority_id.in_(named_somewhere(_BY))
    anywhere = select(Decision.authority_id, case((own, 1), else_=0)).where(or_(own, named), *waits)
    return union(of_learners, anywhere)


_THERE = _there()


def _in_authority(db: Db, viewer: Viewer, authority_id: UUID, on: date) -> list[Waiting]:
    rows = columns(db, _IN_AUTHORITY, {"person_id": viewer.person_id, "on": on, "authority_id": authority_id}).all()
    if not rows:
        return []
    there = frameworks_for(db, authority_id)
    said = said_of(db, viewer.person_id, authority_id, {row.framework for row in rows})
    ties = ties_of(db, viewer.person_id, {row.learner_id for row in rows}, on)
    open_ = _open_to_all(viewer, authority_id, said.marks, on)
    found = []
    for row in rows:
        framework = there.by_edition[row.framework, row.edition]
        may = said.decides(
            Placed(framework, framework.unit(row.unit)),
            learner_id=row.learner_id,
            relation=ties.get(row.learner_id),
            capacity=Capacity.ASSESSOR,
            on=on,
            today=on,
        )
        who = Countersigner(person=viewer.person_id, decided_by=row.by, open_to_them=open_ or bool(row.mine), may=may)
        if may_countersign(who):
            found.append(_waiting(row))
    return found


_IN_AUTHORITY = (
    select(
        Decision.id,
        Decision.enrolment_id,
        Decision.learner_id,
        Decision.authority_id,
        Decision.framework,
        Decision.edition,
        Decision.unit,
        Decision.line,
        Decision.by,
        Decision.at,
        _HELD.where(is_for(Decision.unit)).exists().label("mine"),
    )
    .where(Decision.authority_id == bindparam("authority_id"), Decision.by != _BY, _waits())
    .order_by(Decision.at, Decision.id)
    .limit(MOST)
)


def _open_to_all(viewer: Viewer, authority_id: UUID, marks: Mapping[Mark, Sequence[Span]], on: date) -> bool:
    named = any(span.holds(on) for span in marks.get(Mark.COUNTERSIGNS, ()))
    return named or authority_id in viewer.authorities(Role.ASSESSOR)


def _waiting(row: Any) -> Waiting:
    return Waiting(
        decision_id=row.id,
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        framework=row.framework,
        unit=row.unit,
        line=row.line,
        decided_by=row.by,
        at=row.at,
    )


def may_see_for_countersigning(
    db: Db, viewer: Viewer, enrolment_id: UUID, on: date, *, lines: Collection[str] | None = None
) -> bool:
    """Whether a decision on an enrolment waits that somebody may countersign: so long they read what it rests on.

    `lines`: only a decision on one of these, as those a piece of evidence speaks to; None: on any.
    """
    if not viewer.has(Role.ASSESSOR):
        return False
    there = select(Decision.id).where(Decision.enrolment_id == enrolment_id, _waits()).limit(1)
    if db.scalar(there) is None:
        return False
    found = (each for each in waiting_for(db, viewer, on) if each.enrolment_id == enrolment_id)
    return any(lines is None or each.line in lines for each in found)


def waits_of_learner(db: Db, person_id: UUID, learner_id: UUID, on: date) -> bool:
    """Whether a decision on a learner waits that somebody may countersign."""
    viewer = people.viewer_of(db, person_id, on)
    return viewer is not None and any(each.learner_id == learner_id for each in waiting_for(db, viewer, on))


def one_waiting(db: Db, viewer: Viewer, decision_id: UUID, on: date) -> Waiting:
    """One of the decisions somebody may countersign. Raises NotFound for any other."""
    found = next((each for each in waiting_for(db, viewer, on) if each.decision_id == decision_id), None)
    if found is None:
        raise NotFound("decision")
    return found
