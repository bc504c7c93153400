"""Which decision counts, where lines and units stand, and what a decision needs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.deciding.rules import (
    ALL_FIVE,
    NOT_SAID,
    Counts,
    Five,
    Resting,
    ReviewOutcome,
    ReviewPart,
    Stand,
    Weak,
    counts,
    met,
    missing,
    stand,
    unit_state,
    weakness,
)
from lms.assessment.evidence.rules import OFFERED_BY, EvidenceKind, Part
from lms.assessment.rules import Judgement, Kind, UnitState

SEEN = Resting(EvidenceKind.DIRECT_OBSERVATION, carries=True)
PRACTICE = (EvidenceKind.DIRECT_OBSERVATION, EvidenceKind.SIMULATION)
_outcomes = st.dictionaries(st.sampled_from(ReviewPart), st.sampled_from(ReviewOutcome))
_five = st.builds(Five, *[st.booleans()] * 5)


def why(judgement: Judgement = Judgement.MET, kind: Kind = Kind.PRACTICE, **given_: object) -> Weak | None:
    """The weakness of a good decision with something changed."""
    asked: dict[str, object] = {"allowed": PRACTICE, "may_be_simulated": False, "five": ALL_FIVE, "feedback": ""}
    resting = given_.pop("resting", SEEN)
    return weakness(judgement, kind, resting, **(asked | given_))  # type: ignore[arg-type]


def test_a_decision_on_what_was_seen_stands() -> None:
    assert why() is None


@pytest.mark.parametrize(
    ("given_", "weak"),
    [
        ({"resting": None}, Weak.NEEDS_EVIDENCE),
        ({"resting": Resting(EvidenceKind.REFLECTIVE_ACCOUNT, carries=False)}, Weak.WRONG_KIND),
        ({"resting": Resting(EvidenceKind.SIMULATION, carries=True)}, Weak.NOT_SIMULATED),
        ({"resting": replace(SEEN, carries=False)}, Weak.NOT_CARRIED),
        ({"five": replace(ALL_FIVE, current=False)}, Weak.NEEDS_FIVE),
        ({"five": NOT_SAID}, Weak.NEEDS_FIVE),
        ({"judgement": Judgement.NOT_YET_MET}, Weak.NEEDS_FEEDBACK),
        ({"judgement": Judgement.MORE_EVIDENCE}, Weak.NEEDS_FEEDBACK),
    ],
)
def test_what_a_decision_lacks(given_: dict[str, object], weak: Weak) -> None:
    assert why(**given_) is weak  # type: ignore[arg-type]


def test_simulation_stands_only_where_the_line_says_so() -> None:
    simulated = Resting(EvidenceKind.SIMULATION, carries=True)
    assert why(resting=simulated, may_be_simulated=True) is None
    assert why(resting=simulated, may_be_simulated=True, allowed=PRACTICE[:1]) is Weak.WRONG_KIND


def test_what_somebody_wrote_may_show_what_they_know() -> None:
    written = Resting(EvidenceKind.REFLECTIVE_ACCOUNT, carries=False)
    assert why(kind=Kind.KNOWLEDGE, resting=written, allowed=(EvidenceKind.REFLECTIVE_ACCOUNT,)) is None


def test_a_doubt_needs_no_evidence_and_says_what_to_work_on() -> None:
    assert why(Judgement.NOT_YET_MET, resting=None, five=NOT_SAID, feedback="Ask first.") is None


@given(st.sampled_from(EvidenceKind), st.booleans(), st.booleans(), _five, st.text(max_size=3))
def test_practice_is_met_only_on_what_carries_it(
    kind: EvidenceKind, carries: bool, simulated: bool, five: Five, feedback: str
) -> None:
    resting = Resting(kind, carries=carries)
    if why(resting=resting, may_be_simulated=simulated, five=five, feedback=feedback) is None:
        assert carries
        assert five.whole
        assert kind is EvidenceKind.DIRECT_OBSERVATION or (kind is EvidenceKind.SIMULATION and simulated)


@given(st.booleans(), st.booleans(), _outcomes)
def test_a_decision_counts_once_nothing_speaks_against_it(
    latest: bool, needed: bool, reviews: dict[ReviewPart, ReviewOutcome]
) -> None:
    answer = counts(latest=latest, needs_countersign=needed, reviews=reviews)
    agreed = reviews.get(ReviewPart.COUNTERSIGN) is ReviewOutcome.AGREED
    fine = latest and ReviewOutcome.SENT_BACK not in reviews.values() and (agreed or not needed)
    assert (answer is Counts.YES) is fine
    assert (answer is Counts.SUPERSEDED) is not latest


@given(st.sampled_from(Kind), st.sampled_from(Judgement), st.sampled_from(Counts), st.booleans(), st.booleans())
def test_a_line_is_met_only_by_a_met_that_counts_or_by_knowledge_nobody_decided_on(
    kind: Kind, judgement: Judgement, counting: Counts, shown: bool, evidence: bool
) -> None:
    decided = stand(kind, (judgement, counting), knowledge_shown=shown, evidence=evidence)
    if decided is Stand.MET:
        assert judgement is Judgement.MET
        assert counting in {Counts.YES, Counts.SUPERSEDED}
    undecided = stand(kind, None, knowledge_shown=shown, evidence=evidence)
    assert (undecided is Stand.MET) is (kind is Kind.KNOWLEDGE and shown)


def test_a_doubt_is_heard_before_it_is_countersigned_and_a_met_is_not() -> None:
    waits = Counts.WAITS_COUNTERSIGN
    assert stand(Kind.PRACTICE, (Judgement.MET, waits)) is Stand.WAITS_COUNTERSIGN
    assert stand(Kind.PRACTICE, (Judgement.NOT_YET_MET, waits)) is Stand.NOT_YET_MET
    assert stand(Kind.PRACTICE, (Judgement.MET, Counts.SENT_BACK)) is Stand.SENT_BACK
    assert stand(Kind.PRACTICE, None, evidence=True) is Stand.OFFERED


@given(st.lists(st.sampled_from(Stand), max_size=8))
def test_a_unit_is_ready_only_when_every_line_is_met(stands: list[Stand]) -> None:
    ready = unit_state(stands, signed_off=False) is UnitState.READY
    assert ready is (bool(stands) and met(stands) == len(stands))
    by_key = {str(number): each for number, each in enumerate(stands)}
    assert ready is (bool(stands) and not missing(by_key))
    assert unit_state(stands, signed_off=True) is UnitState.SIGNED_OFF


def test_a_doubt_shows_in_the_unit() -> None:
    for back in (Stand.NOT_YET_MET, Stand.MORE_EVIDENCE, Stand.SENT_BACK):
        assert unit_state([Stand.MET, back, Stand.NOTHING], signed_off=False) is UnitState.NOT_YET_MET
    assert unit_state([Stand.MET, Stand.WAITS_COUNTERSIGN], signed_off=False) is UnitState.NOT_SEEN


def test_a_witness_and_a_learner_never_offer_what_practice_may_rest_on() -> None:
    for kind in (EvidenceKind.DIRECT_OBSERVATION, EvidenceKind.SIMULATION):
        assert OFFERED_BY[kind].isdisjoint({Part.LEARNER, Part.WITNESS})
    assert set(OFFERED_BY) == set(EvidenceKind)
    assert all(part.capacity is None for part in (Part.LEARNER, Part.WITNESS))
