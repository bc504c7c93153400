"""What can be shared with whom, and for how long an agreement holds."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.sharing.rules import Ended, Party, What, Why, can_be_shared, holds
from lms.assessment.sharing.texts import WORDS

DAY = date(2026, 11, 21)
ENDED = st.one_of(
    st.none(),
    st.just(Ended(Why.WITHDRAWN, None)),
    st.builds(lambda days: Ended(Why.TIE_ENDED, DAY + timedelta(days=days)), st.integers(-400, 400)),
)


@given(ended=ENDED, tied=st.booleans())
def test_nobody_without_a_tie_sees_anything_and_nothing_withdrawn_is_seen(ended: Ended | None, *, tied: bool) -> None:
    seen = holds(ended, tied=tied, on=DAY)
    assert not (seen and not tied)
    assert not (seen and ended is not None and ended.why is Why.WITHDRAWN)


def test_the_last_day_of_a_job_counts_and_the_next_does_not() -> None:
    ended = Ended(Why.TIE_ENDED, DAY)
    assert holds(ended, tied=True, on=DAY)
    assert not holds(ended, tied=True, on=DAY + timedelta(days=1))


def test_the_record_is_asked_about_for_employers_only_and_all_that_is_offered_has_its_words() -> None:
    assert can_be_shared(What.RECORD, Party.EMPLOYER)
    assert not can_be_shared(What.RECORD, Party.ASSESSOR)
    assert not can_be_shared(What.RECORD, Party.COORDINATOR)
    offered = {(party, what) for party in Party for what in What if can_be_shared(what, party)}
    assert offered == set(WORDS)
    assert all("%(name)s" in words and "stop this at any time" in words for words in WORDS.values())
