"""What is handed in is as large as it may be, and no larger."""

import ast
from pathlib import Path

from flask import Flask

from lms.certification.appearance.rules import LARGEST_LOGO
from lms.core.uploads import LARGEST

LMS = Path(__file__).parents[2] / "lms"


def test_every_page_that_takes_a_file_takes_one_as_large_as_it_says(app: Flask) -> None:
    taken = {name: getattr(view, "largest_post", 0) for name, view in app.view_functions.items()}
    assert min(taken["lms.prior.offer"], taken["lms.on_paper.record"]) > LARGEST
    assert taken["lms.appearance.appearance"] > LARGEST_LOGO
    classes = [each for path in LMS.rglob("forms.py") for each in _classes(path)]
    forms = {each.name for each in classes if "PaperForm" in map(_name, each.bases)}
    assert forms == {"AppearanceForm", "OfferForm", "RecordForm"}, (
        "a form with a paper: its view needs a largest_post, and a place above"
    )


def _classes(path: Path) -> list[ast.ClassDef]:
    return [each for each in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(each, ast.ClassDef)]


def _name(base: ast.expr) -> str:
    return base.id if isinstance(base, ast.Name) else ""
