"""Sitting together on one phone: whose turn it is, and which step may follow which. Plain Python."""

from enum import StrEnum

from lms.assessment.evidence.rules import EvidenceKind

MOST_LINES = 10
LONGEST_TEXT, LONGEST_ASKED, LONGEST_ADDED = 2700, 2000, 1000
"""Text and addition fit into one piece of evidence together."""
MOST_OPEN = 30
"""Sittings one assessor may have open."""

KINDS = (EvidenceKind.PROFESSIONAL_DISCUSSION, EvidenceKind.ORAL_QUESTIONS, EvidenceKind.DIRECT_OBSERVATION)
"""What can be done together: a talk, questions answered aloud, and going over what the assessor saw."""


class Step(StrEnum):
    """What happened in a sitting, one row each, in this order; handing over and saying may happen again."""

    STARTED = "started"
    CHANGED = "changed"
    HANDED_OVER = "handed_over"
    TAKEN_UP = "taken_up"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    RECORDED = "recorded"
    DROPPED = "dropped"


class Turn(StrEnum):
    """Whose turn it is."""

    ASSESSOR = "assessor"
    LEARNER = "learner"
    BACK = "back"
    OVER = "over"


NEXT: dict[Step | None, frozenset[Step]] = {
    None: frozenset({Step.STARTED}),
    Step.STARTED: frozenset({Step.CHANGED, Step.HANDED_OVER, Step.DROPPED}),
    Step.CHANGED: frozenset({Step.CHANGED, Step.HANDED_OVER, Step.DROPPED}),
    Step.HANDED_OVER: frozenset({Step.CONFIRMED, Step.DECLINED, Step.TAKEN_UP, Step.DROPPED}),
    Step.TAKEN_UP: frozenset({Step.CHANGED, Step.HANDED_OVER, Step.DROPPED}),
    Step.CONFIRMED: frozenset({Step.RECORDED, Step.CHANGED, Step.HANDED_OVER, Step.DROPPED}),
    Step.DECLINED: frozenset({Step.CHANGED, Step.HANDED_OVER, Step.DROPPED}),
    Step.RECORDED: frozenset(),
    Step.DROPPED: frozenset(),
}
"""Allowed moves. What is changed after the learner confirmed has to be confirmed anew: only the last word counts."""

TURNS = {
    Step.STARTED: Turn.ASSESSOR,
    Step.CHANGED: Turn.ASSESSOR,
    Step.TAKEN_UP: Turn.ASSESSOR,
    Step.HANDED_OVER: Turn.LEARNER,
    Step.CONFIRMED: Turn.BACK,
    Step.DECLINED: Turn.BACK,
    Step.RECORDED: Turn.OVER,
    Step.DROPPED: Turn.OVER,
}


def may_follow(last: Step | None, step: Step) -> bool:
    """Whether a step may follow the last one."""
    return step in NEXT[last]


def turn(last: Step) -> Turn:
    """Whose turn it is after a step."""
    return TURNS[last]
