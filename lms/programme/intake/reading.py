"""A council's spreadsheet as text: judged by its bytes, never by its name. Plain Python."""

import csv
import io
from collections.abc import Iterator

from lms.core.words import N_, Refused

LARGEST = 50_000_000
"""Bytes. More is refused before it is read: a list of 115,000 people has about a tenth of it."""
MOST_COLUMNS = 200
"""A list of people has twenty; what has more is a sheet whose formatting runs on to the right."""
LOOK_FOR_SEPARATOR = 20
"""Lines at the top that say what stands between cells."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_TOO_LARGE = N_("The file is larger than %(most)s MB. Split it.")
_OLD = N_(
    "This is an old Excel file (.xls), or one with a password. Open it in Excel, take the password away if it has one, "
    "choose Save as, then “CSV UTF-8”."
)
_NOT_TEXT = N_("The file is not UTF-8 text, nor text of Windows. Save it as “CSV UTF-8”.")
_TOO_WIDE = N_("Row %(row)s has more than %(most)s columns. Delete the empty columns on the right.")


def text_of(data: bytes) -> str:
    """The text of a file that is no workbook: UTF-8, UTF-16 or Windows-1252.

    Raises Refused, with how to save it anew, for all else.
    """
    if len(data) > LARGEST:
        raise Refused(_TOO_LARGE, most=LARGEST // 1_000_000)
    if data.startswith(_OLD_WORKBOOK):  # a workbook with a password is wrapped in the same way as an old one
        raise Refused(_OLD)
    text = _decoded(data)
    if "\x00" in text:
        raise Refused(_NOT_TEXT)
    return text


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their number as a spreadsheet counts, from 1. Raises csv.Error, or Refused for a row far too wide."""
    for number, cells in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True), 1
    ):
        if len(cells) > MOST_COLUMNS:
            raise Refused(_TOO_WIDE, row=number, most=MOST_COLUMNS)
        yield number, cells


def _decoded(data: bytes) -> str:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as wrong:
        if encoding:
            raise Refused(_NOT_TEXT) from wrong
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise Refused(_NOT_TEXT) from wrong


def _separator(text: str) -> str:
    """What stands between cells: what the first line with any of the three has most of; a comma where equal."""
    for line in io.StringIO(text[:100_000]).readlines()[:LOOK_FOR_SEPARATOR]:
        if any(mark in line for mark in ",;\t"):
            return max(",;\t", key=line.count)
    return ","
