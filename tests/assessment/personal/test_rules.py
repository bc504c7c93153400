"""Rules of sign-offs for one person, with plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.personal.rules import (
    LONGEST,
    REMINDERS,
    Days,
    State,
    Wrong,
    last_day,
    reminder,
    state,
    wrong_code,
    wrong_days,
)

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@pytest.mark.parametrize("code", ["A.Y.", "AY", "P7", "p-07", "Ann", "É.B.", "BLU-12"])
def test_initials_and_short_codes_will_do(code: str) -> None:
    assert wrong_code(code) is None


@pytest.mark.parametrize("code", ["Amina", "A. Yusuf", "José Ruiz", "éloïse"])
def test_a_name_is_no_code(code: str) -> None:
    assert wrong_code(code) is Wrong.CODE_LIKE_A_NAME


@pytest.mark.parametrize("code", ["", ".", "A" * 13, "<b>", "A/Y", "-"])
def test_a_code_has_a_shape(code: str) -> None:
    assert wrong_code(code) is Wrong.CODE_SHAPE


def days(trained: int, observed: int, until: int) -> Days:
    return Days(*(TODAY + timedelta(days=each) for each in (trained, observed, until)))


@pytest.mark.parametrize(
    ("given_days", "wrong"),
    [
        (days(-2, -1, 365), None),
        (days(0, 0, 0), None),
        (days(1, 1, 365), Wrong.DAY_TO_COME),
        (days(-1, -2, 365), Wrong.WATCHED_BEFORE_TRAINED),
        (days(-9, -9, -1), Wrong.OVER_ALREADY),
        (days(0, 0, LONGEST.days), None),
        (days(0, 0, LONGEST.days + 1), Wrong.TOO_LONG),
    ],
)
def test_the_days_fit_together(given_days: Days, wrong: Wrong | None) -> None:
    assert wrong_days(given_days, today=TODAY) is wrong


@given(DAYS, st.lists(DAYS, max_size=3), DAYS, st.booleans())
def test_nothing_stands_after_its_last_day_and_no_end_makes_it_longer(
    until: date, ends: list[date], on: date, paused: bool
) -> None:
    last = last_day(until, ends)
    assert last <= until
    assert (state(last, paused=paused, on=on) is State.ENDED) == (on > last)


@given(DAYS, DAYS, st.booleans())
def test_what_is_paused_never_counts(last: date, on: date, paused: bool) -> None:
    assert not paused or state(last, paused=paused, on=on) in {State.PAUSED, State.ENDED}


@given(DAYS, st.integers(0, 400), st.lists(st.integers(0, 60), max_size=60, unique=True))
def test_each_reminder_comes_once_whenever_the_worker_looks(until: date, before: int, looks: list[int]) -> None:
    sent: list[int] = []
    for left in sorted(looks, reverse=True):
        found = reminder(until, recorded_on=until - timedelta(days=before), sent=sent, on=until - timedelta(days=left))
        if found is not None:
            sent.append(found)
    assert len(sent) == len(set(sent)) <= len(REMINDERS)
    assert sent == sorted(sent, reverse=True)
    assert all(before > each for each in sent)


def test_who_was_reminded_late_is_not_reminded_of_the_earlier_day_as_well() -> None:
    until = TODAY + timedelta(days=5)
    assert reminder(until, recorded_on=TODAY - timedelta(days=90), sent=(), on=TODAY) == 7
    assert reminder(until, recorded_on=TODAY - timedelta(days=90), sent={7}, on=TODAY) is None
    assert reminder(until, recorded_on=TODAY, sent=(), on=TODAY) is None
