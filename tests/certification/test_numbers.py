"""Numbers: every slip of a finger is noticed, and every way people write one is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.numbers import BITS, SYMBOLS, number_of, reads, spoken

numbers = st.integers(0, (1 << BITS) - 1).map(number_of)
places = st.sampled_from([6, 7, 8, 9, 11, 12, 13, 14, 16])
"""Where the symbols stand in PALMS-XXXX-XXXX-C."""


@given(numbers)
def test_a_number_reads_as_itself(number: str) -> None:
    assert reads(number) == number


@given(numbers, places, st.sampled_from(SYMBOLS))
def test_any_one_wrong_symbol_is_noticed(number: str, place: int, wrong: str) -> None:
    typed = number[:place] + wrong + number[place + 1 :]
    assert reads(typed) == (number if wrong == number[place] else None)


@given(numbers, places, places)
def test_any_two_exchanged_symbols_are_noticed(number: str, one: int, other: int) -> None:
    letters = list(number)
    letters[one], letters[other] = letters[other], letters[one]
    typed = "".join(letters)
    assert reads(typed) == (number if typed == number else None)


@given(numbers, st.sampled_from(["", " ", "-", "–", "  ", "."]), st.booleans(), st.booleans())
def test_however_it_is_written(number: str, between: str, small: bool, prefixed: bool) -> None:
    groups = number.split("-")[0 if prefixed else 1 :]
    typed = between.join(groups)
    assert reads(f" {typed.lower() if small else typed} ") == number


@given(numbers)
def test_letters_that_look_like_digits(number: str) -> None:
    prefix, rest = number[:6], number[6:]
    assert reads(prefix + rest.replace("0", "O").replace("1", "I")) == number
    assert reads(prefix.lower() + rest.replace("0", "o").replace("1", "l")) == number


@given(numbers)
def test_a_whole_address_is_understood(number: str) -> None:
    assert reads(f"https://learning.example.gov.uk/verify/{number}/") == number


@given(st.text(max_size=300))
def test_whatever_is_typed_gives_a_number_or_none(text: str) -> None:
    found = reads(text)
    assert found is None or reads(found) == found


@pytest.mark.parametrize(
    "text", ["", "PALMS", "PALMS-7K2M-9QXD", "PALMS-7K2M-9QXD-P4", "PALMS-7K2M-9QUD-4", "x" * 10_000]
)
def test_what_is_no_number(text: str) -> None:
    assert reads(text) is None


def test_a_number_has_forty_bits() -> None:
    with pytest.raises(ValueError, match="forty bits"):
        number_of(1 << BITS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "PALMS; seven, Kilo, two, Mike; nine, Quebec, X-ray, Delta; Papa"),
        ("cy", "PALMS; saith, Kilo, dau, Mike; naw, Quebec, X-ray, Delta; Papa"),
    ],
)
def test_a_number_is_read_out_over_a_telephone(language: str, said: str) -> None:
    assert spoken("PALMS-7K2M-9QXD-P", language) == said


@given(numbers)
def test_what_is_read_out_names_every_symbol(number: str) -> None:
    digits = [*spoken("PALMS-0123-4567-8", "en").replace(";", ",").split(", ")[1:], "nine"]
    heard = spoken(number, "en").replace(";", ",").split(", ")[1:]
    symbols = "".join(str(digits.index(word)) if word in digits else word[0] for word in heard)
    assert symbols == number.removeprefix("PALMS").replace("-", "")
