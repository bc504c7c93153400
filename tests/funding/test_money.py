"""Whole pence: nothing is lost, nothing is made, and rounding happens in one place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.money import for_days, in_two_parts, lowest, pence_in, percent_of, shared

AMOUNTS = st.integers(min_value=0, max_value=10**9)


@given(AMOUNTS)
def test_two_parts_always_add_up(amount):
    first, second = in_two_parts(amount)
    assert first + second == amount
    assert 0 <= second <= first or amount == 0


@given(AMOUNTS)
def test_the_first_part_is_sixty_percent_to_the_nearest_penny(amount):
    first, _ = in_two_parts(amount)
    assert abs(first * 100 - amount * 60) <= 50


def test_half_a_penny_goes_to_the_first_part():
    assert percent_of(5, 50) == 3
    assert in_two_parts(99999) == (59999, 40000)
    assert in_two_parts(1) == (1, 0)


@given(AMOUNTS, st.integers(min_value=0, max_value=100))
def test_grant_and_match_always_add_up(cost, percent):
    grant, match = shared(cost, percent)
    assert grant + match == cost
    assert grant >= 0
    assert match >= 0


def test_part_days_round_half_up():
    assert for_days(15000, Decimal("0.5")) == 7500
    assert for_days(15, Decimal("0.5")) == 8
    assert for_days(13, Decimal("0.5")) == 7


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("40", 4000), ("40.00", 4000), ("£1,540.00", 154000), (" 0.01 ", 1), ("1,234,567.89", 123456789)],
)
def test_amounts_as_people_type_them(typed, pence):
    assert pence_in(typed) == pence


@pytest.mark.parametrize(
    "typed", ["", "forty", "40.5", "40.005", "-1", "1e3", "12,34", "4 0", "£", "٤٠", "1" * 10, "40.00 pounds"]
)
def test_what_is_not_an_amount(typed):
    assert pence_in(typed) is None


def test_the_lowest_of_what_is_known():
    assert lowest([None, 3, 2]) == 2
    assert lowest([None]) is None
