"""A payer's file of what it paid, as a table of texts. Plain Python: bytes in, headings and rows out.

The file comes from a spreadsheet somewhere: any of four encodings, three separators, a name before the headings.
"""

import csv
import io
from dataclasses import dataclass
from hashlib import sha256

from lms.core.spelling import visible
from lms.core.words import N_, Refused
from lms.funding.paying.words import Column

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
LOOK_FOR_HEADINGS = 20
"""Rows at the top that may stand before the headings: the payer's name, a date, an empty line."""

_EMPTY = N_("This file is empty. Save the payer's list again as a CSV file.")
_NOT_CSV = N_("This is not a CSV file. Open it in a spreadsheet, save it as CSV, and choose that file.")
_TOO_LARGE = N_("The file is larger than %(most)s MB. Ask the payer for it in parts.")
_TOO_LONG = N_("The file has more than %(most)s rows. Ask the payer for it in parts.")
_NO_ROWS = N_("There is no row below the headings of this file.")
_NO_HEADINGS = N_("The first rows of this file name no columns. Add a row of headings, such as Reference and Amount.")
_TWICE = N_("Two columns of this file have the heading %(heading)s. Give each its own.")
_UNCLOSED = N_("Row %(row)s of this file has a cell that is far too long: perhaps a quotation mark is missing.")


@dataclass(frozen=True)
class Row:
    """One row below the headings, by heading. `number` is its row in the file as a spreadsheet counts."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file's headings in order and its rows; rows without anything in them are left out."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def fingerprint(self) -> str:
        """The headings as a digest: files of one payer have the same, whatever their rows say."""
        return sha256("|".join(sorted(plain(heading) for heading in self.headings)).encode()).hexdigest()


def read(data: bytes) -> Sheet:
    """Read a file. Raises Refused, with what is the matter, where it is no table of a bearable size."""
    if len(data) > LARGEST:
        raise Refused(_TOO_LARGE, most=LARGEST // (1024 * 1024))
    if not data.strip():
        raise Refused(_EMPTY)
    listed = _table(_text(data))
    top = next((at for at, cells in enumerate(listed[:LOOK_FOR_HEADINGS]) if _names_columns(cells)), None)
    if top is None:
        raise Refused(_NO_HEADINGS)
    headings = tuple(_heading(cell) for cell in listed[top])
    named = [heading for heading in headings if heading]
    for heading in named:
        if named.count(heading) > 1:
            raise Refused(_TWICE, heading=heading)
    rows = tuple(
        Row(number, {heading: _cell(cell) for heading, cell in zip(headings, cells, strict=False) if heading})
        for number, cells in enumerate(listed[top + 1 :], start=top + 2)
        if any(cell.strip() for cell in cells)
    )
    if not rows:
        raise Refused(_NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise Refused(_TOO_LONG, most=MOST_ROWS)
    return Sheet(tuple(named), rows)


def _text(data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\x00" in data:  # a workbook, a picture, or UTF-16 that does not say so
        raise Refused(_NOT_CSV)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Refused(_NOT_CSV) from wrong
    if "\x00" in text:
        raise Refused(_NOT_CSV)
    return text


def _table(text: str) -> list[list[str]]:
    if text.startswith(("%PDF", "PK\x03\x04", "{\\rtf", "<")):
        raise Refused(_NOT_CSV)
    opening = "\n".join(text.splitlines()[:LOOK_FOR_HEADINGS])
    separator = max(",;\t", key=opening.count)
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise Refused(_UNCLOSED, row=len(found) + 1)
            found.append(cells[:MOST_COLUMNS])
            if len(found) > MOST_ROWS + LOOK_FOR_HEADINGS + 1:
                raise Refused(_TOO_LONG, most=MOST_ROWS)
    except csv.Error as wrong:
        raise Refused(_UNCLOSED, row=len(found) + 1) from wrong
    return found


def _names_columns(cells: list[str]) -> bool:
    """Whether a row looks like headings: two words or more, none of them a figure or a day."""
    said = [cell.strip() for cell in cells if cell.strip()]
    return len(said) > 1 and not any(cell[:1].isdigit() or cell[:1] in "£-=(+" for cell in said)


def _heading(cell: str) -> str:
    return " ".join(visible(cell).split())[:80]


def _cell(cell: str) -> str:
    return " ".join(visible(cell, keep="\t\n").split())


def plain(heading: str) -> str:
    """A heading as it is compared: lower case, letters and digits only."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


KNOWN: dict[Column, tuple[str, ...]] = {
    Column.REFERENCE: (
        *("claimreference", "claimref", "claimnumber", "claimno", "claimid", "claim", "yourreference"),
        *("reference", "ref"),
    ),
    Column.AMOUNT: ("amountpaid", "amount", "netamount", "paymentamount", "value", "paid", "total", "amountgbp"),
    Column.DAY: ("paymentdate", "datepaid", "paidon", "date", "bacsdate", "remittancedate", "valuedate"),
    Column.PAYMENT: ("paymentreference", "paymentref", "bacsreference", "bacsref", "remittancenumber", "paymentnumber"),
    Column.LINE: ("claimline", "line", "linenumber", "lineno", "claimlinenumber"),
}
"""How payers head their columns, the surest first. A guess only: somebody looks at it once for each payer."""


def guessed(headings: tuple[str, ...]) -> dict[Column, str]:
    """Which heading probably says what; no heading stands for two things."""
    spelled = {plain(heading): heading for heading in headings}
    found: dict[Column, str] = {}
    for column, names in KNOWN.items():
        name = next((name for name in names if name in spelled and spelled[name] not in found.values()), None)
        if name:
            found[column] = spelled[name]
    return found
