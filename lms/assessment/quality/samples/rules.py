"""Who may look at a sample, which moves it can make, and what has to be said. Plain Python."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.core.words import N_


class State(StrEnum):
    """Where a sample stands."""

    OPEN = "open"
    TAKEN = "taken"
    SENT_BACK = "sent_back"
    ANSWERED = "answered"
    ACCEPTED = "accepted"


MOVES: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.TAKEN}),
    State.TAKEN: frozenset({State.OPEN, State.ACCEPTED, State.SENT_BACK}),
    State.SENT_BACK: frozenset({State.ANSWERED}),
    State.ANSWERED: frozenset({State.ACCEPTED, State.SENT_BACK}),
    State.ACCEPTED: frozenset(),
}
"""A sample that is accepted is over; what is decided later is other work, and may be chosen again."""

LOOKED = frozenset({State.SENT_BACK, State.ANSWERED, State.ACCEPTED})
"""The states in which somebody has read the work."""


class WhyNot(StrEnum):
    """Why somebody may not look at a sample."""

    OWN_DECISION = "own_decision"
    OWN_WORK = "own_work"
    OWN_LEARNER = "own_learner"
    RELATIVE = "relative"

    @property
    def sentence(self) -> str:
        """The reason for the person; a message id."""
        return _WHY_NOT[self]


_WHY_NOT = {
    WhyNot.OWN_DECISION: N_("You made this decision. Somebody else has to look at it."),
    WhyNot.OWN_WORK: N_("This is your own work. Somebody else has to look at it."),
    WhyNot.OWN_LEARNER: N_("You assess this learner. Somebody else has to look at this."),
    WhyNot.RELATIVE: N_("You said that you are close to one of them. Somebody else has to look at this."),
}


def why_not(person: UUID, *, learner: UUID, deciders: Collection[UUID], assesses: bool, close: bool) -> WhyNot | None:
    """Why a person may not look at a sample, or None.

    `deciders` made the decisions of this unit; `assesses`: the person is this learner's assessor, or decided on
    anything of theirs; `close`: a declared relative or member of the household of the learner or of a decider.
    """
    if person == learner:
        return WhyNot.OWN_WORK
    if person in deciders:
        return WhyNot.OWN_DECISION
    if assesses:
        return WhyNot.OWN_LEARNER
    return WhyNot.RELATIVE if close else None


@dataclass(frozen=True)
class Found:
    """What was found of one decision: agreed, or sent back with what has to be done."""

    agreed: bool
    word: str = ""
    action: str = ""


def wrong(found: Collection[Found], due_on: date | None, today: date) -> str | None:
    """What is missing in what somebody says about a sample, as a message id; None when nothing."""
    back = [each for each in found if not each.agreed]
    if any(not each.action.strip() for each in back):
        return N_("Say what the assessor has to do for each decision you send back.")
    if back and due_on is None:
        return N_("Say by which day you would like an answer.")
    if back and due_on is not None and due_on < today:
        return N_("The day of the answer cannot be in the past.")
    return None


def outcome(found: Collection[Found]) -> State:
    """Where a sample goes when these were found."""
    return State.ACCEPTED if all(each.agreed for each in found) else State.SENT_BACK
