"""Lists of money as files: CSV, and spreadsheets through `xlsxwriter`, in which nothing is a formula. Plain Python."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

from lms.core.cells import in_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_TEXT_ONLY = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}
_WIDEST = 60


@dataclass(frozen=True)
class Money:
    """An amount of whole pence in a cell: pounds with two decimals, a number in a spreadsheet."""

    pence: int

    def __str__(self) -> str:
        sign, pence = ("-" if self.pence < 0 else ""), abs(self.pence)
        return f"{sign}{pence // 100}.{pence % 100:02d}"


Cell = str | date | Money | int | None


def as_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """A CSV in UTF-8, marked as such: days as 2026-11-21, pounds as 1540.00, and nothing that a spreadsheet runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([in_cell(head) for head in heads])
    writer.writerows([[_said(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """A workbook with one sheet: texts are texts, whatever they begin with, days are days and money is a number."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        sheet = book.add_worksheet(title[:31])
        strong, pounds = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(heads):
            widest = max([len(head), *(len(str(row[column])) for row in rows[:200])])
            sheet.set_column(column, column, min(widest + 2, _WIDEST))
            sheet.write_string(0, column, head, strong)
        for place, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                match cell:
                    case None:
                        sheet.write_blank(place, column, None)
                    case Money():
                        sheet.write_number(place, column, cell.pence / 100, pounds)
                    case int():
                        sheet.write_number(place, column, cell)
                    case date():
                        sheet.write_datetime(place, column, cell)
                    case _:
                        sheet.write_string(place, column, cell)
    return out.getvalue()


def _said(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case date():
            return cell.isoformat()
        case Money() | int():
            return str(cell)  # a number is no formula, also when it is below nothing
        case _:
            return in_cell(cell)
