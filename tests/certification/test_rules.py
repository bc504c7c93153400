"""When a certificate is earned, until when it counts, and how it stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.rules import (
    Earned,
    Missing,
    Needs,
    Standing,
    WithdrawalReason,
    Withdrawn,
    issuable,
    lapses_on,
    standing,
    turn_to_issue,
)

DAY = date(2026, 11, 21)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
BOTH = Needs(module_studied=True, practice_signed_off=True)


@pytest.mark.parametrize(
    ("studied", "signed", "missing"),
    [
        (None, None, (Missing.MODULE_STUDIED, Missing.PRACTICE_SIGNED_OFF)),
        (DAY, None, (Missing.PRACTICE_SIGNED_OFF,)),
        (None, DAY, (Missing.MODULE_STUDIED,)),
        (DAY, DAY, ()),
    ],
)
def test_what_is_missing_is_said(studied: date | None, signed: date | None, missing: tuple[Missing, ...]) -> None:
    verdict = issuable(BOTH, Earned(studied_on=studied, signed_off_on=signed))
    assert verdict.missing == missing
    assert verdict.issuable is (missing == ())
    assert all(each.sentence.endswith(".") for each in missing)


@given(st.booleans(), st.booleans(), st.none() | days, st.none() | days)
def test_only_what_is_needed_is_asked(one: bool, other: bool, studied: date | None, signed: date | None) -> None:
    needs = Needs(module_studied=one, practice_signed_off=other)
    verdict = issuable(needs, Earned(studied_on=studied, signed_off_on=signed))
    assert verdict.issuable is ((not one or studied is not None) and (not other or signed is not None))


@given(days, st.integers(1, 240))
def test_it_lapses_that_many_months_later(issued: date, months: int) -> None:
    end = lapses_on(issued, months)
    assert end is not None
    assert (end.year - issued.year) * 12 + end.month - issued.month == months
    assert end.day == issued.day or (end + timedelta(days=1)).day == 1


def test_without_a_term_it_never_lapses() -> None:
    assert lapses_on(DAY, None) is None


def test_the_last_day_of_a_long_month_becomes_that_of_a_short_one() -> None:
    assert lapses_on(date(2027, 8, 31), 6) == date(2028, 2, 29)


@given(st.none() | days, st.none() | days, days)
def test_withdrawn_goes_before_lapsed(lapses: date | None, withdrawn: date | None, on: date) -> None:
    found = standing(lapses=lapses, withdrawn=withdrawn, on=on)
    if withdrawn is not None and withdrawn <= on:
        assert found is Standing.WITHDRAWN
    else:
        assert found is (Standing.LAPSED if lapses is not None and lapses <= on else Standing.VALID)


AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
FELL = Withdrawn(WithdrawalReason.GROUND_FELL_AWAY, AT)


@pytest.mark.parametrize(
    ("earlier", "signed_off_at", "turn"),
    [
        ([], None, 1),
        ([], AT, 1),
        ([None], AT, None),
        ([FELL], AT + timedelta(hours=1), 2),
        ([FELL], AT - timedelta(hours=1), None),
        ([FELL], None, None),
        ([FELL, FELL], AT + timedelta(hours=1), 3),
        ([FELL, None], AT + timedelta(hours=1), None),
        ([Withdrawn(WithdrawalReason.ISSUED_IN_ERROR, AT)], AT + timedelta(hours=1), None),
        ([Withdrawn(WithdrawalReason.HOLDER_ASKED, AT)], AT + timedelta(hours=1), None),
    ],
)
def test_it_comes_again_only_when_its_ground_was_earned_anew(
    earlier: list[Withdrawn | None], signed_off_at: datetime | None, turn: int | None
) -> None:
    assert turn_to_issue(earlier, signed_off_at=signed_off_at) == turn
