"""Until when records are kept: edges of years, months and leap days, and that a hold always wins."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.funding.records import rules
from lms.funding.records.rules import ENDED, Hold, Kept
from lms.funding.vocabulary import ClaimState, KeptFrom

PAID = Kept(
    claim_id=uuid4(),
    scheme="ULO-2026-27",
    state=ClaimState.PAID,
    moved_on=date(2026, 11, 21),
    decided_on=date(2026, 10, 1),
    last_money_on=date(2026, 11, 21),
    claim_year_ends=date(2027, 3, 31),
    years=6,
    counted_from=KeptFrom.CLAIM_YEAR_END,
)
ON_CLAIM = Hold(claim_id=PAID.claim_id, scheme=None, until=None)
ON_SCHEME = Hold(claim_id=None, scheme="ULO-2026-27", until=None)


def test_years_run_from_the_end_of_the_schemes_year() -> None:
    assert rules.keep_until(PAID) == date(2033, 3, 31)
    assert not rules.is_due(PAID, [], date(2033, 3, 31))
    assert rules.is_due(PAID, [], date(2033, 4, 1))


def test_years_run_from_the_last_payment_or_the_decision_where_the_scheme_says_so() -> None:
    assert rules.keep_until(replace(PAID, counted_from=KeptFrom.LAST_PAYMENT)) == date(2032, 11, 21)
    earlier = replace(PAID, counted_from=KeptFrom.DECISION)
    assert rules.keep_until(earlier) == date(2032, 11, 21), "money that moved after the decision is the later day"


def test_a_year_from_a_leap_day_ends_on_the_last_of_february() -> None:
    leap = replace(PAID, moved_on=date(2028, 2, 29), last_money_on=date(2028, 2, 29), counted_from=None, years=1)
    assert rules.keep_until(leap) == date(2029, 2, 28)


def test_a_scheme_nobody_knows_any_more_keeps_six_years() -> None:
    assert rules.keep_until(replace(PAID, years=None, counted_from=None)) == date(2032, 11, 21)


def test_what_has_not_ended_is_never_due() -> None:
    for state in set(ClaimState) - ENDED:
        assert rules.keep_until(replace(PAID, state=state)) is None
        assert not rules.is_due(replace(PAID, state=state), [], date(2999, 1, 1))


def test_a_hold_keeps_to_its_last_day_and_until_it_is_ended() -> None:
    late = date(2040, 1, 1)
    assert not rules.is_due(PAID, [ON_CLAIM], late)
    assert not rules.is_due(PAID, [ON_SCHEME], late)
    assert not rules.is_due(PAID, [replace(ON_CLAIM, until=late)], late)
    assert rules.is_due(PAID, [replace(ON_CLAIM, until=late)], late + timedelta(days=1))
    assert rules.is_due(PAID, [replace(ON_CLAIM, ended=True)], late)


def test_a_hold_of_something_else_keeps_nothing() -> None:
    late = date(2040, 1, 1)
    assert rules.is_due(PAID, [replace(ON_CLAIM, claim_id=uuid4())], late)
    assert rules.is_due(PAID, [replace(ON_SCHEME, scheme="OTHER")], late)


DAYS = st.dates(date(2020, 1, 1), date(2045, 12, 31))
KEPT = st.builds(
    Kept,
    claim_id=st.just(PAID.claim_id),
    scheme=st.just(PAID.scheme),
    state=st.sampled_from(ClaimState),
    moved_on=DAYS,
    decided_on=st.none() | DAYS,
    last_money_on=st.none() | DAYS,
    claim_year_ends=st.none() | DAYS,
    years=st.none() | st.integers(1, 30),
    counted_from=st.none() | st.sampled_from(KeptFrom),
)


@given(KEPT, DAYS)
def test_under_hold_never(kept: Kept, on: date) -> None:
    assert not rules.is_due(kept, [ON_CLAIM], on)


@given(KEPT, DAYS)
def test_once_due_always_due_and_never_in_the_year_of_the_last_move(kept: Kept, on: date) -> None:
    if rules.is_due(kept, [], on):
        assert rules.is_due(kept, [], on + timedelta(days=1))
        assert on > kept.moved_on + timedelta(days=364)
