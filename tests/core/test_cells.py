"""What stands in a cell is never run by a spreadsheet program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.cells import in_cell


@pytest.mark.parametrize(
    "before",
    ["", " ", "\t", "\r", "\n", "\x00", "\x01", "\x0b", "\x1f", "\u00a0", "\u200b", "\u2028", "\u202e", "\ufeff"],
)
@pytest.mark.parametrize("sign", [*"=+-@", *"＝＋－＠", "﹦", "﹢", "﹣", "﹫", "⁼", "⁺"])
def test_what_begins_like_a_formula_gets_an_apostrophe(before: str, sign: str) -> None:
    assert in_cell(f"{before}{sign}1+1").startswith("'")


@pytest.mark.parametrize("text", ["", "Pat Morgan", "Ŵyn", "O'Neil", "1+1", "a=b", "(01632) 960001", "'=1", "  x"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert in_cell(text) == text


@given(st.text())
def test_a_cell_is_one_line(text: str) -> None:
    assert not {"\r", "\n", "\x00"} & set(in_cell(text))
