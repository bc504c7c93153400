"""The desk's tables as files, their heads in the reader's language."""

from collections.abc import Sequence

from flask import Response

from lms.core.web.state import today
from lms.core.web.texts import _
from lms.funding.board import sheets


def as_csv(name: str, heads: Sequence[str], rows: list[list[sheets.Cell]]) -> Response:
    """A table as CSV, to save under today's day and a name. `heads` are message ids."""
    return _file(sheets.as_csv([_(head) for head in heads], rows), "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(name: str, heads: Sequence[str], rows: list[list[sheets.Cell]], title: str) -> Response:
    """The same as a spreadsheet, with the name of its one sheet."""
    return _file(sheets.as_xlsx([_(head) for head in heads], rows, title=title), sheets.XLSX, f"{name}.xlsx")


def _file(data: bytes, kind: str, name: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{today().isoformat()}-{name}"'
    return response
