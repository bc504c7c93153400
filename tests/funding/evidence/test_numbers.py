"""Numbers of learners: one spelling, and the forms that their makers publish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.evidence.numbers import LONGEST, is_learner_number, shown, spelled, well_formed
from lms.funding.evidence.vocabulary import NumberKind

ULN = NumberKind.UNIQUE_LEARNER_NUMBER
NINO = NumberKind.NATIONAL_INSURANCE_NUMBER
AWARD = NumberKind.AWARDING_BODY_REGISTRATION


def checked(first: int) -> str | None:
    """A learner number of nine first digits, worked out the other way round; None where no last digit fits."""
    whole = [f"{first}{last}" for last in range(10) if _fits(f"{first}{last}")]
    return whole[0] if whole else None


def _fits(number: str) -> bool:
    return (sum(int(d) * w for d, w in zip(number, range(10, 0, -1), strict=True))) % 11 == 10


@given(st.integers(100_000_000, 999_999_999))
def test_the_last_digit_checks_the_others(first: int) -> None:
    good = checked(first)
    fitting = [last for last in range(10) if is_learner_number(f"{first}{last}")]
    assert fitting == ([int(good[9])] if good else [])


@given(st.integers(100_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(first: int, place: int, by: int) -> None:
    good = checked(first)
    if good is None:
        return
    wrong = good[:place] + str((int(good[place]) + by) % 10) + good[place + 1 :]
    assert not is_learner_number(wrong)


@pytest.mark.parametrize("typed", ["", "123", "0000000000", "12345678901", "12345678９0", "１２３４５６７８９０"])
def test_what_is_no_learner_number(typed: str) -> None:
    assert not well_formed(ULN, spelled(ULN, typed))


@pytest.mark.parametrize("typed", ["AB123456C", "ab 12 34 56 c", " JG-10-37-59-A "])
def test_national_insurance_numbers_as_people_type_them(typed: str) -> None:
    number = spelled(NINO, typed)
    assert well_formed(NINO, number)
    assert " " not in number
    assert number == number.upper()


@pytest.mark.parametrize(
    "typed", ["QQ123456C", "AO123456C", "GB123456A", "ZZ123456A", "AB123456E", "AB12345C", "AB1234567C", "12AB3456C"]
)
def test_what_is_no_national_insurance_number(typed: str) -> None:
    assert not well_formed(NINO, spelled(NINO, typed))


@pytest.mark.parametrize(("typed", "good"), [("ab/123-4", True), ("12", False), ("ABCDEF", False), ("1" * 25, False)])
def test_registrations_are_hardly_judged(typed: str, *, good: bool) -> None:
    assert well_formed(AWARD, spelled(AWARD, typed)) is good


@given(st.sampled_from(NumberKind), st.text(max_size=200))
def test_anything_may_be_typed(kind: NumberKind, typed: str) -> None:
    number = spelled(kind, typed)
    assert len(number) <= LONGEST * 3  # some letters have capitals of several
    well_formed(kind, number)


def test_three_signs_are_shown() -> None:
    assert shown("AB123456C") == "…56C"
