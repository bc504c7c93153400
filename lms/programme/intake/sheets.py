"""Workbooks (.xlsx) as rows of texts, one row at a time; what a workbook can do to a reader is refused beforehand.

A workbook is a ZIP of XML. Before its reader sees it, every part is unpacked once and thrown away again, so that what
it really holds is known and not only what it says it holds. Nothing in it is ever run.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, time

import openpyxl
from openpyxl.utils import get_column_letter

from lms.core.words import N_, Refused
from lms.programme.intake.reading import LARGEST, MOST_COLUMNS

MOST_UNPACKED = 400_000_000
"""Bytes of all parts together. A list of 115,000 people with twelve columns has about a quarter of it."""
MOST_PARTS = 1_000
MOST_BEYOND = 20_000_000
"""Empty cells to the right of what a list has, over all rows: columns whose formatting runs on take long to read."""
_PIECE = 1 << 20
_OVERLAP = 1 << 12
_NAMED = 5

_BROKEN = N_("This Excel file cannot be opened. Open it in Excel, save it again, and choose the new file.")
_BOMB = N_("This Excel file unpacks to more than %(most)s MB. Copy the list into a new workbook and save that.")
_MACROS = N_(
    "This Excel file has macros in it, which are never opened here. Open it in Excel, choose Save as, then "
    "“Excel Workbook (.xlsx)” or “CSV UTF-8”."
)
_NO_SHEET = N_("This is a ZIP file, or another program's, and no Excel workbook. Save the list as .xlsx or CSV UTF-8.")
_MERGED = N_("These cells are merged: %(cells)s. Choose “Unmerge cells” in Excel, so that each cell holds its own.")
_FORMULAS = N_(
    "These cells have formulas that were never worked out: %(cells)s. Open the file in Excel and save it again."
)
_WIDE = N_("The list has more than %(most)s columns. Delete the empty columns on the right.")

# These look through what anybody may have packed. So nothing in them may be found in many places and tried from each:
# a tag ends at the next < at the latest, what stands before an attribute is bounded, and blanks are never given back.
_MERGE = re.compile(
    rb"<(?:\w{1,40}:)?mergeCell\b[^<>]{0,300}?\bref=[\"']([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)[\"']"
)
_NO_VALUE = re.compile(
    rb"<(?:\w{1,40}:)?c\b[^<>]{0,300}?\br=[\"']([A-Z]{1,3}\d{1,7})[\"'][^<>]{0,300}>\s*+"
    rb"<(?:\w{1,40}:)?f\b(?:[^<>]{0,300}/>|[^<>]{0,300}>[^<]*+</(?:\w{1,40}:)?f>)\s*+"
    rb"(?:<(?:\w{1,40}:)?v\s{0,9}/>|<(?:\w{1,40}:)?v></(?:\w{1,40}:)?v>)?\s*+</(?:\w{1,40}:)?c>"
)
_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def rows_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first visible sheet with their number in Excel, as texts; a day is written as 2026-11-21.

    Raises Refused, with how to mend it, for what is no workbook, is too large, has macros, or hides what it says.
    """
    _look_into(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
    except Exception as wrong:  # bytes made to break a reader break it in ways nobody can list
        raise Refused(_BROKEN) from wrong
    if sheet is None:
        raise Refused(_BROKEN)
    sheet.reset_dimensions()  # what a sheet says of its own size is not believed
    beyond = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            beyond += max(len(cells) - MOST_COLUMNS, 0)
            _refuse_width(cells, beyond)
            yield number, _trimmed([text_of_cell(cell) for cell in cells[:MOST_COLUMNS]])
    except Refused:
        raise
    except Exception as wrong:  # as above
        raise Refused(_BROKEN) from wrong
    finally:
        book.close()


def _refuse_width(cells: Sequence[object], beyond: int) -> None:
    """Refuse a row with something beyond the last column, and a sheet with far too much of nothing there."""
    if beyond > MOST_BEYOND or any(cell is not None for cell in cells[MOST_COLUMNS:]):
        raise Refused(_WIDE, most=MOST_COLUMNS)


def text_of_cell(value: object) -> str:
    """What a cell shows, as text: days as 2026-11-21, whole numbers without a fraction."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _look_into(data: bytes) -> None:
    if len(data) > LARGEST:
        raise Refused(_BOMB, most=LARGEST // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = [part.filename for part in parts]
            if len(parts) > MOST_PARTS:
                raise Refused(_BOMB, most=MOST_UNPACKED // 1_000_000)
            if any("vbaproject" in name.lower() or "macrosheets" in name.lower() for name in names):
                raise Refused(_MACROS)
            if not any(_SHEETS.fullmatch(name) for name in names):
                raise Refused(_NO_SHEET)
            left, found = MOST_UNPACKED, _Found()
            for part in parts:
                left = _unpack(packed, part, left, found if _SHEETS.fullmatch(part.filename) else None)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as wrong:
        raise Refused(_BROKEN) from wrong
    if found.merged:
        raise Refused(_MERGED, cells=_few(found.merged))
    if found.no_value:
        raise Refused(_FORMULAS, cells=_few(found.no_value))


class _Found:
    def __init__(self) -> None:
        self.merged, self.no_value = dict[str, None](), dict[str, None]()

    def look(self, piece: bytes) -> None:
        for pattern, cells in ((_MERGE, self.merged), (_NO_VALUE, self.no_value)):
            for match in pattern.finditer(piece):
                if len(cells) > _NAMED:  # enough to name some and say that there are more
                    break
                cells[match[1].decode()] = None


def _unpack(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, found: _Found | None) -> int:
    """Unpack a part to its end, which also compares it with its sum; how many bytes may still come."""
    tail = b""
    with packed.open(part) as opened:
        while piece := opened.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise Refused(_BOMB, most=MOST_UNPACKED // 1_000_000)
            if found is not None:
                found.look(tail + piece)
                tail = (tail + piece)[-_OVERLAP:]
    return left


def _few(cells: dict[str, None]) -> str:
    named = ", ".join(list(cells)[:_NAMED])
    return f"{named}, …" if len(cells) > _NAMED else named


def letter_of(column: int) -> str:
    """What a spreadsheet calls a column; the first is 0."""
    return str(get_column_letter(column + 1))
