"""Files as councils save them: every encoding and separator gives the same cells, and all else says how to mend it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.words import Refused
from lms.programme.intake import reading

CELLS = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cs"]), max_size=12)


def written(rows: list[list[str]], separator: str) -> str:
    return "".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in rows)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_cells_are_the_same_however_they_were_saved(rows: list[list[str]], separator: str, encoding: str) -> None:
    table = [["name", "email"], *rows]
    read = reading.rows_of(reading.text_of(written(table, separator).encode(encoding)))
    assert list(read) == list(enumerate(table, 1))


def test_text_of_windows_is_read() -> None:
    assert reading.text_of("Siân – £5".encode("cp1252")) == "Siân – £5"


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with suppress(Refused):
        assert "\x00" not in reading.text_of(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old Excel file"),
        (b"name\x00email", "not UTF-8"),
        (b"\xff\xfea", "not UTF-8"),
        (b"Si\x81n", "not UTF-8"),
        (b"a" * (reading.LARGEST + 1), "larger than 50 MB"),
    ],
)
def test_what_is_no_list_is_refused_with_how_to_mend_it(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said.replace("(", r"\(").replace(")", r"\)")):
        reading.text_of(data)


def test_a_sheet_that_runs_on_to_the_right_is_refused_at_its_row() -> None:
    rows = reading.rows_of("name,email\n" + "," * 10_000)
    assert next(rows) == (1, ["name", "email"])
    with pytest.raises(Refused, match="Row 2 has more than 200 columns"):
        next(rows)
