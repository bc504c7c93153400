"""What a report works out: stages, quarters and the middle, with worked cases and properties."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.programme.reports.kinds import Stage
from lms.programme.reports.rules import middle, months_between, quarter_of, quarters, quarters_between, stage_of

DAY = date(2026, 6, 1)
SOON = DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("enrolments", "expected"),
    [
        ([], None),
        ([(SOON, None, None)], None),  # begins tomorrow
        ([(DAY, None, None)], Stage.WORKING),
        ([(DAY, DAY, None)], Stage.COMPLETED),
        ([(DAY, SOON, None)], Stage.WORKING),  # completes tomorrow
        ([(DAY, None, DAY)], Stage.LEFT),
        ([(DAY, DAY, DAY)], Stage.COMPLETED),  # completed, and left after
        ([(DAY, DAY, None), (DAY, None, None)], Stage.WORKING),  # another course under way
        ([(DAY, DAY, None), (DAY, None, DAY)], Stage.COMPLETED),
    ],
)
def test_everybody_stands_at_one_stage(
    enrolments: list[tuple[date, date | None, date | None]], expected: Stage | None
) -> None:
    assert stage_of(enrolments, DAY) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], (None, None)),
        ([7], (7, (7, 7))),
        ([1, 2], (2, (1, 2))),
        ([1, 2, 3], (2, (2, 3))),
        ([4, 1, 3, 2], (3, (2, 4))),
    ],
)
def test_the_middle_and_the_quarters(values: list[int], expected: tuple[int | None, tuple[int, int] | None]) -> None:
    assert (middle(values), quarters(values)) == expected


@given(st.lists(st.integers(0, 900), min_size=1, max_size=40))
def test_half_of_the_values_lie_on_each_side_of_the_middle(values: list[int]) -> None:
    half, (low, high) = middle(values) or 0, quarters(values) or (0, 0)
    assert 2 * sum(value <= half for value in values) >= len(values)
    assert 2 * sum(value >= half - 1 for value in values) >= len(values)
    assert low <= half <= high
    assert 4 * sum(value <= low for value in values) >= len(values)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 366))
def test_a_period_is_in_its_months_and_quarters(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    every = [first + timedelta(days=each) for each in range(days + 1)]
    assert quarters_between(first, last) == list(dict.fromkeys(quarter_of(day) for day in every))
    assert months_between(first, last) == list(dict.fromkeys(day.isoformat()[:7] for day in every))


def test_the_second_quarter_begins_in_april() -> None:
    assert (quarter_of(date(2026, 3, 31)), quarter_of(date(2026, 4, 1))) == ("2026-Q1", "2026-Q2")
