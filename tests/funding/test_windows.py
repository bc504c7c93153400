"""Months are counted to the same day or the month's last; first and last day of a window both count."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lms.funding.windows import Window, months_later


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 5, 20), 3, date(2025, 8, 20)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_months_later(day, months, expected):
    assert months_later(day, months) == expected


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.integers(min_value=1, max_value=60))
def test_months_later_lands_in_the_right_month(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_first_and_last_day_count():
    window = Window.model_validate({"from": "2026-09-09", "to": "2027-02-28", "provenance": "official"})
    assert window.holds(date(2026, 9, 9))
    assert window.holds(date(2027, 2, 28))
    assert not window.holds(date(2026, 9, 8))
    assert not window.holds(date(2027, 3, 1))


def test_the_hour_counts_only_on_the_last_day():
    window = Window.model_validate({"to": "2018-02-28", "closes_at": "17:00", "provenance": "official"})
    assert window.holds(date(2018, 2, 28), time(17, 0))
    assert not window.holds(date(2018, 2, 28), time(17, 1))
    assert window.holds(date(2018, 2, 27), time(23, 0))


@pytest.mark.parametrize("ends", [{}, {"from": "2026-02-01", "to": "2026-01-01"}])
def test_a_window_has_an_end_and_runs_forwards(ends):
    with pytest.raises(ValidationError):
        Window.model_validate({**ends, "provenance": "official"})
