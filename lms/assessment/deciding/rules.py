"""Which decision counts, where a line and a unit stand, and what a decision needs. Plain Python.

A decision is never overwritten: a later one of the same line takes its place. One that a reviewer sent back, or that
still waits for a countersignature, counts for nothing, and nothing older counts in its stead.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement, Kind, UnitState


@dataclass(frozen=True)
class Five:
    """What is asked once for each decision: is the evidence valid, authentic, reliable, current and sufficient?"""

    valid: bool = False
    authentic: bool = False
    reliable: bool = False
    current: bool = False
    sufficient: bool = False

    @property
    def whole(self) -> bool:
        """Whether all five are said."""
        return self.valid and self.authentic and self.reliable and self.current and self.sufficient


NOT_SAID = Five()
ALL_FIVE = Five(valid=True, authentic=True, reliable=True, current=True, sufficient=True)


class ReviewPart(StrEnum):
    """In which part somebody looks at another's decision."""

    COUNTERSIGN = "countersign"
    SAMPLE = "sample"


class ReviewOutcome(StrEnum):
    """What a reviewer says of a decision."""

    AGREED = "agreed"
    SENT_BACK = "sent_back"


class Counts(StrEnum):
    """Whether a decision counts, and why not."""

    YES = "yes"
    SUPERSEDED = "superseded"
    WAITS_COUNTERSIGN = "waits_countersign"
    SENT_BACK = "sent_back"


class Stand(StrEnum):
    """Where one line stands for a learner."""

    NOTHING = "nothing"
    OFFERED = "offered"
    NOT_YET_MET = "not_yet_met"
    MORE_EVIDENCE = "more_evidence"
    WAITS_COUNTERSIGN = "waits_countersign"
    SENT_BACK = "sent_back"
    MET = "met"


def counts(
    *, latest: bool, needs_countersign: bool, reviews: Mapping[ReviewPart, ReviewOutcome] | None = None
) -> Counts:
    """Whether a finalised decision counts. `latest`: it is the last one of its line; `reviews`: what was said of it."""
    said = reviews or {}
    if not latest:
        return Counts.SUPERSEDED
    if ReviewOutcome.SENT_BACK in said.values():
        return Counts.SENT_BACK
    if needs_countersign and said.get(ReviewPart.COUNTERSIGN) is not ReviewOutcome.AGREED:
        return Counts.WAITS_COUNTERSIGN
    return Counts.YES


NOT_REVIEWED = {
    (latest, needed): counts(latest=latest, needs_countersign=needed)
    for latest in (True, False)
    for needed in (True, False)
}
"""The same of a decision nobody has said anything of, as of nearly all: by whether it is the last, and needs it."""

_JUDGED = {
    Judgement.MET: Stand.MET,
    Judgement.NOT_YET_MET: Stand.NOT_YET_MET,
    Judgement.MORE_EVIDENCE: Stand.MORE_EVIDENCE,
}


def stand(
    kind: Kind, latest: tuple[Judgement, Counts] | None, *, knowledge_shown: bool = False, evidence: bool = False
) -> Stand:
    """Where a line stands. `latest` is its last decision, and whether that counts.

    Without a decision a knowledge line is met when it was shown whole in the learning; a decision on it goes first.
    A judgement other than met is never kept from the learner by a countersignature that is still to come.
    """
    if latest is not None:
        judgement, counting = latest
        if counting is Counts.SENT_BACK:
            return Stand.SENT_BACK
        if counting is Counts.WAITS_COUNTERSIGN and judgement is Judgement.MET:
            return Stand.WAITS_COUNTERSIGN
        return _JUDGED[judgement]
    if kind is Kind.KNOWLEDGE and knowledge_shown:
        return Stand.MET
    return Stand.OFFERED if evidence else Stand.NOTHING


_BACK = frozenset({Stand.NOT_YET_MET, Stand.MORE_EVIDENCE, Stand.SENT_BACK})


def unit_state(stands: Collection[Stand], *, signed_off: bool) -> UnitState:
    """Where a unit stands by its lines. Signed off stays so until it is withdrawn; without lines it is never ready."""
    if signed_off:
        return UnitState.SIGNED_OFF
    if not _BACK.isdisjoint(stands):
        return UnitState.NOT_YET_MET
    return UnitState.READY if set(stands) == {Stand.MET} else UnitState.NOT_SEEN


class Weak(StrEnum):
    """Why a decision cannot stand as it is written."""

    NEEDS_FEEDBACK = "needs_feedback"
    NEEDS_FIVE = "needs_five"
    NEEDS_EVIDENCE = "needs_evidence"
    WRONG_KIND = "wrong_kind"
    NOT_SIMULATED = "not_simulated"
    NOT_CARRIED = "not_carried"


@dataclass(frozen=True)
class Resting:
    """What a rule needs to know of the piece a decision rests on."""

    kind: EvidenceKind
    carries: bool


def weakness(
    judgement: Judgement,
    kind: Kind,
    resting: Resting | None,
    *,
    allowed: Collection[EvidenceKind],
    may_be_simulated: bool,
    five: Five,
    feedback: str,
) -> Weak | None:
    """What is missing from a decision, or None. `allowed`: the kinds a “met” of this kind of line may rest on.

    Evidence of other kinds may stand beside, never alone. A practice line is met only on what somebody saw who could
    themself have decided on it; a knowledge line also on what the learner wrote.
    """
    if judgement is not Judgement.MET:
        return None if feedback else Weak.NEEDS_FEEDBACK
    if resting is None:
        return Weak.NEEDS_EVIDENCE
    if resting.kind not in allowed:
        return Weak.WRONG_KIND
    if resting.kind is EvidenceKind.SIMULATION and not may_be_simulated:
        return Weak.NOT_SIMULATED
    if kind is Kind.PRACTICE and not resting.carries:
        return Weak.NOT_CARRIED
    return None if five.whole else Weak.NEEDS_FIVE


_SEEN = frozenset({EvidenceKind.DIRECT_OBSERVATION, EvidenceKind.SIMULATION})


def is_beside_the_point(kind: Kind, piece: EvidenceKind, allowed: Collection[EvidenceKind]) -> bool:
    """Whether what somebody saw was ticked for a line of knowledge, which it cannot show: nothing waits for it then.

    `allowed`: the kinds a “met” of this kind of line may rest on.
    """
    return kind is Kind.KNOWLEDGE and piece in _SEEN and piece not in allowed


def missing(stands: Mapping[str, Stand]) -> tuple[str, ...]:
    """The lines a unit still needs, in their order."""
    return tuple(key for key, each in stands.items() if each is not Stand.MET)


def met(stands: Iterable[Stand]) -> int:
    """How many lines are met."""
    return sum(each is Stand.MET for each in stands)
