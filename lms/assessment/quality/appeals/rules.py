"""When a decision can be appealed, who looks again, and which way an appeal goes. Plain Python."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from lms.core.words import N_


class Stage(StrEnum):
    """Where an appeal stands."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    BEING_LOOKED_AT = "being_looked_at"
    DECIDING_AGAIN = "deciding_again"
    ANSWERED = "answered"
    ASKED_AGAIN = "asked_again"
    LOOKED_AT_AGAIN = "looked_at_again"
    CLOSED = "closed"


MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.ASKED: frozenset({Stage.ACKNOWLEDGED, Stage.BEING_LOOKED_AT, Stage.CLOSED}),
    Stage.ACKNOWLEDGED: frozenset({Stage.BEING_LOOKED_AT, Stage.CLOSED}),
    Stage.BEING_LOOKED_AT: frozenset({Stage.BEING_LOOKED_AT, Stage.ANSWERED, Stage.DECIDING_AGAIN, Stage.CLOSED}),
    Stage.ANSWERED: frozenset({Stage.ASKED_AGAIN, Stage.CLOSED}),
    Stage.ASKED_AGAIN: frozenset({Stage.LOOKED_AT_AGAIN, Stage.CLOSED}),
    Stage.LOOKED_AT_AGAIN: frozenset({Stage.LOOKED_AT_AGAIN, Stage.DECIDING_AGAIN, Stage.CLOSED}),
    Stage.DECIDING_AGAIN: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}
"""From each stage to which others. It closes from everywhere: whoever asked can take it back."""

WITH_STAFF = frozenset({Stage.ASKED, Stage.ACKNOWLEDGED, Stage.ASKED_AGAIN})
"""The stages in which quality assurers and coordinators have to do something."""

WITH_SECOND = frozenset({Stage.BEING_LOOKED_AT, Stage.LOOKED_AT_AGAIN})
"""The stages in which the second person has to answer."""


class Outcome(StrEnum):
    """What came of an appeal."""

    UPHELD = "upheld"
    CHANGED = "changed"
    TAKEN_BACK = "taken_back"


class CannotAppeal(StrEnum):
    """Why a decision cannot be appealed."""

    TOO_LATE = "too_late"
    MET = "met"
    NOT_THE_LAST = "not_the_last"
    ALREADY = "already"

    @property
    def sentence(self) -> str:
        """The reason in words; a message id."""
        return _CANNOT[self]


_CANNOT = {
    CannotAppeal.TOO_LATE: N_("The time to ask for a second look is over. Talk to your training coordinator."),
    CannotAppeal.MET: N_("This is met already."),
    CannotAppeal.NOT_THE_LAST: N_("There is a newer decision. Look at that one."),
    CannotAppeal.ALREADY: N_("Somebody has already been asked to look at this again."),
}


def last_day(decided_on: date, days: int) -> date:
    """The last day on which a decision can be appealed."""
    return decided_on + timedelta(days=days)


def cannot_appeal(
    *, met: bool, is_last: bool, already: bool, decided_on: date, days: int, today: date
) -> CannotAppeal | None:
    """Why a decision cannot be appealed today, or None."""
    if already:
        return CannotAppeal.ALREADY
    if not is_last:
        return CannotAppeal.NOT_THE_LAST
    if met:
        return CannotAppeal.MET
    return CannotAppeal.TOO_LATE if today > last_day(decided_on, days) else None


class NotSecond(StrEnum):
    """Why somebody cannot be the second person."""

    DECIDED = "decided"
    LEARNER = "learner"
    LOOKED_BEFORE = "looked_before"
    CLOSE = "close"

    @property
    def sentence(self) -> str:
        """The reason in words; a message id."""
        return _NOT_SECOND[self]


_NOT_SECOND = {
    NotSecond.DECIDED: N_("They made the decision. Choose somebody else."),
    NotSecond.LEARNER: N_("Nobody looks at their own work. Choose somebody else."),
    NotSecond.LOOKED_BEFORE: N_("They looked at it before. The second time it has to be somebody else."),
    NotSecond.CLOSE: N_("They said that they are close to the learner. Choose somebody else."),
}


def not_second(
    person: UUID, *, decider: UUID, learner: UUID, before: Collection[UUID], close: bool
) -> NotSecond | None:
    """Why a person cannot look at an appeal, or None. `before`: whoever answered its first stage."""
    if person == learner:
        return NotSecond.LEARNER
    if person == decider:
        return NotSecond.DECIDED
    if person in before:
        return NotSecond.LOOKED_BEFORE
    return NotSecond.CLOSE if close else None


def may_move(now: Stage, to: Stage) -> bool:
    """Whether an appeal can go from one stage to another."""
    return to in MOVES[now]


def next_answer_by(stage: Stage, today: date, days: int) -> date | None:
    """By when the next step should be done; None when it is over. Two working days or so to say “we have it”."""
    if stage in (Stage.ASKED, Stage.ASKED_AGAIN):
        return today + timedelta(days=min(days, 3))
    return None if stage in (Stage.CLOSED, Stage.ANSWERED) else today + timedelta(days=days)
