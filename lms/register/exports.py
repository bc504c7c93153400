"""Lists of the register team as files: CSV, and spreadsheets through `xlsxwriter`. Plain Python."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from lms.core.cells import in_cell
from lms.register.reasons import Step

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KEPT_BACK = frozenset({Step.OPEN_DISCUSSION, Step.RECORD_DECISION, Step.TELL_DECISION})
"""Next steps that are in no file and no reminder: they tell that a certificate is talked about."""

_TEXT_ONLY = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}
_WIDEST = 60

Cell = str | date


def as_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A CSV in which nothing is a formula, and Welsh letters are whole (UTF-8, marked as such); days as 2026-11-21."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([in_cell(head) for head in heads])
    writer.writerows([[_said(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """A workbook with one sheet: texts are texts, whatever they begin with, and days are days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        sheet = book.add_worksheet(title[:31])
        strong = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            widest = max([len(head), *(len(str(row[column])) for row in rows[:200])])
            sheet.set_column(column, column, min(widest + 2, _WIDEST))
            sheet.write_string(0, column, head, strong)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(place, column, cell)
                else:
                    sheet.write_string(place, column, cell)
    return out.getvalue()


def _said(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else in_cell(cell)
