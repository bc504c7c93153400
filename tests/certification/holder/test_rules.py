"""Initials, and how long a link works."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.holder.rules import MOST_DAYS, initials, open_link, wrong_end

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pat Morgan", "P. M."),
        ("Siân ap Rhys", "S. a. R."),
        ("Ŵyn Ŷ", "Ŵ. Ŷ."),
        ("  Anna-Maria  O'Neill ", "A. O."),
        ("王小明", "王."),
        ("محمد علي", "م. ع."),
        ("“Bob” Smith", "B. S."),
        ("J\u0301o", "J\u0301."),
        ("<b>Ann</b>", "b."),
        ("123 ???", ""),
        ("", ""),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


@given(st.text(max_size=200))
def test_initials_tell_no_more_than_one_letter_a_word(name: str) -> None:
    shown = initials(name)
    assert len(shown.split()) <= len(name.split())
    letters = [c for c in shown if c.isalpha()]
    assert len(letters) <= len(name.split())
    assert "<" not in shown


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_a_link_works_up_to_its_last_day_and_never_after_it_was_ended(until: date, on: date) -> None:
    assert open_link(until=until, ended_at=None, on=on) == (on <= until)
    assert not open_link(until=until, ended_at=datetime(2026, 1, 1, tzinfo=UTC), on=on)


def test_the_last_day_lies_within_a_year() -> None:
    assert not wrong_end(TODAY, today=TODAY)
    assert not wrong_end(TODAY + timedelta(days=MOST_DAYS), today=TODAY)
    assert wrong_end(TODAY - timedelta(days=1), today=TODAY)
    assert wrong_end(TODAY + timedelta(days=MOST_DAYS + 1), today=TODAY)
