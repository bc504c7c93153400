"""Study on paper in a real browser: every page of it without an accessibility fault, and no wider than a phone."""

import shutil
from pathlib import Path
from uuid import UUID

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.learning import services as study
from lms.learning.acting import Instead
from lms.learning.paper import services
from lms.learning.paper.rules import sheet_number
from tests.assessment.on_paper import PAPER
from tests.browser.site import Site, press
from tests.browser.test_pages import faults, scrolls_sideways
from tests.browser.test_questions import NewPage, look, signed_in

EVERY_KIND = Path(__file__).parent.parent / "learning" / "every_kind"


@pytest.fixture
def url(sqlite_with_tables: Path, tmp_path: Path) -> str:
    """Pages look the same on either database; one is enough here."""
    return f"sqlite:///{shutil.copy(sqlite_with_tables, tmp_path / 'palms.db')}"


@pytest.fixture(scope="module")
def loaded() -> shelves.Shelves:
    """The shelves with a module that has one question of every kind."""
    return shelves.load(LOADERS, [EVERY_KIND], across=ACROSS)


@pytest.fixture
def on_paper(site: Site) -> tuple[UUID, UUID]:
    """An enrolment whose check is on paper, and the attempt."""
    who, now = site.world, site.clock()
    with site.house.database.writing() as db:
        enrolment = study.enrol(
            db, learner_id=who.pa, authority_id=who.authority, course="NEW", by=who.coordinator, now=now
        )
        instead = Instead(who.pa, who.authority)
        attempt_id = services.make_sheet(
            db, enrolment_id=enrolment, module="NEW-1", name="P. M.", by=who.coordinator, now=now, instead=instead
        )
    return enrolment, attempt_id


@pytest.mark.parametrize("width", [320, 1280])
def test_its_pages_have_no_fault(site: Site, new_page: NewPage, on_paper: tuple[UUID, UUID], width: int) -> None:
    enrolment, attempt_id = on_paper
    learner, recorder = new_page(width=width), new_page(width=width)
    signed_in(site, learner)
    signed_in(site, recorder, site.world.coordinator)
    own, desk = f"/learning/{enrolment}/NEW-1", f"/on-paper/{enrolment}"
    found = []

    def judge(page: object, name: str) -> None:
        found.extend(faults(page))  # type: ignore[arg-type]
        if scrolls_sideways(page):  # type: ignore[arg-type]
            found.append(f"{name} is too wide")
        look(page, f"paper-{name}-{width}")  # type: ignore[arg-type]

    for path in (f"{own}/paper", f"{own}/print/workbook", f"{own}/print/check", f"{own}/print/check.pdf"):
        learner.goto(path)
        judge(learner, path.rpartition("/")[2])
    press(learner, "Make the PDF")
    judge(learner, "being-made")
    recorder.goto(f"{desk}/NEW-1/record")
    judge(recorder, "record")
    press(recorder, "Record this")
    judge(recorder, "record-errors")
    recorder.get_by_label("Number of the check").fill(sheet_number(attempt_id))
    recorder.get_by_label("1. One").check()
    recorder.get_by_label("I entered what stands").check()
    recorder.locator("input[type=file]").set_input_files(
        {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    press(recorder, "Record this")
    judge(recorder, "desk")
    learner.goto(f"{own}/paper")
    judge(learner, "recorded")
    assert found == []
