"""Files that are no lists, or hide what they say: each is refused with a sentence that says how to mend it."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core.words import Refused
from lms.funding.board.sheets import as_csv, as_xlsx
from lms.programme.intake import sheets, tables


def book(*rows: list[object], change: Callable[[object], None] | None = None) -> bytes:
    """A workbook with these rows."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    if change:
        change(made.active)
    made.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    """A ZIP with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


def all_of(data: bytes) -> list[list[str]]:
    """Headings and rows."""
    table = tables.read(data)
    return [list(table.headings), *(cells for _number, cells in table.rows)]


BAD = {
    "nothing": (b"  \n", "empty"),
    "no headings": (b"1,2\n3,4\n", "no row of headings"),
    "addresses for headings": (b"a@example.com,Ann\n", "no row of headings"),
    "a heading twice": (b"Name,name\nA,B\n", "Two columns have the heading"),
    "an open quote": (b'Name,Email\n"A,b\n', "quotation mark"),
    "binary": (b"Name,Email\n\x00\x01\x02,\x81", "not UTF-8"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old Excel file"),
    "no workbook": (zipped(a=b"x"), "no Excel workbook"),
    "a broken workbook": (b"PK\x03\x04rubbish", "cannot be opened"),
    "macros": (zipped(xl__vbaProject_bin=b"x", xl__worksheets__sheet1_xml=b"<a/>"), "macros"),
    "10,000 columns": ((",".join(f"c{n}x" for n in range(10_000)) + "\n").encode(), "more than 200 columns"),
    "a wide workbook": (book([f"h{n}x" for n in range(300)]), "more than 200 columns"),
    "merged cells": (book(["Name", "Email"], ["A", "B"], change=lambda s: s.merge_cells("A2:B2")), "A2:B2"),  # type: ignore[attr-defined]
    "a formula without a value": (book(["Name", "Email"], ["A", "=B1&C1"]), "B2"),
}


@pytest.mark.parametrize("which", BAD)
def test_what_is_no_list_is_refused(which: str) -> None:
    data, says = BAD[which]
    with pytest.raises(Refused) as refused:
        all_of(data)
    assert says in str(refused.value)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1_000_000)
    bomb = zipped(xl__worksheets__sheet1_xml=b"<x>" + b" " * 5_000_000)
    assert len(bomb) < 20_000
    with pytest.raises(Refused, match="unpacks to more"):
        all_of(bomb)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped(xl__worksheets__sheet1_xml=b"<x>" + b" " * 100_000))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + at
        data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(Refused, match="cannot be opened"):
        all_of(bytes(data))


def test_a_cell_far_down_and_far_right_takes_no_memory() -> None:
    def far(sheet: object) -> None:
        sheet["XFD900000"] = "x"  # type: ignore[index]

    with pytest.raises(Refused):
        all_of(book(["Name", "Email"], ["A", "a@example.com"], change=far))


def test_a_workbook_says_what_its_cells_show() -> None:
    found = all_of(
        book(["A title"], [], ["Name", "Start", "No"], ["Ann", date(2026, 10, 1), 7.0], [], ["Bo", None, 1.5])
    )
    assert found == [["Name", "Start", "No"], ["Ann", "2026-10-01", "7"], ["Bo", "", "1.5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_of_any_kind_is_one_table(encoding: str, mark: str) -> None:
    text = f"Name{mark}Email\r\n\r\nZoë{mark}z@example.com\r\n{mark}\r\n"
    assert all_of(text.encode(encoding)) == [["Name", "Email"], ["Zoë", "z@example.com"]]


CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=8)


@settings(max_examples=30)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_any_table_comes_back_as_it_was_written(rows: list[tuple[str, str]]) -> None:
    heads = ("Name", "Employer")
    expected = [[tables._cell(cell) for cell in row] for row in rows]
    expected = [row for row in expected if any(row)]
    as_text, as_book = all_of(as_csv(heads, rows)), all_of(as_xlsx(heads, rows, title="PAs"))
    assert [row + [""] * (2 - len(row)) for row in as_text[1:]] == expected
    assert [row + [""] * (2 - len(row)) for row in as_book[1:]] == expected
