"""Who may judge, on which days, what a unit still needs, and when it is closed. Plain Python.

The rules are ours for the practice part of the PA induction. Where a published framework is stricter, its own file
says so; nothing here makes it weaker.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """Whether a criterion is about what somebody knows or about what they do."""

    KNOWLEDGE = "knowledge"
    PRACTICE = "practice"


class Judgement(StrEnum):
    """What was judged. There is no mark and no “failed”: somebody can do it, not yet, or nobody can say yet."""

    MET = "met"
    NOT_YET_MET = "not_yet_met"
    MORE_EVIDENCE = "more_evidence"


class Capacity(StrEnum):
    """In which part somebody looks at a learner's work."""

    ASSESSOR = "assessor"
    EMPLOYER = "employer"
    REPRESENTATIVE = "representative"


HOUSEHOLD = frozenset({Capacity.EMPLOYER, Capacity.REPRESENTATIVE})
ANYBODY = frozenset(Capacity)


class Setting(StrEnum):
    """Where something was seen, in kind: never an address, since it is where a disabled person lives."""

    OWN_HOME = "own_home"
    OUT_AND_ABOUT = "out_and_about"
    WORK_OR_STUDY = "work_or_study"
    SOMEWHERE_ELSE = "somewhere_else"


@dataclass(frozen=True)
class Standing:
    """In which capacity, and for which organisation, somebody looks at one learner's work."""

    capacity: Capacity
    behalf: UUID


class Answer(StrEnum):
    """Whether somebody may judge what they saw, and why not."""

    YES = "yes"
    OWN_WORK = "own_work"
    NOT_THEIRS = "not_theirs"
    NOT_THAT_DAY = "not_that_day"


def may_judge(*, person: UUID, learner: UUID, today: Iterable[Standing], then: Iterable[Standing]) -> Answer:
    """Whether a person may judge a learner's work seen on a day, given how they stood today and on that day.

    Nobody judges their own work, in any capacity. The same tie has to hold on both days: on the day of the work,
    because only then was it their place to look; today, because afterwards the learner's record is closed to them.
    """
    if person == learner:
        return Answer.OWN_WORK
    still = set(today)
    if not still:
        return Answer.NOT_THEIRS
    return Answer.YES if still & set(then) else Answer.NOT_THAT_DAY


class WrongDay(StrEnum):
    """Why something cannot have been seen on a day."""

    FUTURE = "future"
    BEFORE_ENROLMENT = "before_enrolment"


def wrong_day(seen_on: date, *, enrolled_on: date, today: date) -> WrongDay | None:
    """What is wrong with the day of an observation, or None.

    The day of enrolment is the first that counts: before it nobody had told the learner what is looked at, and the
    edition of the criterion they work to was not fixed. Today is the last.
    """
    if seen_on > today:
        return WrongDay.FUTURE
    return WrongDay.BEFORE_ENROLMENT if seen_on < enrolled_on else None


@dataclass(frozen=True)
class Judged:
    """One judgement of one criterion, at a moment (aware UTC)."""

    criterion: str
    judgement: Judgement
    at: datetime


def latest(judgements: Iterable[Judged]) -> dict[str, Judged]:
    """The judgement that counts for each criterion: the last one given.

    Of two at the same moment “not yet met” counts, so that a doubt is never lost by the order of rows.
    """
    ordered = sorted(judgements, key=lambda j: (j.at, j.judgement is Judgement.NOT_YET_MET))
    return {judged.criterion: judged for judged in ordered}


class Lack(StrEnum):
    """Why a criterion still stands in the way of sign-off."""

    NOT_SEEN = "not_seen"
    NOT_YET_MET = "not_yet_met"


@dataclass(frozen=True)
class Missing:
    """A criterion that a unit still needs, and why."""

    criterion: str
    lack: Lack


def missing(needed: Sequence[str], judgements: Iterable[Judged]) -> tuple[Missing, ...]:
    """What a unit still needs before it can be signed off, in the unit's order; empty when nothing.

    `needed` are the codes of the unit's criteria. Judgements of other criteria change nothing.
    """
    counted = latest(judgements)
    return tuple(Missing(code, lack) for code in needed if (lack := _lack(code, counted)))


def _lack(code: str, counted: Mapping[str, Judged]) -> Lack | None:
    if code not in counted:
        return Lack.NOT_SEEN
    return None if counted[code].judgement is Judgement.MET else Lack.NOT_YET_MET


class UnitState(StrEnum):
    """Where a learner's unit stands."""

    NOT_SEEN = "not_seen"
    NOT_YET_MET = "not_yet_met"
    READY = "ready"
    SIGNED_OFF = "signed_off"


def state(needed: Sequence[str], judgements: Iterable[Judged], *, signed_off: bool) -> UnitState:
    """Where a unit stands. Signed off stays signed off; a unit without criteria is never ready."""
    if signed_off:
        return UnitState.SIGNED_OFF
    lacking = {lack.lack for lack in missing(needed, judgements)}
    if Lack.NOT_YET_MET in lacking:
        return UnitState.NOT_YET_MET
    return UnitState.READY if needed and not lacking else UnitState.NOT_SEEN


def may_be_signed_off(unit: UnitState) -> bool:
    """Whether a unit can be signed off now: every criterion is met and nobody has done it."""
    return unit is UnitState.READY
