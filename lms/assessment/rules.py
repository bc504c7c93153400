"""Who may judge, on which days, and the words for where a unit stands. Plain Python; `deciding.rules` says what counts.

The rules are ours for the practice part of the PA induction. Where a published framework is stricter, its own file
says so; nothing here makes it weaker.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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


class Lack(StrEnum):
    """Why a criterion still stands in the way of sign-off."""

    NOT_SEEN = "not_seen"
    NOT_YET_MET = "not_yet_met"


@dataclass(frozen=True)
class Missing:
    """A criterion that a unit still needs, and why."""

    criterion: str
    lack: Lack


class UnitState(StrEnum):
    """Where a learner's unit stands."""

    NOT_SEEN = "not_seen"
    NOT_YET_MET = "not_yet_met"
    READY = "ready"
    SIGNED_OFF = "signed_off"


def may_be_signed_off(unit: UnitState) -> bool:
    """Whether a unit can be signed off now: every criterion is met and nobody has done it."""
    return unit is UnitState.READY
