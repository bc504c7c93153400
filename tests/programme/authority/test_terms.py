"""Roles for a period: what an admin may do, and that somebody who can look after roles is always left."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.programme.authority.terms import Not, Span, cannot_end, cannot_give, leaves_nobody

TODAY = date(2026, 11, 21)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + timedelta(days=days))
SPANS = st.tuples(DAYS, st.none() | st.integers(0, 400)).map(
    lambda pair: Span(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def test_giving() -> None:
    def why(since: int, until: int | None, *there: Span, own: bool = False) -> Not | None:
        wanted = Span(day(since), None if until is None else day(until))
        return cannot_give(wanted, there, own=own, today=TODAY)

    assert why(0, None) is None
    assert why(0, 0) is None
    assert why(0, None, own=True) is Not.ONESELF
    assert why(-1, None) is Not.BEFORE_TODAY
    assert why(367, None) is Not.TOO_FAR
    assert why(5, 4) is Not.ENDS_BEFORE
    assert why(0, 10, Span(day(10))) is Not.BESIDE, "the last day counts for both"
    assert why(0, 9, Span(day(10))) is None
    assert why(11, None, Span(day(-50), day(10))) is None


def test_changing_the_last_day() -> None:
    held = Span(day(-10), day(10))

    def why(until: int | None, *there: Span, own: bool = False) -> Not | None:
        return cannot_end(held, None if until is None else day(until), there, own=own, today=TODAY)

    assert why(0) is None
    assert why(-1) is Not.BEFORE_TODAY
    assert why(-11) is Not.ENDS_BEFORE
    assert why(20) is None
    assert why(None) is None
    assert why(20, own=True) is Not.ONESELF
    assert why(None, own=True) is Not.ONESELF
    assert why(5, own=True) is None
    assert why(None, Span(day(30), day(40))) is Not.BESIDE


def test_the_last_admin_stays() -> None:
    assert leaves_nobody([], day(0), today=TODAY)
    assert leaves_nobody([Span(day(-5), day(3))], day(3), today=TODAY), "both would end on the same day"
    assert not leaves_nobody([Span(day(-5), day(4))], day(3), today=TODAY)
    assert not leaves_nobody([Span(day(4))], day(3), today=TODAY), "another one begins the day after"
    assert leaves_nobody([Span(day(5))], day(3), today=TODAY)
    assert leaves_nobody([Span(day(1))], day(-1), today=TODAY), "ended at once, somebody has to be there today"
    assert not leaves_nobody([], None, today=TODAY)


@given(SPANS, SPANS, DAYS)
def test_two_meet_exactly_when_a_day_is_in_both(one: Span, other: Span, on: date) -> None:
    assert one.meets(other) == other.meets(one)
    if one.holds(on) and other.holds(on):
        assert one.meets(other)
    if one.meets(other):
        first = max(one.since, other.since)
        assert one.holds(first)
        assert other.holds(first)


@given(st.lists(SPANS, max_size=4), SPANS, st.booleans())
def test_what_may_be_given_never_lies_beside_what_there_is(there: list[Span], wanted: Span, own: bool) -> None:
    if cannot_give(wanted, there, own=own, today=TODAY) is None:
        assert not own
        assert wanted.since >= TODAY
        assert not any(
            each.holds(wanted.since + timedelta(days=days)) and wanted.holds(wanted.since + timedelta(days=days))
            for each in there
            for days in range(0, 800, 7)
        )
