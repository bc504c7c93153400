"""The worker's part: count a report, then make its PDF and its spreadsheet once, from what it says going out."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from uuid import UUID

import xlsxwriter

from lms.core.files import keep
from lms.core.house import House
from lms.core.i18n import day
from lms.core.pdf import printed
from lms.core.uploads import PDF
from lms.funding.board.sheets import XLSX
from lms.people import queries as people
from lms.programme.reports import queries, services
from lms.programme.reports.kinds import ReportKind, Unit
from lms.programme.reports.models import Report
from lms.programme.reports.showing import ShownTable, shown
from lms.programme.reports.words import KINDS, WHY_KEPT_BACK

_STYLE = """
@page { size: a4; margin: 2cm }
body { font-family: palms; font-size: 10.5pt; line-height: 1.4 }
h1 { font-size: 19pt; margin-bottom: 6pt } h2 { font-size: 13pt; margin-top: 16pt; margin-bottom: 4pt }
p { margin-bottom: 6pt } table { margin-bottom: 8pt }
th, td { padding: 3pt 4pt; border-bottom: 0.5pt solid #777777; text-align: right; vertical-align: top }
th.word, td.word { text-align: left }
"""
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def make(house: House, key: str, now: datetime) -> None:
    """Count the report whose id is `key` and make its files. Done twice, the first ones stay."""
    services.count(house, UUID(key), now)
    with house.database.reading() as db:
        row = db.get(Report, UUID(key))
        if row is None or row.data is None or row.pdf is not None:
            return
        reference = queries.reference_of(row, people.organisation(db, row.authority_id).code or "")
        old = db.get(Report, row.replaces_id) if row.replaces_id else None
        corrects = queries.reference_of(old, reference.partition("-RPT-")[0]) if old else ""
    tables = shown(row.data, str, exact=False)
    lines = opening(row, reference, corrects)
    pdf = printed(page_of(row, reference, lines, tables), title=reference, language="en", at=row.asked_at)
    sheet = book_of(reference, lines, tables, row.asked_at)
    with house.database.writing() as db:
        files = [keep(db, house.files, data, kind, now=now) for data, kind in ((pdf, PDF), (sheet, XLSX))]
        services.file(db, row.id, pdf=files[0], xlsx=files[1])


def opening(row: Report, reference: str, corrects: str) -> list[str]:
    """The sentences a report begins with, in English."""
    data = row.data or {}
    first, last, counted = (day(date.fromisoformat(data[name]), "en") for name in ("first", "last", "counted_on"))
    as_at = counted if row.kind is ReportKind.REGISTER else last
    found = [
        f"Report {reference} of {data['authority']}, counted on {counted}. It never changes.",
        f"As at {as_at}." if row.kind is ReportKind.REGISTER else f"From {first} to {last}, as at {as_at}.",
        WHY_KEPT_BACK % {"threshold": data["threshold"]},
    ]
    return [*found, f"It takes the place of report {corrects}."] if corrects else found


def page_of(row: Report, reference: str, lines: Sequence[str], tables: Sequence[ShownTable]) -> str:
    """The page of a report."""
    name = KINDS[row.kind]
    parts = [
        f"<html lang='en'><head><title>{escape(reference)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(name)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in lines),
    ]
    for table in tables:
        parts += [f"<h2>{escape(table.name)}</h2><p>{escape(table.definition)}</p>", _printed(table)]
    return "".join([*parts, f"<p>What this report says has the SHA-256 {row.digest}.</p></body></html>"])


def _printed(table: ShownTable) -> str:
    if not table.rows:
        return "<p>There is nothing to count.</p>"
    heads = "".join(f"<th>{escape(head)}</th>" for head in table.heads)
    rows = "".join(
        f"<tr><td class='word' width='34%'>{escape(name)}</td>"
        + "".join(f"<td>{escape(cell.text)}</td>" for cell in cells)
        + "</tr>"
        for name, cells in table.rows
    )
    return f"<table><tr><th class='word' width='34%'>{escape(table.name)}</th>{heads}</tr>{rows}</table>"


def book_of(reference: str, lines: Sequence[str], tables: Sequence[ShownTable], at: datetime) -> bytes:
    """A workbook: what the report says of itself and its definitions first, then a sheet for each table.

    Texts are texts, whatever they begin with: nothing in it is a formula.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {**_TEXT_ONLY, "in_memory": True}) as book:
        book.set_properties({"title": reference, "created": at.replace(tzinfo=None)})
        strong, pounds = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        front = book.add_worksheet("Definitions")
        front.set_column(0, 0, 32)
        front.set_column(1, 1, 100)
        told = [*(("", line) for line in lines), *((table.name, table.definition) for table in tables)]
        for place, (name, text) in enumerate(told):
            front.write_string(place, 0, name or (reference if place == 0 else ""), strong)
            front.write_string(place, 1, text)
        for table in tables:
            _sheet(book.add_worksheet(table.name[:31]), table, strong, pounds)
    return out.getvalue()


def _sheet(sheet: object, table: ShownTable, strong: object, pounds: object) -> None:
    write: xlsxwriter.worksheet.Worksheet = sheet
    write.set_column(0, 0, 34)
    write.set_column(1, len(table.heads), 22)
    write.freeze_panes(1, 0)
    for column, head in enumerate([table.name, *table.heads]):
        write.write_string(0, column, head, strong)
    for place, (name, cells) in enumerate(table.rows, start=1):
        write.write_string(place, 0, name)
        for column, cell in enumerate(cells, start=1):
            if cell.value is None:
                write.write_string(place, column, cell.text)
            elif cell.unit is Unit.PENCE:
                write.write_number(place, column, cell.value / 100, pounds)
            else:
                write.write_number(place, column, cell.value)
