"""A list as a table: headings, and rows one after the other, whatever kind of file it came in. Plain Python."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lms.core.spelling import visible
from lms.core.words import N_, Refused
from lms.programme.intake import reading, sheets

MOST_ROWS = 500_000
LONGEST_CELL = 2_000
LOOK_FOR_HEADINGS = 20
"""Rows at the top that may stand before the headings: a title, an empty line."""
_ZIP = b"PK\x03\x04"

_EMPTY = N_("This file is empty. Choose the list again.")
_NO_HEADINGS = N_("The file has no row of headings. Write above each column what it says, such as Name and E-mail.")
_NO_ROWS = N_("There is no row below the headings.")
_TWICE = N_("Two columns have the heading %(heading)s. Give each its own.")
_TOO_LONG = N_("The file has more than %(most)s rows. Split it.")
_UNCLOSED = N_("Row %(row)s cannot be read: perhaps a quotation mark is missing, or one too many.")


@dataclass(frozen=True)
class Table:
    """The headings of a list, and its rows with their number as a spreadsheet counts; empty rows are passed over."""

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]

    @property
    def shape(self) -> str:
        """The headings as a digest: next month's list has the same, whoever is on it."""
        return sha256("|".join(plain(heading) for heading in self.headings).encode()).hexdigest()


def read(data: bytes) -> Table:
    """Open a list. Raises Refused, with how to mend it, also while its rows are read."""
    if not data.strip():
        raise Refused(_EMPTY)
    rows = _rows(data)
    headings = next(rows, None)
    if headings is None:
        raise Refused(_EMPTY)
    looked = 1
    while not _names_columns(headings[1]):
        headings = next(rows, None)
        looked += 1
        if headings is None or looked > LOOK_FOR_HEADINGS:
            raise Refused(_NO_HEADINGS)
    named = tuple(_cell(cell)[:80] for cell in headings[1])
    for heading in named:
        if heading and [plain(each) for each in named].count(plain(heading)) > 1:
            raise Refused(_TWICE, heading=heading)
    return Table(named, rows)


def first_rows(data: bytes, count: int) -> tuple[Table, list[tuple[int, list[str]]]]:
    """The table, and a few of its rows to show. Raises Refused also when there is none."""
    table = read(data)
    shown = [row for row, _number in zip(table.rows, range(count), strict=False)]
    if not shown:
        raise Refused(_NO_ROWS)
    return table, shown


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        rows = sheets.rows_of(data) if is_workbook(data) else reading.rows_of(reading.text_of(data))
        for number, cells in rows:
            if number > MOST_ROWS:
                raise Refused(_TOO_LONG, most=f"{MOST_ROWS:,}")
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise Refused(_UNCLOSED, row=number)
            if any(cell.strip() for cell in cells):
                yield number, [_cell(cell) for cell in cells]
    except csv.Error as wrong:
        raise Refused(_UNCLOSED, row=number + 1) from wrong


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are packed as a workbook is."""
    return data.startswith(_ZIP)


def _cell(cell: str) -> str:
    return " ".join((cell if cell.isascii() and cell.isprintable() else visible(cell, keep="\t\n")).split())


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether a row looks like headings: two words or more, none of them a figure, a day or an address."""
    said = [cell for cell in cells if cell]
    return len(said) > 1 and not any(cell[0].isdigit() or cell[0] in "=+-(" or "@" in cell for cell in said)


def plain(heading: str) -> str:
    """A heading as it is compared: lower case, letters and digits only."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
