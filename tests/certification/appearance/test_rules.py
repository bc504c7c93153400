"""In which languages, and how large a logo may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.appearance.rules import HIGHEST, WIDEST, Languages, fitting


@pytest.mark.parametrize(
    ("chosen", "holder", "wanted"),
    [
        (Languages.HOLDER, "en", ("en",)),
        (Languages.HOLDER, "cy", ("cy",)),
        (Languages.ENGLISH, "cy", ("en",)),
        (Languages.WELSH, "en", ("cy",)),
        (Languages.BOTH, "en", ("en", "cy")),
        (Languages.BOTH, "cy", ("cy", "en")),
    ],
)
def test_the_holders_language_stands_first_where_both_are_wished(
    chosen: Languages, holder: str, wanted: tuple[str, ...]
) -> None:
    assert chosen.wanted(holder) == wanted


@given(st.integers(1, 6000), st.integers(1, 6000))
def test_a_kept_logo_fits_and_keeps_its_shape(width: int, height: int) -> None:
    wide, high = fitting(width, height)
    assert 1 <= wide <= WIDEST
    assert 1 <= high <= HIGHEST
    assert wide <= width
    assert high <= height
    assert abs(wide / width - high / height) <= 1 / min(width, height) + 1 / max(1, min(wide, high))
