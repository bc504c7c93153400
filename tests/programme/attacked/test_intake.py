"""Lists to bring people in, attacked: small workbooks that would keep the one who reads them busy for hours."""

import io
import time
import zipfile

import openpyxl
import pytest

from lms.core.words import Refused
from lms.programme.intake import sheets, tables

_SHEET = "xl/worksheets/sheet1.xml"
SLOW = {
    "tags that never end": "<c " * 14_000,
    "one tag with an attribute over and over": "<c" + ' r="A1"' * 28_000,
    "blanks without an end": '<c r="A3"><f/>' + " " * 40_000,
    "merges that never end": "<mergeCell " * 8_000,
}


def with_sheet(extra: str) -> bytes:
    """A workbook of two headings and a row, with something more in its sheet that no program would write."""
    book, made, out = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    for row in (["Name", "E-mail"], ["Pat Morgan", "pat@example.com"]):
        book.active.append(row)
    book.save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.namelist():
            data = before.read(part)
            if part == _SHEET:
                data = data.replace(b"</sheetData>", extra.encode() + b"</sheetData>")
            after.writestr(part, data)
    return out.getvalue()


@pytest.mark.parametrize("which", SLOW)
def test_looking_into_a_workbook_takes_no_longer_than_reading_it(which: str) -> None:
    data = with_sheet(SLOW[which])
    began = time.process_time()
    with pytest.raises(Refused):
        list(tables.read(data).rows)
    assert time.process_time() - began < 1


def test_empty_cells_far_to_the_right_are_not_read_row_for_row() -> None:
    rows = "".join(f'<row r="{n}"><c r="ZZZ{n}"/></row>' for n in range(3, 4_000))
    with pytest.raises(Refused, match="more than"):
        list(tables.read(with_sheet(rows)).rows)
    few = "".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(3, 200))
    assert len(list(tables.read(with_sheet(few)).rows)) == 1  # formatting that runs on is no reason to refuse a list


def test_of_a_million_merged_cells_a_few_are_kept() -> None:
    found = sheets._Found()
    found.look(b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 5_000)))
    assert len(found.merged) == sheets._NAMED + 1
    assert sheets._few(found.merged).endswith("…")
