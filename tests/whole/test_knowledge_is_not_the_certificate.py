"""Nowhere does PALMS call knowledge alone the Care Certificate: not in a template, a text, a page or a PDF."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import polib
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from flask import Flask
from pypdf import PdfReader

import lms
from lms.assessment import allocating
from lms.assessment.knowledge import queries, services
from lms.assessment.lines.queries import frameworks_for
from lms.core import shelves, work
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.shelves import shelf
from lms.learning import services as studying
from lms.learning.catalogue import Courses
from lms.learning.shown.services import show_in_conversation
from lms.people.rules import Role
from tests.assessment.knowledge import cck
from tests.whole.claims import claims_in, words_of
from tests.world import World

ROOT = Path(__file__).parents[2]
PACKAGE = Path(lms.__file__).parent
PLANTED = (
    "You have completed the Care Certificate.",
    "Well done, you have your Care Certificate!",
    "Care Certificate achieved",
    "Care Certificate: complete",
    "Care Certificate 100 %",
    "Care Certificate (2025 edition): 16 of 16",
    "Your Care Certificate is ready.",
    "The Care Certificate is now complete.",
    "You have earned the Care Certificate in your own time.",
    "Congratulations on your Care Certificate.",
    "Pat Morgan has passed the Care Certificate.",
    "Finish this and you get the Care Certificate.",
    "This certifies that Pat Morgan has met the Care Certificate.",
    "Pat is a holder of the Care Certificate.",
    "Pat's Care Certificate, 2025 edition",
    "You did not stop, and you have completed the Care Certificate.",
    "Care Certificate passed on 21 November 2026",
    "Everybody can see that you have completed the Care Certificate.",
    "If you finish these lessons you have the Care Certificate.",
    "Read these lessons to get the Care Certificate.",
    "You are now Care Certificate qualified.",
    "Care Certificate – done",
    "Rydych wedi cwblhau’r Dystysgrif Gofal.",
)
HONEST = (
    "It is not the Care Certificate itself.",
    "This is knowledge: you have not completed the Care Certificate.",
    "Knowledge complete (2025 edition, 16 of 16)",
    "Standard 5: knowledge complete, practice not begun",
    "Every standard is signed off, knowledge and practice. This record is no certificate.",
    "Standard 5: signed off on 12 May 2026",
    "Care Certificate: what you know",
    "If you hold the Care Certificate of 2015, see what is new.",
    "People who hold the Care Certificate keep it.",
    "The Care Certificate is complete when every standard was seen at work.",
    "Nobody can call this your Care Certificate.",
    "To get the Care Certificate somebody has to see you at work.",
    "You have completed the Care Certificate’s knowledge.",
    "Your Care Certificate knowledge log",
)


@pytest.mark.parametrize("sentence", PLANTED)
def test_a_planted_claim_is_found(sentence: str) -> None:
    assert list(claims_in(f"Some words before. {sentence} And some behind.")) or list(claims_in(sentence))


@pytest.mark.parametrize("sentence", HONEST)
def test_what_is_honest_is_let_through(sentence: str) -> None:
    assert list(claims_in(sentence)) == []


def test_no_sentence_of_code_or_templates_claims_it() -> None:
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "_n": (1, 2)}
    methods = {"python": PACKAGE.rglob("*.py"), "jinja2.ext:babel_extract": PACKAGE.glob("*/templates/**/*.html")}
    claimed = []
    for method, paths in methods.items():
        for path in paths:
            with path.open("rb") as source:
                for _line, found, _comments, _context in extract(method, source, keywords=keywords):
                    said = [found] if isinstance(found, str) else [each for each in found if each]
                    claimed += [(path.name, claim) for text in said for claim in claims_in(text)]
    assert claimed == []


def test_no_translation_claims_it() -> None:
    catalogue = polib.pofile(str(PACKAGE / "translations/cy/LC_MESSAGES/lms.po"))
    assert [claim for entry in catalogue for claim in claims_in(entry.msgstr)] == []


def authored() -> Iterator[Path]:
    for folder in ("modules", "assessments", "certificates", "docs", "lms"):
        for ending in ("*.md", "*.yaml", "*.html"):
            yield from (ROOT / folder).rglob(ending)
    yield from ROOT.glob("*.md")


def test_no_content_manual_or_template_file_claims_it() -> None:
    claimed = []
    for path in authored():
        if "vendor" not in path.parts:
            text = path.read_text(encoding="utf-8")
            said = words_of(re.sub(r"\{[#%].*?[#%]\}", "\n\n", text)) if path.suffix == ".html" else text
            claimed += [(str(path.relative_to(ROOT)), claim) for claim in claims_in(said)]
    assert claimed == []


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """A course that teaches every standard of both editions."""
    return cck.load(tmp_path_factory.mktemp("pack"), range(1, 17))


@pytest.fixture
def knows_all(house: House, world: World) -> World:
    """The first PA has shown all the knowledge of both editions; an assessor looks at their practice."""
    then, now = house.clock() - timedelta(days=30), house.clock()
    with house.database.writing() as db:
        induction = studying.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=then
        )
        allocating.allocate_assessor(
            db,
            enrolment_id=induction,
            assessor_id=world.assessor,
            since=london_day(then),
            by=world.coordinator,
            now=then,
        )
        enrolment = services.start(db, learner_id=world.pa, authority_id=world.authority, now=then)
        for module in shelf(db, Courses).modules_of("CCK"):
            for lesson in module.lessons:
                studying.study_lesson(db, enrolment_id=enrolment, lesson=lesson.code, by=world.pa, now=then)
            codes = [outcome.code for outcome in module.outcomes]
            given: dict[str, Any] = {"module": module.code, "outcomes": codes, "source_id": enrolment}
            show_in_conversation(db, enrolment_id=enrolment, by=world.coordinator, now=now, **given)
        said = [
            str(queries.progress_of(db, world.pa, framework).sentence)
            for framework in frameworks_for(db, world.authority).standards()
        ]
    assert said == ["Knowledge complete (2025 edition, 16 of 16)", "Knowledge complete (2015 edition, 15 of 15)"]
    work.do_all(house, now=now)
    return world


def pages_for(app: Flask, role: Role, world: World) -> Iterator[str]:
    """Every page without a number in its address, and those about this learner."""
    for rule in app.url_map.iter_rules():
        roles = getattr(app.view_functions[rule.endpoint], "roles", None) or ()
        if "GET" in (rule.methods or ()) and "<" not in rule.rule and (not roles or role in roles):
            yield rule.rule
    own = "/care-certificate" if role is Role.PA else f"/learners/{world.pa}/care-certificate"
    for edition in ("cc-2025", "cc-2015"):
        yield f"{own}?edition={edition}"
        yield from (f"{own}/{edition}{rest}" for rest in ("", "/CC1", "/CC12"))
    yield f"/people/{world.pa}"


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_page_about_somebody_who_knows_it_all_claims_it(
    app: Flask, knows_all: World, browser_for: Callable[..., Any]
) -> None:
    who = {
        Role.PA: knows_all.pa,
        Role.COORDINATOR: knows_all.coordinator,
        Role.ASSESSOR: knows_all.assessor,
        Role.EMPLOYER: knows_all.employer_person,
        Role.REPRESENTATIVE: knows_all.representative,
        Role.REGISTER_OFFICER: knows_all.register_officer,
        Role.FUNDING_OFFICER: knows_all.funding_officer,
        Role.ADMIN: knows_all.admin,
    }
    told = 0
    for role, person in who.items():
        browser = browser_for(person)
        for path in pages_for(app, role, knows_all):
            answer = browser.get(path)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                said = words_of(answer.get_data(as_text=True))
                assert list(claims_in(said)) == [], (role, path)
                told += "Knowledge complete (20" in said
    assert told >= 6


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_no_pdf_claims_it(house: House, knows_all: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(knows_all.pa)
    for path in ("/care-certificate/cc-2025/log.pdf", "/care-certificate/cc-2025/CC5/log.pdf"):
        browser.post(path)
        work.do_all(house, now=house.clock())
        said = " ".join(page.extract_text() for page in PdfReader(BytesIO(browser.get(path).get_data())).pages)
        assert "Knowledge complete (2025 edition, 16 of 16)" in " ".join(said.split())
        assert list(claims_in(said)) == []
