"""The workbook of a module, for the browser's printer and as a PDF: all of it, in letters it carries, no answers."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.house import House
from lms.core.work import do_all
from lms.learning import checks, services
from lms.learning.paper import queries
from lms.learning.paper.sheets import on_paper
from lms.learning.questions import Match, PutInOrder, TypedAnswer
from tests.clients import Browser
from tests.world import World

EVERY_KIND = Path(__file__).parent / "every_kind"
MOST = 5_000_000
"""Bytes of a workbook."""


@pytest.fixture(scope="module")
def loaded() -> shelves.Shelves:
    """The shelves with a module that has one question of every kind."""
    return shelves.load(LOADERS, [EVERY_KIND], across=ACROSS)


pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


class Desk:
    """A learner's own pages of one module on paper."""

    def __init__(self, house: House, browser: Browser, enrolment: UUID, module: str) -> None:
        self.house, self.browser, self.enrolment, self.module = house, browser, enrolment, module
        self.at = f"/learning/{enrolment}/{module}"

    def make_check(self, name: str = "Ŵ. Ŷ.") -> None:
        made = self.browser.submit(f"{self.at}/paper", {"name": name})
        assert made.status_code == 302

    def pdf(self, part: str) -> bytes:
        path = f"{self.at}/print/{part}.pdf"
        assert "not made yet" in self.browser.get(path).get_data(as_text=True)
        assert self.browser.post(path).location == path
        assert "is being made" in self.browser.get(path).get_data(as_text=True)
        assert do_all(self.house, now=self.house.clock()) == 1
        answer = self.browser.get(path)
        assert answer.mimetype == "application/pdf"
        return answer.get_data()


@pytest.fixture
def desk(house: House, world: World, now: datetime, browser_for: Callable[..., Browser]) -> Callable[..., Desk]:
    """Gives the pages of a module of a course."""

    def of(course: str, module: str) -> Desk:
        with house.database.writing() as db:
            enrolment = services.enrol(
                db, learner_id=world.pa, authority_id=world.authority, course=course, by=world.coordinator, now=now
            )
        return Desk(house, browser_for(world.pa), enrolment, module)

    return of


def words_of(data: bytes) -> str:
    pages = (page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)
    return " ".join(" ".join(pages).split())


def drawn_with(data: bytes) -> dict[str, bool]:
    """The fonts that draw at least one letter, each with whether it is inside the file."""
    found: dict[str, bool] = {}

    def note(text: str, _user: Any, _place: Any, font: Any, _size: float) -> None:
        if text.strip() and font is not None:
            described = font.get("/FontDescriptor")
            inside = described is not None and "/FontFile2" in described.get_object()
            found[str(font["/BaseFont"])] = inside

    for page in pypdf.PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=note)
    return found


def test_a_real_module_as_a_pdf(desk: Callable[..., Desk]) -> None:
    study = desk("PAI", "PAI-2")
    study.make_check()
    data = study.pdf("workbook")
    assert len(data) < MOST
    pdf = pypdf.PdfReader(BytesIO(data))
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.metadata is not None
    assert "workbook" in str(pdf.metadata.title)
    text = words_of(data)
    module = study.house.shelves[checks.Courses].modules["PAI-2"]
    for lesson in module.lessons:
        assert " ".join(lesson.title.en.split()) in text
        assert lesson.english.key_points[0][:40] in text
    assert module.activity is not None
    assert module.activity.title.en in text
    assert f"Page 1 of {len(pdf.pages)}" in text
    assert "Ŵ. Ŷ." in text
    fonts = drawn_with(data)
    assert len(fonts) == 2, "regular and bold"
    assert all(fonts.values()), fonts
    assert "A ramp: on the way in" in text, "words that stand in a drawing only"


def test_the_check_on_paper_says_everything_but_what_is_right(
    desk: Callable[..., Desk], world: World, house: House
) -> None:
    study = desk("NEW", "NEW-1")
    study.make_check()
    with house.database.reading() as db:
        sheet = queries.open_sheets(db, study.enrolment)["NEW-1"]
        attempt = checks.own_attempt(db, sheet.attempt_id, world.pa)
    page = study.browser.get(f"{study.at}/print/check").get_data(as_text=True)
    printed = words_of(study.pdf("check"))
    bare = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for text in (bare, printed):
        assert text.count(sheet.number) >= 1
        for each in on_paper(attempt):
            question = each.question
            assert question.text.en in text
            for line in (*each.lines, *each.choices):
                assert line.words.en in text
            for said in feedback(question):
                assert said not in text
            if isinstance(question, TypedAnswer):
                assert not any(f" {spelling} " in text.split(question.text.en)[1][:60] for spelling in question.accept)
    footers = [p.extract_text() for p in pypdf.PdfReader(BytesIO(study_pdf(study))).pages]
    assert all(sheet.number in footer and "Ŵ. Ŷ." in footer for footer in footers)
    assert page.count("<h1") == 1
    codes = [code for each in attempt.questions for code in codes_of(each)]
    assert not any(f'value="{code}"' in page for code in codes)


def study_pdf(study: Desk) -> bytes:
    return study.browser.get(f"{study.at}/print/check.pdf").get_data()


def feedback(question: Any) -> list[str]:
    parts = [*getattr(question, "options", ()), *getattr(question, "pairs", ()), *getattr(question, "steps", ())]
    said = [part.feedback.en for part in parts]
    if isinstance(question, TypedAnswer):
        said += [question.feedback.right.en, question.feedback.wrong.en]
    return said


def codes_of(question: Any) -> list[str]:
    return (
        [*question.order]
        if isinstance(question, PutInOrder)
        else [*question.lefts]
        if isinstance(question, Match)
        else []
    )


def test_matching_and_ordering_stand_as_on_the_screen(desk: Callable[..., Desk], world: World, house: House) -> None:
    study = desk("NEW", "NEW-1")
    study.make_check()
    with house.database.reading() as db:
        done = services.queries.studied(db, study.enrolment)
        attempt = checks.own_attempt(db, done.open["NEW-1"].attempt_id, world.pa)
    for each in on_paper(attempt):
        if isinstance(each.question, PutInOrder):
            assert [line.value for line in each.lines] == [name for name, _ in each.question.shown(attempt.seed)]
            assert each.question.from_tokens([line.value for line in each.lines], attempt.seed) != each.question.order
        elif isinstance(each.question, Match):
            shown = each.question.shown(attempt.seed)
            assert [line.value for line in each.choices] == [name for name, _ in shown.rights]
            assert [line.mark for line in each.choices] == list("ABCDEFGH"[: len(shown.rights)])
    assert on_paper(attempt) == on_paper(attempt)


def test_without_a_paper_check_the_workbook_has_no_questions(desk: Callable[..., Desk]) -> None:
    study = desk("NEW", "NEW-1")
    page = study.browser.get(f"{study.at}/print/workbook").get_data(as_text=True)
    assert "are not in this copy" in page
    assert "palms-print__question" not in page
    assert study.browser.get(f"{study.at}/print/check").status_code == 404
    assert study.browser.get(f"{study.at}/print/answers").status_code == 404


def test_letters_that_cannot_be_drawn_keep_no_check_back(desk: Callable[..., Desk]) -> None:
    mine = desk("PAI", "PAI-1")
    mine.make_check(name="அம்மா Pat")
    assert "????? Pat" in words_of(mine.pdf("check"))


def test_the_same_page_is_printed_once(desk: Callable[..., Desk]) -> None:
    study = desk("NEW", "NEW-1")
    first = study.pdf("workbook")
    study.browser.post(f"{study.at}/print/workbook.pdf")
    assert do_all(study.house, now=study.house.clock()) == 0
    assert study.browser.get(f"{study.at}/print/workbook.pdf").get_data() == first


def test_another_learner_finds_nothing(
    desk: Callable[..., Desk], browser_for: Callable[..., Browser], world: World
) -> None:
    study = desk("NEW", "NEW-1")
    study.make_check()
    other = browser_for(world.second_pa)
    for path in ("paper", "print/workbook", "print/workbook.pdf", "print/check", "print/check.pdf"):
        assert other.get(f"{study.at}/{path}").status_code == 404, path
    assert other.post(f"{study.at}/print/check.pdf").status_code == 404
    assert other.post(f"{study.at}/paper", {"name": "X"}).status_code == 404
    assert other.get(f"/learning/papers/{uuid4()}").status_code == 404
