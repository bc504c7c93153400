"""What a row of a list says, and what is wrong with it. Plain Python: texts in, a line or mistakes out."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lms.core.languages import Language
from lms.core.spelling import clean_email, clean_name, clean_username
from lms.core.words import N_, Refused
from lms.programme.intake.tables import plain
from lms.programme.intake.words import DAYS, DayOrder, Field

LONGEST_TITLE = 200

SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.NAME: (
        "nameofthepa", "name", "fullname", "paname", "nameofpa", "personalassistant", "pa", "learner", "learnername",
        "enw",
    ),
    Field.FIRST_NAME: (
        "firstnameofthepa", "firstname", "forename", "forenames", "givenname", "firstnames", "enwcyntaf",
    ),
    Field.LAST_NAME: ("lastnameofthepa", "lastname", "surname", "familyname", "cyfenw"),
    Field.EMAIL: (
        "emailaddressofthepa", "email", "emailaddress", "paemail", "emailpa", "mail", "ebost", "learneremail",
    ),
    Field.USERNAME: ("usernameofthepa", "username", "login", "loginname", "userid", "enwdefnyddiwr"),
    Field.LANGUAGE: ("languageenorcy", "language", "preferredlanguage", "lang", "languagepreference", "iaith"),
    Field.EMPLOYER: (
        "nameoftheemployer", "employer", "employername", "nameofemployer", "directpaymentholder", "client", "cyflogwr",
    ),
    Field.EMPLOYER_EMAIL: (
        "emailaddressoftheemployer", "employeremail", "emailemployer", "employeremailaddress", "ebostcyflogwr",
    ),
    Field.STARTED_ON: (
        "daythepabeganwiththisemployer", "startedon", "startdate", "started", "employedsince", "dateemployed", "start",
        "dyddiaddechrau",
    ),
    Field.COURSE: ("course", "coursecode", "training", "programme", "enrolledon", "cwrs"),
    Field.CERTIFICATE: (
        "certificatefrombefore", "certificate", "certificatename", "qualification", "pasttraining", "award",
        "tystysgrif",
    ),
    Field.CERTIFIED_ON: (
        "dayofthatcertificate", "certificatedate", "dateofcertificate", "certifiedon", "awardedon", "dateawarded",
    ),
}  # fmt: skip
"""How lists head their columns, the surest first, as our own form calls them.

A guess only: somebody looks at it once for each kind of list.
"""

LANGUAGES = {
    **dict.fromkeys(("", "en", "eng", "english", "saesneg"), Language.ENGLISH),
    **dict.fromkeys(("cy", "cym", "welsh", "cymraeg"), Language.WELSH),
}

_NO_NAME = N_("Give a name.")
_LANGUAGE = N_("Enter en for English or cy for Welsh.")
_DAY = N_("Write a day as 21/11/2026 or 2026-11-21.")
_DAY_RANGE = N_("This day is before 1950 or too far ahead. Mend the year.")
_TO_COME = N_("A certificate cannot be from a day to come.")
_NO_EMPLOYER = N_("There is no employer in this row. Write their name, or empty this cell.")
_NO_TITLE = N_("Write the name of the certificate, or empty this cell.")
_LONG_TITLE = N_("Shorten this to at most %(most)s characters.")
_COURSE = N_("There is no course called this for PAs. Write its code or its title.")
_FORMULA = N_("This cell has a formula. Put what it works out to in its place.")
_ERROR = N_("The formula in this cell went wrong (%(said)s). Put the right value in its place.")
_SHORT = N_("This row has more cells than there are headings. Perhaps a comma stands inside a cell without quotes.")
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a cell. `column` None: the whole row. `sentence` is a message id that says how to mend it."""

    row: int
    column: int | None
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """What one row says, cleaned. `name` None: the row is about an employer only."""

    row: int
    name: str | None = None
    email: str | None = None
    username: str | None = None
    language: Language = Language.ENGLISH
    employer: str | None = None
    employer_email: str | None = None
    started_on: date | None = None
    course: str | None = None
    certificate: str | None = None
    certified_on: date | None = None


@dataclass(frozen=True)
class Sense:
    """How rows are read: which column says what, how days are written, which courses there are by what they are called.

    `today` bounds days.
    """

    columns: Mapping[Field, int]
    width: int
    order: DayOrder | None
    courses: Mapping[str, str]
    today: date


def guessed(headings: Sequence[str]) -> dict[Field, int]:
    """Which column probably says what; no column stands for two things."""
    spelled = {plain(heading): place for place, heading in reversed(list(enumerate(headings))) if heading}
    found: dict[Field, int] = {}
    for each, names in SYNONYMS.items():
        name = next((name for name in names if name in spelled and spelled[name] not in found.values()), None)
        if name is not None:
            found[each] = spelled[name]
    if Field.NAME in found:
        found.pop(Field.FIRST_NAME, None)
        found.pop(Field.LAST_NAME, None)
    return found


def trouble_with_columns(columns: Mapping[Field, int], width: int) -> str | None:
    """What is the matter with a choice of columns; None: nothing."""
    chosen = list(columns.values())
    if len(set(chosen)) < len(chosen):
        return N_("One column is chosen for two things. Choose another for one of them.")
    if any(not 0 <= place < width for place in chosen):
        return N_("A column is chosen that is not in the list.")
    whole, parts = Field.NAME in columns, {Field.FIRST_NAME, Field.LAST_NAME} & columns.keys()
    if whole and parts:
        return N_("Choose either the column with the whole name, or those with first and last name.")
    if len(parts) == 1:
        return N_("Choose both the column with first names and the one with last names.")
    if not whole and not parts and Field.EMPLOYER not in columns:
        return N_("Choose the column with the names of PAs, or the one with the names of employers.")
    return None


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_FIGURES = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_SPELLED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]{3,9})\.?,?[ \-](\d{4}|\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's count on Windows, as it comes out for every day after February 1900."""
_CENTURY = 100
_PIVOT = 69


def day_of(text: str, order: DayOrder | None) -> date | None:
    """The day a cell says: 2026-11-21, 21/11/2026 (or the month first), 21 November 2026, or Excel's number of it.

    Raises ValueError for what is no day; None for an empty cell.
    """
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
        return date(year, month, day)
    if found := _FIGURES.fullmatch(text):
        first, second, year = map(int, found.groups())
        day, month = (second, first) if order is DayOrder.MONTH_FIRST else (first, second)
        return date(_year(year), month, day)
    if found := _SPELLED.fullmatch(text):
        return date(_year(int(found[3])), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
    if found := _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(found[1]))
    raise ValueError(text)


def _year(year: int) -> int:
    return year if year >= _CENTURY else year + (1900 if year >= _PIVOT else 2000)


def asks_for_order(days: Iterable[str]) -> bool:
    """Whether somebody has to say how a list writes days: some are in figures, and they do not say it themselves.

    A list that writes 21/11/2026 says so itself; one that writes 11/21/2026, or only days such as 05/06/2026, is asked
    about, since the same program writes either way.
    """
    first_large = second_large = some = False
    for text in days:
        found = _FIGURES.fullmatch(text)
        if found:
            some = True
            first_large |= int(found[1]) > len(_MONTHS)
            second_large |= int(found[2]) > len(_MONTHS)
    return some and not (first_large and not second_large)


def line_of(number: int, cells: Sequence[str], sense: Sense) -> tuple[Line | None, list[Wrong]]:
    """What a row says, or everything that is wrong with it."""
    reader = _Reader(number, cells, sense)
    return reader.line(), reader.wrong


class _Reader:
    """Reads one row and notes what is wrong."""

    def __init__(self, number: int, cells: Sequence[str], sense: Sense) -> None:
        self.number, self.sense, self.wrong = number, sense, list[Wrong]()
        if len(cells) > sense.width:
            self.note(None, _SHORT)
        self.given = {each: cells[place] if place < len(cells) else "" for each, place in sense.columns.items()}
        for each, cell in self.given.items():
            if cell[:1] in {"=", "#"}:
                self.given[each] = self._without_formula(each, cell)

    def _without_formula(self, each: Field, cell: str) -> str:
        if cell in _ERRORS:
            self.note(each, _ERROR, said=cell)
            return ""
        if cell.startswith('="') and cell.endswith('"') and '"' not in cell[2:-1]:
            return cell[2:-1]  # how programs write a text that looks like a number
        if cell.startswith("="):
            self.note(each, _FORMULA)
            return ""
        return cell

    def note(self, each: Field | None, sentence: str, **values: object) -> None:
        column = self.sense.columns.get(each) if each is not None else None
        self.wrong.append(Wrong(self.number, column, sentence, values))

    def line(self) -> Line | None:
        name = self._name()
        line = Line(
            self.number,
            name,
            self._cleaned(Field.EMAIL, clean_email),
            self._cleaned(Field.USERNAME, clean_username),
            self._language(),
            self._cleaned(Field.EMPLOYER, clean_name),
            self._cleaned(Field.EMPLOYER_EMAIL, clean_email),
            self._day(Field.STARTED_ON),
            self._course(),
            self._title(),
            self._day(Field.CERTIFIED_ON),
        )
        self._together(line)
        return None if self.wrong else line

    def _name(self) -> str | None:
        get = self.given.get
        whole = get(Field.NAME) or f"{get(Field.FIRST_NAME, '')} {get(Field.LAST_NAME, '')}".strip()
        if not whole:
            return None
        try:
            return clean_name(whole)
        except Refused as refused:
            self.note(Field.NAME if Field.NAME in self.given else Field.LAST_NAME, refused.message, **refused.values)
            return whole[:1]

    def _cleaned(self, each: Field, clean: Any) -> str | None:
        cell = self.given.get(each)
        if not cell:
            return None
        try:
            return str(clean(cell))
        except Refused as refused:
            self.note(each, refused.message, **refused.values)
            return None

    def _language(self) -> Language:
        found = LANGUAGES.get(self.given.get(Field.LANGUAGE, "").lower())
        if found is None:
            self.note(Field.LANGUAGE, _LANGUAGE)
        return found or Language.ENGLISH

    def _day(self, each: Field) -> date | None:
        try:
            found = day_of(self.given.get(each, ""), self.sense.order)
        except (ValueError, OverflowError):
            self.note(each, _DAY)
            return None
        if found is not None and not date(1950, 1, 1) <= found <= self.sense.today + timedelta(days=730):
            self.note(each, _DAY_RANGE)
        elif found is not None and each is Field.CERTIFIED_ON and found > self.sense.today:
            self.note(each, _TO_COME)
        return found

    def _course(self) -> str | None:
        cell = self.given.get(Field.COURSE)
        if not cell:
            return None
        code = self.sense.courses.get(cell.casefold())
        if code is None:
            self.note(Field.COURSE, _COURSE)
        return code

    def _title(self) -> str | None:
        cell = self.given.get(Field.CERTIFICATE)
        if cell and len(cell) > LONGEST_TITLE:
            self.note(Field.CERTIFICATE, _LONG_TITLE, most=LONGEST_TITLE)
        return cell or None

    def _together(self, line: Line) -> None:
        """What cells have to say about each other."""
        said = any((line.email, line.username, line.course, line.certificate, line.started_on))
        if line.name is None and (said or not line.employer) and not self.wrong:
            self.note(Field.NAME if Field.NAME in self.given else None, _NO_NAME)
        for each, needs, sentence in (
            (Field.STARTED_ON, Field.EMPLOYER, _NO_EMPLOYER),
            (Field.EMPLOYER_EMAIL, Field.EMPLOYER, _NO_EMPLOYER),
            (Field.CERTIFIED_ON, Field.CERTIFICATE, _NO_TITLE),
        ):
            if self.given.get(each) and not self.given.get(needs):
                self.note(each, sentence)


def days_in(rows: Iterable[Sequence[str]], columns: Mapping[Field, int]) -> Iterable[str]:
    """Every cell of a list that says a day."""
    places = [columns[each] for each in DAYS if each in columns]
    return (row[place] for row in rows for place in places if place < len(row))


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.split()).casefold()


def share_a_name(one: str, other: str) -> bool:
    """Whether two names have a part in common: a married name, a name in short."""
    return not set(folded(one).split()).isdisjoint(folded(other).split())


def called(courses: Iterable[tuple[str, Collection[str]]]) -> dict[str, str]:
    """The code of each course by everything it is called, in lower case."""
    found: dict[str, str] = {}
    for code, titles in courses:
        for title in (code, *titles):
            found.setdefault(title.casefold(), code)
    return found
