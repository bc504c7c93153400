"""Read decisions, drafts, and where every line and unit of a learner stands, in a constant number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.assessment import places
from lms.assessment.competence.rules import Risk
from lms.assessment.content import Line, Placed
from lms.assessment.deciding.deciding import Deciding
from lms.assessment.deciding.drafts import of_draft, own_drafts
from lms.assessment.deciding.models import Decision, DecisionEvidence, Review
from lms.assessment.deciding.rules import (
    NOT_REVIEWED,
    Counts,
    Five,
    ReviewOutcome,
    ReviewPart,
    Stand,
    counts,
    unit_state,
)
from lms.assessment.deciding.stands import knowledge_of, line_stand
from lms.assessment.evidence.models import EvidenceLine, EvidenceWithdrawn
from lms.assessment.evidence.rules import Way
from lms.assessment.rules import Capacity, Judgement, UnitState
from lms.assessment.signing.queries import SignOffView, sign_offs_of
from lms.core.db import Db, columns
from lms.learning.queries import EnrolmentView
from lms.people import queries as people


@dataclass(frozen=True)
class ReviewNote:
    """What a second person said of a decision."""

    part: ReviewPart
    outcome: ReviewOutcome
    word: str
    action: str
    due_on: date | None
    by: UUID
    by_name: str
    at: datetime


class DecisionView(NamedTuple):
    """One decision of one line. `five` is None for judgements from before they were asked.

    A tuple, as are the stands of lines: a page about one learner makes hundreds, and they are made thrice as fast.
    """

    id: UUID
    sitting_id: UUID
    enrolment_id: UUID
    unit: str
    line: str
    turn: int
    judgement: Judgement
    reason: str
    feedback: str
    five: Five | None
    rests_on: UUID | None
    beside: tuple[UUID, ...]
    by: UUID
    by_name: str
    capacity: Capacity
    behalf: UUID
    flags: frozenset[Risk]
    at: datetime
    counts: Counts
    reviews: tuple[ReviewNote, ...]


@dataclass(frozen=True)
class DraftView:
    """A decision somebody is still thinking about."""

    id: UUID
    unit: str
    deciding: Deciding
    saw: UUID | None
    way: Way
    updated_at: datetime

    @property
    def line(self) -> str:
        """The line's key."""
        return self.deciding.line


class LineStand(NamedTuple):
    """Where a line stands, its last decision, and the pieces that speak to it, the first offered first."""

    line: Line
    stand: Stand
    decision: DecisionView | None
    evidence: tuple[UUID, ...]


@dataclass(frozen=True)
class UnitStand:
    """Where a unit stands, line by line. `missing` are the keys of lines that are not met; none once signed off."""

    placed: Placed
    state: UnitState
    lines: Mapping[str, LineStand]
    sign_off: SignOffView | None
    missing: tuple[str, ...]

    @property
    def met(self) -> int:
        """How many lines are met."""
        return sum(each.stand is Stand.MET for each in self.lines.values())


# Put together once: every page about a learner's practice asks them.
_OF = Decision.enrolment_id.in_(bindparam("enrolments", expanding=True))
# Columns, since entities cost twice as much and nothing here is changed.
_REVIEWED = select(Review.id).where(Review.decision_id == Decision.id).exists()
_HAS_BESIDE = select(DecisionEvidence.evidence_id).where(DecisionEvidence.decision_id == Decision.id).exists()
_EVERY = select(*Decision.__table__.c, _REVIEWED.label("reviewed"), _HAS_BESIDE.label("has_beside")).order_by(
    Decision.at.desc(), Decision.line, Decision.turn.desc()
)
_DECISIONS = _EVERY.where(_OF)
_later = aliased(Decision)
_REPLACED = select(_later.id).where(
    _later.enrolment_id == Decision.enrolment_id, _later.line == Decision.line, _later.turn > Decision.turn
)
_LATELY = _EVERY.where(
    Decision.enrolment_id == bindparam("enrolment_id"),
    Decision.unit.in_(bindparam("units", expanding=True)),
    ~_REPLACED.exists(),
).limit(bindparam("most"))
_REVIEWS = select(*Review.__table__.c).join(Decision, Decision.id == Review.decision_id).where(_OF).order_by(Review.at)
_BESIDE = (
    select(DecisionEvidence.decision_id, DecisionEvidence.evidence_id)
    .join(Decision, Decision.id == DecisionEvidence.decision_id)
    .where(_OF)
    .order_by(DecisionEvidence.evidence_id)
)
_SPOKEN = (
    select(EvidenceLine.enrolment_id, EvidenceLine.line, EvidenceLine.evidence_id)
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == EvidenceLine.evidence_id)
    .where(EvidenceLine.enrolment_id.in_(bindparam("enrolments", expanding=True)), EvidenceWithdrawn.at.is_(None))
    .order_by(EvidenceLine.said_at, EvidenceLine.evidence_id)
)


def decisions_of(db: Db, enrolment_id: UUID) -> tuple[DecisionView, ...]:
    """Every finalised decision of an enrolment, the newest first. At most four queries."""
    return decisions_in(db, [enrolment_id])[enrolment_id]


def decisions_in(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, tuple[DecisionView, ...]]:
    """The same for each of several enrolments, in as many queries: what nobody reviewed, nobody is asked for."""
    rows = columns(db, _DECISIONS, {"enrolments": list(enrolment_ids)}).all() if enrolment_ids else []
    return _views(db, enrolment_ids, rows)


def lately_decided(db: Db, enrolment_id: UUID, units: Collection[str], *, most: int) -> tuple[DecisionView, ...]:
    """The latest decisions of an enrolment in some of its units that no later one replaced. At most four queries."""
    about = {"enrolment_id": enrolment_id, "units": list(units), "most": most}
    return _views(db, [enrolment_id], columns(db, _LATELY, about).all())[enrolment_id]


def _views(db: Db, enrolment_ids: Collection[UUID], rows: Sequence[Any]) -> dict[UUID, tuple[DecisionView, ...]]:
    """Decisions as they are shown. Of a line, the row of its highest turn is taken to be its last decision."""
    of = {"enrolments": list(enrolment_ids)}
    reviews = columns(db, _REVIEWS, of).all() if any(row.reviewed for row in rows) else []
    beside: dict[UUID, list[UUID]] = {}
    for decision_id, evidence_id in columns(db, _BESIDE, of) if any(row.has_beside for row in rows) else ():
        beside.setdefault(decision_id, []).append(evidence_id)
    names = people.persons(db, {row.by for row in rows} | {row.by for row in reviews}) if rows else {}
    notes: dict[UUID, list[ReviewNote]] = {}
    for row in reviews:
        notes.setdefault(row.decision_id, []).append(_note(row, names[row.by].name))
    of_each: dict[UUID, list[Any]] = {id: [] for id in enrolment_ids}
    for row in rows:
        of_each[row.enrolment_id].append(row)
    found: dict[UUID, tuple[DecisionView, ...]] = {}
    for id, those in of_each.items():
        last: dict[str, int] = {}
        for row in those:
            last[row.line] = max(row.turn, last.get(row.line, 0))
        found[id] = tuple(
            _view(
                row,
                names[row.by].name,
                notes.get(row.id, ()) if notes else (),
                beside.get(row.id, ()) if beside else (),
                latest=last[row.line] == row.turn,
            )
            for row in those
        )
    return found


def spoken_in(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, dict[str, tuple[UUID, ...]]]:
    """The pieces that speak to each line, of each of several enrolments, the first offered first. One query."""
    found: dict[UUID, dict[str, tuple[UUID, ...]]] = {id: {} for id in enrolment_ids}
    for enrolment_id, line, evidence_id in columns(db, _SPOKEN, {"enrolments": list(enrolment_ids)}):
        spoken = found[enrolment_id]
        spoken[line] = (*spoken.get(line, ()), evidence_id)
    return found


def used_by(decided: Iterable[DecisionView]) -> frozenset[UUID]:
    """The pieces on which the last decision of a line rests that was not sent back, or that stand beside one."""
    using = [each for each in decided if each.counts not in {Counts.SUPERSEDED, Counts.SENT_BACK}]
    return frozenset(each for one in using for each in (one.rests_on, *one.beside) if each is not None)


def _note(row: Any, name: str) -> ReviewNote:
    return ReviewNote(row.part, row.outcome, row.word, row.action, row.due_on, row.by, name, row.at)


def _view(row: Any, name: str, notes: Sequence[ReviewNote], beside: Sequence[UUID], *, latest: bool) -> DecisionView:
    return DecisionView(
        id=row.id,
        sitting_id=row.sitting_id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        line=row.line,
        turn=row.turn,
        judgement=row.judgement,
        reason=row.reason,
        feedback=row.feedback,
        five=_five(row),
        rests_on=row.rests_on,
        beside=tuple(beside) if beside else (),
        by=row.by,
        by_name=name,
        capacity=row.capacity,
        behalf=row.behalf,
        flags=frozenset(Risk(flag) for flag in row.flags.split(",")) if row.flags else _NO_FLAGS,
        at=row.at,
        counts=_counts(notes, latest=latest, needed=row.needs_countersign),
        reviews=tuple(notes) if notes else (),
    )


def _counts(notes: Sequence[ReviewNote], *, latest: bool, needed: bool) -> Counts:
    if not notes:
        return NOT_REVIEWED[latest, needed]
    said = {note.part: note.outcome for note in notes}
    return counts(latest=latest, needs_countersign=needed, reviews=said)


_NO_FLAGS: frozenset[Risk] = frozenset()


def _five(row: Any) -> Five | None:
    return _said(row.valid, row.authentic, row.reliable, row.current, row.sufficient)


@lru_cache(maxsize=64)
def _said(*answers: bool | None) -> Five | None:
    return None if None in answers else Five(*(bool(each) for each in answers))


def drafts_of(db: Db, enrolment_id: UUID, by: UUID) -> tuple[DraftView, ...]:
    """Somebody's own drafts for a learner, in order of the lines. One query."""
    return tuple(
        DraftView(row.id, row.unit, of_draft(row), row.saw, row.way, row.updated_at)
        for row in own_drafts(db, enrolment_id, by, None)
    )


def stand_of(db: Db, enrolment: EnrolmentView) -> dict[str, UnitStand]:
    """Where every unit and line of a learner stands, by the unit's code. At most twelve queries."""
    units = places.units_of(db, enrolment)
    return stand_in(db, enrolment, units, decisions_of(db, enrolment.id)) if units else {}


def stand_in(
    db: Db,
    enrolment: EnrolmentView,
    units: Sequence[Placed],
    decided: Sequence[DecisionView],
    *,
    spoken: Mapping[str, tuple[UUID, ...]] | None = None,
    sign_offs: Sequence[SignOffView] | None = None,
) -> dict[str, UnitStand]:
    """The same for units and decisions that were read already, as may be what evidence speaks to, and sign-offs."""
    latest = {each.line: each for each in decided if each.counts is not Counts.SUPERSEDED}
    spoken = spoken_in(db, [enrolment.id])[enrolment.id] if spoken is None else spoken
    shown = knowledge_of(db, enrolment, units, latest)
    sign_offs = sign_offs_of(db, enrolment.id) if sign_offs is None else sign_offs
    signed = {each.unit: each for each in sign_offs if each.withdrawn is None}
    return {
        placed.unit.code: _unit(
            placed,
            latest,
            spoken,
            shown.get((placed.framework.code, placed.framework.edition), frozenset()),
            signed.get(placed.unit.code),
        )
        for placed in units
    }


def _unit(
    placed: Placed,
    latest: Mapping[str, DecisionView],
    spoken: Mapping[str, tuple[UUID, ...]],
    shown: frozenset[str],
    signed: SignOffView | None,
) -> UnitStand:
    lines, stands, missing = {}, list[Stand](), list[str]()
    for line in placed.unit.lines:
        key = line.key
        decision = latest.get(key)
        where = line_stand(line, decision, shown=shown, offered=spoken)
        lines[key] = LineStand(line, where, decision, spoken.get(key, ()))
        stands.append(where)
        if where is not Stand.MET:
            missing.append(key)
    state = unit_state(stands, signed_off=signed is not None)
    return UnitStand(placed, state, lines, signed, () if signed else tuple(missing))
