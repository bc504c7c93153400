"""Lists as CSV that spreadsheets open as they are meant. Plain Python."""

import csv
import io
from collections.abc import Sequence

from lms.core.cells import in_cell


def sheet(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV in which every cell is text, nothing a formula, and Welsh letters are whole (UTF-8, marked as such)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([in_cell(head) for head in heads])
    writer.writerows([[in_cell(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()
