"""The PDF of a statement: no cell runs into the next one, however long a reference is; trainings have their titles."""

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from lms.core.pdf import printed
from lms.funding.board.printing import COLUMNS, page_of
from tests.conftest import NOON

MONEY = {key: 123_456_78 for key, _name in COLUMNS}
LINE = {"claim": "HARBOURGATE-2026-10007", "place": 100, "scheme": "HARBOURGATE-PLACES-2026-27", "training": "PAI-1"}
DATA: dict[str, Any] = {
    "first": "2026-04-01",
    "last": "2027-03-31",
    "as_at": str(date(2026, 11, 21)),
    "organisation": "Rivermere Independent Living",
    "authority": "Rivermere Council",
    "moved": {"came_in": 1, "taken_back": 0, "kept": 1},
    "schemes": [{"scheme": LINE["scheme"], "lines": 1, **MONEY}],
    "total": {"lines": 1, **MONEY},
    "lines": [{**LINE, **MONEY}],
}


def boxes(pdf: Path) -> list[tuple[str, float, float, float]]:
    """Each word with its left, right and base, in points."""
    found = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, text=True).stdout
    words = re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', found)
    return [(text, float(left), float(right), float(base)) for left, right, base, text in words]


def test_no_cell_runs_into_the_next(tmp_path: Path) -> None:
    page = page_of(DATA, "HARBOURGATE-YEAR-2026-0001", NOON, "0" * 64, {"PAI-1": "Being a personal assistant"})
    path = tmp_path / "statement.pdf"
    path.write_bytes(printed(page, title="A statement", language="en", at=NOON))
    words = boxes(path)
    assert {"HARBOURGATE-2026-10007/100", "HARBOURGATE-PLACES-2026-27", "£123,456.78"} <= {word[0] for word in words}
    assert "assistant" in {word[0] for word in words}
    crossing = [
        (one[0], other[0])
        for one in words
        for other in words
        if one is not other and abs(one[3] - other[3]) < 2 and one[1] < other[2] and other[1] < one[2]
    ]
    assert crossing == []
