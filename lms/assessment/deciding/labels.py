"""What judgements, stands and the five questions are called on pages; message ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.assessment.deciding.rules import Counts, ReviewOutcome, ReviewPart, Stand, Weak
from lms.assessment.rules import Judgement, UnitState
from lms.assessment.signing.rules import Withdrawer
from lms.core.words import N_


@dataclass(frozen=True)
class Tag:
    """Words, the colour they stand on, and the mark of a .palms-requirement."""

    text: str
    colour: str
    mark: str


JUDGEMENTS: Mapping[Judgement, str] = {
    Judgement.MET: N_("Met"),
    Judgement.NOT_YET_MET: N_("Not yet"),
    Judgement.MORE_EVIDENCE: N_("More evidence needed"),
}

NOT_COUNTING: Mapping[tuple[Judgement, Counts], str] = {
    (Judgement.MET, Counts.WAITS_COUNTERSIGN): N_("Met, waits for a second person"),
    (Judgement.MET, Counts.SENT_BACK): N_("Was met: sent back, to be decided anew"),
    (Judgement.MET, Counts.SUPERSEDED): N_("Met (earlier)"),
    (Judgement.NOT_YET_MET, Counts.SENT_BACK): N_("Was not yet: sent back, to be decided anew"),
    (Judgement.NOT_YET_MET, Counts.SUPERSEDED): N_("Not yet (earlier)"),
    (Judgement.MORE_EVIDENCE, Counts.SENT_BACK): N_("Needed more evidence: sent back, to be decided anew"),
    (Judgement.MORE_EVIDENCE, Counts.SUPERSEDED): N_("More evidence needed (earlier)"),
}
"""What a decision that does not count is called, where that is something else."""


def judged(judgement: Judgement, counts: Counts) -> str:
    """What a decision is called: one that does not count never reads like one that does. A message id."""
    return NOT_COUNTING.get((judgement, counts), JUDGEMENTS[judgement])


STANDS: Mapping[Stand, Tag] = {
    Stand.NOTHING: Tag(N_("Nothing yet"), "grey", "missing"),
    Stand.OFFERED: Tag(N_("Offered, not decided"), "light-blue", "waiting"),
    Stand.NOT_YET_MET: Tag(N_("Not yet"), "yellow", "waiting"),
    Stand.MORE_EVIDENCE: Tag(N_("More evidence needed"), "yellow", "waiting"),
    Stand.WAITS_COUNTERSIGN: Tag(N_("Waits for a second person"), "purple", "waiting"),
    Stand.SENT_BACK: Tag(N_("Looked at again"), "yellow", "waiting"),
    Stand.MET: Tag(N_("Met"), "green", "met"),
}

NEXT_FOR_LEARNER: Mapping[Stand, str] = {
    Stand.NOTHING: N_("Show it at work, and ask to be seen."),
    Stand.OFFERED: N_("Somebody has to decide on it now. You need do nothing."),
    Stand.NOT_YET_MET: N_("Read the feedback, work on it, and ask to be seen again."),
    Stand.MORE_EVIDENCE: N_("It may well be there, but it does not show yet. Read what is missing, and offer that."),
    Stand.WAITS_COUNTERSIGN: N_("Your assessor has decided. A second person looks before it counts."),
    Stand.SENT_BACK: N_("A quality assurer asked your assessor to look again. You need do nothing for now."),
    Stand.MET: "",
}
"""What a learner can do next about a line."""

NEXT_FOR_KNOWLEDGE: Mapping[Stand, str] = {
    Stand.NOTHING: N_("This is knowledge: study it and answer the questions, or tell your assessor about it."),
    Stand.OFFERED: N_("Somebody may decide on it now. Answering the questions about it shows it as well."),
}
"""The same for a line about what somebody knows, where it is something else."""

COUNTS: Mapping[Counts, str] = {
    Counts.SUPERSEDED: N_("a later decision took its place"),
    Counts.WAITS_COUNTERSIGN: N_("counts once a second person has agreed"),
    Counts.SENT_BACK: N_("sent back by a quality assurer: does not count"),
}
"""Why a decision does not count; nothing is said of one that does."""

UNIT_TAGS: Mapping[UnitState, Tag] = {
    UnitState.NOT_SEEN: Tag(N_("Not complete"), "grey", "missing"),
    UnitState.NOT_YET_MET: Tag(N_("Something to work on"), "yellow", "waiting"),
    UnitState.READY: Tag(N_("Ready to sign off"), "blue", "waiting"),
    UnitState.SIGNED_OFF: Tag(N_("Signed off"), "green", "met"),
}

BARRED: Mapping[Weak, str] = {
    Weak.WRONG_KIND: N_("“Met” cannot rest on this kind of evidence alone. What somebody does has to be seen at work."),
    Weak.NOT_SIMULATED: N_("Acting this out does not count. It has to be real work."),
    Weak.NOT_CARRIED: N_("“Met” cannot rest on this: whoever wrote it could not decide on this standard."),
}
"""Why a piece cannot carry “met” for a line."""

NOT_SAID = N_(
    "This point is about what they know, so “met” cannot rest on this alone. Ask them or talk about it, and write "
    "that down."
)
"""The same where a piece of the wrong kind meets a line of knowledge."""

LEAVE_OUT = N_(
    "This is knowledge: what was seen cannot show it. Leave it out, nothing waits for it. Ask them or talk about it "
    "instead, and write that down."
)
"""The same where that piece is what somebody saw."""

REVIEWS: Mapping[ReviewPart, str] = {
    ReviewPart.COUNTERSIGN: N_("Countersigning"),
    ReviewPart.SAMPLE: N_("Quality sample"),
}
OUTCOMES: Mapping[ReviewOutcome, str] = {
    ReviewOutcome.AGREED: N_("agreed."),
    ReviewOutcome.SENT_BACK: N_("sent back."),
}

WITHDRAWERS: Mapping[Withdrawer, str] = {
    Withdrawer.SIGNER: N_("who had signed it"),
    Withdrawer.QUALITY_ASSURER: N_("quality assurer"),
    Withdrawer.COORDINATOR: N_("training coordinator"),
}


@dataclass(frozen=True)
class Question:
    """One of the five in plain words, with the word assessors know it by."""

    name: str
    asks: str
    word: str


FIVE: tuple[Question, ...] = (
    Question("valid", N_("It shows this very thing"), N_("valid")),
    Question("authentic", N_("It was their own work"), N_("authentic")),
    Question("reliable", N_("Somebody else who saw it would say the same"), N_("reliable")),
    Question("current", N_("It shows what they can do now"), N_("current")),
    Question("sufficient", N_("It is enough to be sure"), N_("sufficient")),
)
"""What is asked once for a decision. The words in brackets are those assessors learn."""
