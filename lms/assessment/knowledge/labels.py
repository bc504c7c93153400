"""What states and ways of showing are called on pages and on paper; message ids."""

from dataclasses import dataclass

from lms.assessment.knowledge.rules import LineState, Seen, UnitState
from lms.core.words import N_
from lms.learning.shown.rules import HowShown


@dataclass(frozen=True)
class Tag:
    """Words and the colour they stand on."""

    text: str
    colour: str


LINE_TAGS = {
    LineState.UNTOUCHED: Tag(N_("Not started"), "grey"),
    LineState.STUDIED: Tag(N_("Studied"), "light-blue"),
    LineState.SHOWN: Tag(N_("Shown"), "green"),
}
PRACTICE_TAGS = {
    Seen.MET: Tag(N_("Seen at work: met"), "green"),
    Seen.NOT_YET: Tag(N_("Seen at work: not yet"), "grey"),
    Seen.UNTOLD: Tag(N_("To be seen at work"), "grey"),
}
"""Of a practice line, whatever was studied; where nothing is told, only that it has to be seen."""

UNIT_TAGS = {
    UnitState.UNTOUCHED: Tag(N_("Not started"), "grey"),
    UnitState.BEGUN: Tag(N_("Begun"), "light-blue"),
    UnitState.COMPLETE: Tag(N_("Knowledge complete"), "green"),
}
PREPARED_TAG = Tag(N_("Preparation done"), "green")
"""Of a standard without a knowledge line whose unit is finished."""

MARKS = {LineState.UNTOUCHED: "missing", LineState.STUDIED: "waiting", LineState.SHOWN: "met"}
"""The mark of a .palms-requirement."""

CODE_UNKNOWN = N_("%(outcome)s, code not established")

HOW = {
    HowShown.CHECK: N_("Question answered right"),
    HowShown.ACTIVITY: N_("Text, read and met"),
    HowShown.CONVERSATION: N_("Conversation, met"),
    HowShown.PRIOR: N_("Learned before, accepted"),
}
WHERE = {
    HowShown.CHECK: N_("Knowledge check"),
    HowShown.ACTIVITY: N_("What was written"),
    HowShown.CONVERSATION: N_("Notes of the conversation"),
    HowShown.PRIOR: N_("Proof of prior learning"),
}
MARKED_BY_PALMS = N_("PALMS, automatically")
