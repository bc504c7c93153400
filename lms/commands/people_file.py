"""A file of people as a spreadsheet saves it: read whole, with every mistake by row and column."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lms.core.i18n import Language
from lms.core.spelling import clean_email, clean_name, clean_username
from lms.core.words import Refused
from lms.programme.intake import reading, sheets, tables

MOST_ROWS = 500_000
COLUMNS = ("name", "email", "username", "language", "employer")
LANGUAGES = {
    "": Language.ENGLISH,
    "en": Language.ENGLISH,
    "english": Language.ENGLISH,
    "saesneg": Language.ENGLISH,
    "cy": Language.WELSH,
    "welsh": Language.WELSH,
    "cymraeg": Language.WELSH,
}


@dataclass(frozen=True, order=True)
class Mistake:
    """What is wrong in a cell. Rows count as a spreadsheet shows them: the headings are row 1; 0 is the whole file."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"row {self.row}, {self.column}: " if self.row else ""
        return f"{where}{self.sentence}"


@dataclass(frozen=True)
class Line:
    """One person of the file, cleaned."""

    row: int
    name: str
    email: str | None
    username: str | None
    language: Language
    employer: str | None


@dataclass
class PeopleFile:
    """What a file holds: people, and mistakes. Nothing of it is used while there are any."""

    lines: list[Line] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, row: int, column: str, sentence: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(row, column, sentence))


def read_people(path: Path) -> PeopleFile:
    """Read a CSV or XLSX file with the columns of COLUMNS; only `name`, and `email` or `username`, have to be there."""
    found = PeopleFile()
    try:
        data = _data(path)
        rows = _rows(
            sheets.rows_of(data) if tables.is_workbook(data) else reading.rows_of(reading.text_of(data)), found
        )
    except Refused as refused:
        found.wrong(0, "", str(refused))
        return found
    headings = [heading.strip().lower() for heading in next(rows, (1, []))[1]]
    if not found.mistakes and _headings_fit(headings, found):
        _read_rows(rows, headings, found, workbook=tables.is_workbook(data))
    return found


def _data(path: Path) -> bytes:
    with path.open("rb") as file:  # one byte more than may be there says that it is too large
        return file.read(reading.LARGEST + 1)


def _rows(rows: Iterator[tuple[int, list[str]]], found: PeopleFile) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in rows:
            if number > MOST_ROWS:
                found.wrong(0, "", f"The file has more than {MOST_ROWS:,} rows. Split it.")
                return
            yield number, cells
    except csv.Error as error:
        found.wrong(number + 1, "whole row", f"This is not CSV: {error}.")
    except Refused as refused:
        found.wrong(0, "", str(refused))


def _headings_fit(headings: list[str], found: PeopleFile) -> bool:
    before = len(found.mistakes)
    if "name" not in headings:
        found.wrong(1, "name", f"There is no such column. The columns are: {', '.join(COLUMNS)}.")
    if not {"email", "username"} & set(headings):
        found.wrong(1, "email", "Give a column email, a column username, or both.")
    for place, heading in enumerate(headings):
        if heading not in COLUMNS:
            found.wrong(1, heading or f"column {place + 1}", f"Not known. The columns are: {', '.join(COLUMNS)}.")
        elif heading in headings[:place]:
            found.wrong(1, heading, "This column is there twice.")
    return len(found.mistakes) == before


def _read_rows(
    rows: Iterator[tuple[int, list[str]]], headings: list[str], found: PeopleFile, *, workbook: bool
) -> None:
    seen: dict[str, int] = {}
    for number, given in rows:
        cells = given
        if not any(cell.strip() for cell in cells):
            continue
        if workbook:  # a sheet ends a row with its last cell that holds something
            cells = [*cells, *[""] * (len(headings) - len(cells))]
        if len(cells) != len(headings):
            found.wrong(number, "whole row", f"It has {len(cells)} cells; the headings have {len(headings)}.")
            continue
        line = _line(number, dict(zip(headings, cells, strict=True)), found)
        if line is None:
            continue
        for column, value in (("email", line.email), ("username", line.username)):
            if value and value in seen:
                found.wrong(number, column, f"The same as in row {seen[value]}.")
            elif value:
                seen[value] = number
        found.lines.append(line)


def _line(number: int, cells: dict[str, str], found: PeopleFile) -> Line | None:
    before = len(found.mistakes)
    given = {column: cells.get(column, "").strip() for column in COLUMNS}
    cleaned: dict[str, str | None] = {}
    for column, clean in (("name", clean_name), ("email", clean_email), ("username", clean_username)):
        try:
            cleaned[column] = clean(given[column]) if given[column] or column == "name" else None
        except Refused as refused:
            found.wrong(number, column, str(refused))
    if not given["email"] and not given["username"]:
        found.wrong(number, "email", "Give an e-mail address, or a username for people without e-mail.")
    language = LANGUAGES.get(given["language"].lower())
    if language is None:
        found.wrong(number, "language", "Enter en for English or cy for Welsh.")
    if len(found.mistakes) > before or language is None:
        return None
    name, email, username = cleaned["name"], cleaned["email"], cleaned["username"]
    assert name is not None
    return Line(number, name, email, username, language, " ".join(given["employer"].split()) or None)
