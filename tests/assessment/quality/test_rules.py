"""Who may look at a sample, and what has to be said of it, with plain values."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.quality.samples.rules import LOOKED, MOVES, Found, State, WhyNot, outcome, why_not, wrong

TODAY = date(2026, 11, 21)
people = st.sampled_from([UUID(int=n) for n in range(4)])


@given(people, people, st.sets(people), st.booleans(), st.booleans())
def test_nobody_looks_at_what_is_their_own(person, learner, deciders, assesses, close) -> None:
    why = why_not(person, learner=learner, deciders=deciders, assesses=assesses, close=close)
    own = person == learner or person in deciders
    assert (why is None) == (not own and not assesses and not close)
    assert (why in {WhyNot.OWN_WORK, WhyNot.OWN_DECISION}) == own


def test_each_reason_has_words_of_its_own() -> None:
    assert len({why.sentence for why in WhyNot}) == len(WhyNot)


AGREED, BACK = Found(agreed=True), Found(agreed=False, action="Write what A. chose.")


@pytest.mark.parametrize(
    ("found", "due", "lacks"),
    [
        ([AGREED], None, False),
        ([], None, False),
        ([AGREED, BACK], TODAY, False),
        ([BACK], None, True),
        ([BACK], TODAY - timedelta(days=1), True),
        ([Found(agreed=False, action="  ")], TODAY, True),
    ],
)
def test_what_is_sent_back_says_what_to_do_and_by_when(found: list[Found], due: date | None, lacks: bool) -> None:
    assert bool(wrong(found, due, TODAY)) == lacks


@given(st.lists(st.booleans()))
def test_a_sample_is_accepted_only_when_all_of_it_is(agreed: list[bool]) -> None:
    expected = State.ACCEPTED if all(agreed) else State.SENT_BACK
    assert outcome([Found(agreed=each) for each in agreed]) is expected


def test_an_accepted_sample_is_over_and_every_other_gets_there() -> None:
    assert MOVES[State.ACCEPTED] == frozenset()
    for state in State:
        reached, left = {state}, [state]
        while left:
            new = MOVES[left.pop()] - reached
            reached |= new
            left += new
        assert State.ACCEPTED in reached
    assert State.OPEN not in LOOKED
