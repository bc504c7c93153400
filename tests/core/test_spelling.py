"""One spelling for what people type: nothing invisible stays, and what is too long or misshapen is refused."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.spelling import LONGEST_NAME, clean_email, clean_name, clean_text, clean_username
from lms.core.words import Refused

INVISIBLE = "\x00\x07\x1b\u200e\u200f\u202a\u202e\u2066\u2069\ud800"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siân   Rhŷs\t", "Siân Rhŷs"),
        ("Sia\u0302n", "Siân"),
        ("O\u2019Brien-Łukasz", "O\u2019Brien-Łukasz"),
        ("محمد", "محمد"),
        ("Pat\nMorgan", "Pat Morgan"),
        ("\u202egnirts\u202c", "gnirts"),
        ("x" * LONGEST_NAME, "x" * LONGEST_NAME),
    ],
)
def test_names(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u200f", "\x00", "x" * (LONGEST_NAME + 1)])
def test_names_that_are_none(typed: str) -> None:
    with pytest.raises(Refused):
        clean_name(typed)


@pytest.mark.parametrize("typed", ["Pat@Example.COM", "  pat@example.com ", "pat@\u200eexample.com"])
def test_addresses(typed: str) -> None:
    assert clean_email(typed) == "pat@example.com"


@pytest.mark.parametrize(
    "typed",
    ["", "pat", "pat@", "@example.com", "pat@example", "a b@example.com", "a@b@c.com", f"{'x' * 65}@a.com", "a@.com"],
)
def test_addresses_that_are_none(typed: str) -> None:
    with pytest.raises(Refused):
        clean_email(typed)


@pytest.mark.parametrize("typed", ["ab", ".pat", "pat morgan", "pât", "x" * 41, "pat_m", ""])
def test_usernames_that_are_none(typed: str) -> None:
    with pytest.raises(Refused):
        clean_username(typed)


@pytest.mark.parametrize("clean", [clean_name, lambda text: clean_text(text, 10_000)], ids=["name", "text"])
@given(text=st.text(st.characters() | st.sampled_from(INVISIBLE), max_size=LONGEST_NAME))
def test_cleaning_twice_is_cleaning_once_and_nothing_hides(clean: Callable[[str], str], text: str) -> None:
    try:
        once = clean(text)
    except Refused:
        return
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(INVISIBLE) & set(once)
    once.encode()


@given(st.text(max_size=50), st.integers(0, 60))
def test_long_text_is_refused_and_never_cut(text: str, longest: int) -> None:
    try:
        kept = clean_text(text, longest)
    except Refused:
        assert len(unicodedata.normalize("NFC", text)) > longest
    else:
        assert len(kept) <= longest


def test_lines_stay_lines() -> None:
    assert clean_text("one\r\ntwo\rthree\n", 100) == "one\ntwo\nthree"
