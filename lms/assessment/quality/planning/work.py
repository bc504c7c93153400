"""Keeps what a plan chooses from: one row for what an assessor decided of a learner's standard in a quarter.

It is written anew in the transaction that changes it, from the decisions themselves, so that a plan of ten thousand
decisions reads some hundreds of rows and none of their words.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.assessment.content import Frameworks
from lms.assessment.deciding.models import Decision, DecisionEvidence
from lms.assessment.evidence.models import Evidence
from lms.assessment.quality.models import SamplingWork
from lms.assessment.quality.rules import Period, Policy, Stage, Weighed, is_fast, is_uniform, period_of
from lms.assessment.rules import HOUSEHOLD, Capacity, Judgement
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf

FEWEST_LINES = 3
"""A standard of fewer lines is decided in one go by everybody; that says nothing."""


@dataclass(frozen=True)
class _Decided:
    """A decision as far as a plan asks about it."""

    line: str
    by: UUID
    capacity: Capacity
    judgement: Judgement
    words: str
    flags: frozenset[Weighed]
    kinds: frozenset[str]
    at: datetime


@lru_cache(maxsize=1000)
def words_of(listed: str) -> tuple[str, ...]:
    """The words of a list with commas."""
    return tuple(word for word in listed.split(",") if word)


def list_of(words: Iterable[str]) -> str:
    """A list with commas, in one order."""
    return ",".join(sorted(words))


_MAIN = aliased(Evidence)
_DECIDED = (
    select(
        Decision.id,
        Decision.line,
        Decision.by,
        Decision.capacity,
        Decision.judgement,
        Decision.reason,
        Decision.feedback,
        Decision.flags,
        Decision.at,
        Decision.framework,
        Decision.edition,
        Decision.learner_id,
        Decision.authority_id,
        _MAIN.kind,
        select(DecisionEvidence.evidence_id)
        .where(DecisionEvidence.decision_id == Decision.id)
        .exists()
        .label("has_beside"),
    )
    .outerjoin(_MAIN, _MAIN.id == Decision.rests_on)
    .where(Decision.enrolment_id == bindparam("enrolment_id"), Decision.unit == bindparam("unit"))
    .order_by(Decision.at.desc(), Decision.turn.desc())
    .limit(500)
)
_BESIDE = (
    select(DecisionEvidence.decision_id, Evidence.kind)
    .join(Evidence, Evidence.id == DecisionEvidence.evidence_id)
    .where(DecisionEvidence.decision_id.in_(bindparam("ids", expanding=True)))
)
_SIGNED = (
    select(SignOff.id)
    .outerjoin(SignOffWithdrawal, SignOffWithdrawal.sign_off_id == SignOff.id)
    .where(
        SignOff.enrolment_id == bindparam("enrolment_id"),
        SignOff.unit == bindparam("unit"),
        SignOffWithdrawal.sign_off_id.is_(None),
    )
    .limit(1)
)


def refresh(
    db: Db, *, enrolment_id: UUID, unit: str, policy: Policy, now: datetime, period: Period | None = None
) -> list[SamplingWork]:
    """Write anew what was decided of a learner's unit, for a quarter: `now`'s unless it is given. At most 4 queries."""
    where = {"enrolment_id": enrolment_id, "unit": unit}
    rows = columns(db, _DECIDED, where).all()
    if not rows:
        return []
    beside: dict[UUID, set[str]] = {}
    more = [row.id for row in rows if row.has_beside]
    for decision_id, kind in columns(db, _BESIDE, {"ids": more}) if more else ():
        beside.setdefault(decision_id, set()).add(str(kind))
    period = period or period_of(london_day(now))
    stage = Stage.FINAL if columns(db, _SIGNED, where).first() else Stage.INTERIM
    decided = [_decided(row, beside.get(row.id, set())) for row in rows]
    counted = decided if stage is Stage.FINAL else [each for each in decided if _in(period, each.at)]
    there = _standing(db, enrolment_id, unit, period)
    for assessor in {each.by for each in counted} | there.keys():
        theirs = [each for each in counted if each.by == assessor]
        row = there.get(assessor) or _new(rows[0], where=where, assessor=assessor, period=period, now=now)
        if theirs:
            _fill(row, theirs, policy, whole=_is_whole(db, rows[0], unit, theirs))
        row.stage, row.changed_at, row.planned = stage, now, False
        if assessor not in there:
            db.add(row)
            there[assessor] = row
    db.flush()
    return list(there.values())


def _in(period: Period, at: datetime) -> bool:
    return period_of(london_day(at)) == period


def _standing(db: Db, enrolment_id: UUID, unit: str, period: Period) -> dict[UUID, SamplingWork]:
    found = db.scalars(_STANDING, {"enrolment_id": enrolment_id, "unit": unit, "period": period.code})
    return {row.assessor_id: row for row in found}


_STANDING = select(SamplingWork).where(
    SamplingWork.enrolment_id == bindparam("enrolment_id"),
    SamplingWork.unit == bindparam("unit"),
    SamplingWork.period == bindparam("period"),
)


def _decided(row: Any, beside: Collection[str]) -> _Decided:
    flags = {Weighed(flag) for flag in words_of(row.flags) if flag in set(Weighed)}
    if row.capacity in HOUSEHOLD:
        flags.add(Weighed.EMPLOYER_AS_ASSESSOR)
    kinds = frozenset(beside) | ({str(row.kind)} if row.kind else frozenset())
    words = f"{row.reason} {row.feedback}"
    return _Decided(row.line, row.by, row.capacity, row.judgement, words, frozenset(flags), kinds, row.at)


def _new(row: Any, *, where: Mapping[str, Any], assessor: UUID, period: Period, now: datetime) -> SamplingWork:
    return SamplingWork(
        authority_id=row.authority_id,
        period=period.code,
        **where,
        framework=row.framework,
        edition=row.edition,
        learner_id=row.learner_id,
        assessor_id=assessor,
        capacity=row.capacity,
        kinds="",
        risks="",
        decisions=0,
        first_at=now,
        last_at=now,
    )


def _fill(row: SamplingWork, theirs: Sequence[_Decided], policy: Policy, *, whole: bool) -> None:
    """What one assessor decided, the newest first."""
    risks = {flag for each in theirs for flag in each.flags}
    row.first_at, row.last_at = min(each.at for each in theirs), max(each.at for each in theirs)
    last = {each.line: each for each in reversed(theirs)}
    if is_fast(row.first_at, row.last_at, whole=whole, hours=policy.fast_hours):
        risks.add(Weighed.FAST)
    all_met = all(each.judgement is Judgement.MET for each in last.values())
    if is_uniform([each.words for each in last.values()], all_met=all_met, at_least=policy.uniform_from):
        risks.add(Weighed.UNIFORM)
    row.capacity, row.decisions = theirs[0].capacity, len(theirs)
    row.kinds, row.risks = list_of({k for each in theirs for k in each.kinds}), list_of(risks)


def _is_whole(db: Db, row: Any, unit: str, theirs: Sequence[_Decided]) -> bool:
    """Whether an assessor decided every line of a unit that is about doing."""
    placed = shelf(db, Frameworks).placed(row.framework, row.edition, unit)
    needed = max(FEWEST_LINES, len(placed.unit.practice)) if placed else FEWEST_LINES
    return len({each.line for each in theirs}) >= needed
