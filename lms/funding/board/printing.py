"""The worker's part: the PDF of a statement that was made, printed once from what it says and kept as a file."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any
from uuid import UUID

from lms.core.files import keep
from lms.core.house import House
from lms.core.i18n import day, money
from lms.core.pdf import printed
from lms.core.uploads import PDF
from lms.funding.board.models import YearStatement
from lms.funding.board.statements import reference_of
from lms.learning.titles import titles
from lms.people import queries as people

_STYLE = """
@page { size: a4 landscape; margin: 1.8cm }
body { font-family: palms; font-size: 9.5pt; line-height: 1.35 }
h1 { font-size: 17pt; margin-bottom: 6pt } h2 { font-size: 12pt; margin-top: 14pt; margin-bottom: 4pt }
p { margin-bottom: 5pt } table { margin-bottom: 6pt }
th, td { padding: 3pt 4pt; border-bottom: 0.5pt solid #777777; text-align: right; vertical-align: top }
th.word, td.word { text-align: left }
"""
WIDE = "20%"
"""How wide a column of words is: a reference such as RIVERMERE-YEAR-2026-0007 stands whole. Money shares the rest."""

_ADDS_UP = (
    "Asked is approved, refused, withdrawn and not decided together. Approved is paid and still owed together; an "
    "amount below nothing means that too much was paid."
)
_ALL_YEARS = "This counts every payment of the year, also for claims of other years."
COLUMNS = (
    ("asked", "Asked"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("undecided", "Not decided"),
    ("paid", "Paid"),
    ("owed", "Still owed"),
)


def print_statement(house: House, key: str, now: datetime) -> None:
    """Print the statement whose id is `key`. Done twice, the first one stays. Printing holds no transaction."""
    with house.database.reading() as db:
        row = db.get(YearStatement, UUID(key))
        code = (people.organisation(db, row.authority_id).code or "") if row else ""
        called = titles(db, "en")
    if row is None or row.sha256 is not None:
        return
    reference = reference_of(row, code)
    page = page_of(row.data, reference, row.made_at, row.digest, called)
    made = printed(page, title=reference, language="en", at=now)
    with house.database.writing() as db:
        current = db.get_one(YearStatement, row.id)
        current.sha256 = current.sha256 or keep(db, house.files, made, PDF, now=now)


def page_of(data: Mapping[str, Any], reference: str, made_at: datetime, digest: str, called: Mapping[str, str]) -> str:
    """The page of a statement, from what it says alone and what trainings are `called`."""
    first, last, as_at = (day(date.fromisoformat(data[name]), "en") for name in ("first", "last", "as_at"))
    moved = data["moved"]
    schemes = [[each["scheme"], str(each["lines"]), *_pounds(each)] for each in data["schemes"]]
    total = ["All schemes", str(data["total"]["lines"]), *_pounds(data["total"])]
    lines = [[_line_name(each, called), each["scheme"], *_pounds(each)] for each in data["lines"]]
    heads = [name for _key, name in COLUMNS]
    return "".join(
        [
            f"<html lang='en'><head><title>{escape(reference)}</title><style>{_STYLE}</style></head><body>",
            f"<h1>Money for training: {escape(data['organisation'])}</h1>",
            f"<p>Statement {escape(reference)} of {escape(data['authority'])}, made on {day(made_at, 'en')}.</p>",
            f"<p>Claims first sent in from {first} to {last}, as they stood at the end of {as_at}.</p>",
            "<h2>Claims of the year</h2>",
            _table(["Scheme", "Lines", *heads], [*schemes, total], words=1),
            f"<p>{_ADDS_UP}{_above(data['total'])}</p>",
            "<h2>Money that moved in the year</h2>",
            f"<p>Came in: {money(moved['came_in'])}. Taken back: {money(moved['taken_back'])}.</p>",
            f"<p>Kept: {money(moved['kept'])}. {_ALL_YEARS}</p>",
            "<h2>Every line</h2>" if lines else "",
            _table(["Line", "Scheme", *heads], lines, words=2) if lines else "",
            f"<p>What this statement says has the SHA-256 {digest}.</p>",
            "</body></html>",
        ]
    )


def _above(total: Mapping[str, Any]) -> str:
    above = total.get("above", 0)  # statements from before do not say it
    return f" Of what was approved, {money(above)} is more than was asked." if above else ""


def _line_name(line: Mapping[str, Any], called: Mapping[str, str]) -> str:
    training = line["training"]
    return f"{line['claim']}/{line['place']} {called.get(training, training)} ({training})"


def _pounds(row: Mapping[str, Any]) -> list[str]:
    return [money(row[key]) for key, _name in COLUMNS]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, words: int) -> str:
    def cells(tag: str, texts: Sequence[str]) -> str:
        classes = (f" class='word' width='{WIDE}'" if place < words else "" for place in range(len(texts)))
        return "".join(f"<{tag}{named}>{escape(text)}</{tag}>" for named, text in zip(classes, texts, strict=True))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><tr>{cells('th', heads)}</tr>{body}</table>"
