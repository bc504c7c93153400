"""The pages about knowledge: what they say, whom they let in, and that practice is never said to be done."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pikepdf import Pdf
from pypdf import PdfReader

from lms.assessment.knowledge import services
from lms.assessment.knowledge.services import enrolment_behind
from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import text
from tests.assessment.knowledge.conftest import Knower
from tests.conftest import StandingClock
from tests.world import World

BrowserFor = Callable[..., Any]
on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
STAFF = ("", "/cc-2025", "/cc-2025/CC5", "/cc-2025/log.pdf", "/cc-2025/CC5/log.pdf", "/conversation/CCK-5")


@pytest.fixture
def alone(house: House, world: World) -> UUID:
    """A PA who has no employer."""
    with house.database.writing() as db:
        return someone(db, world, house)


def someone(db: Any, world: World, house: House) -> UUID:
    person = people.add_person(db, name="Noor Haddad", email="noor@example.com", by=None, now=house.clock())
    people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=house.clock())
    return person


@on_sqlite
def test_a_pa_without_an_employer_begins_by_themself(
    house: House, alone: UUID, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(alone)
    page = text(browser.get("/care-certificate"))
    assert "You do not need an employer" in page
    assert "It is not the Care Certificate itself" in page
    for _twice in range(2):
        assert browser.post("/care-certificate/start").status_code == 302
    page = text(browser.get("/care-certificate"))
    assert "Your next step" in page
    assert "Knowledge of 0 of 16 standards complete (2025 edition)" in page
    with house.database.reading() as db:
        assert enrolment_behind(db, alone, world.authority) is not None


@on_sqlite
def test_who_begins_on_the_page_of_a_standard_comes_back_to_it(alone: UUID, browser_for: BrowserFor) -> None:
    browser = browser_for(alone)
    page = browser.get("/care-certificate/cc-2025/CC5").get_data(as_text=True)
    assert "Start with this standard" in page
    assert 'name="standard" value="CC5"' in page
    for wrong in ({"framework": "cc-2025", "standard": "CC99"}, {"framework": "pai-practice", "standard": "CC5"}):
        assert browser.post("/care-certificate/start", data=wrong).status_code == 404
    assert "Start with this standard" in text(browser.get("/care-certificate/cc-2025/CC5"))
    begun = browser.post("/care-certificate/start", data={"framework": "cc-2025", "standard": "CC5"})
    assert begun.location.endswith("/care-certificate/cc-2025/CC5")
    after = text(browser.get("/care-certificate/cc-2025/CC5"))
    assert "Start with this standard" not in after
    assert "Your next step" in after


@on_sqlite
def test_the_overview_offers_the_standard_somebody_knows_little_of(
    alone: UUID, clock: StandingClock, browser_for: BrowserFor
) -> None:
    browser = browser_for(alone)
    browser.post("/care-certificate/start")
    assert "Or begin where" not in text(browser.get("/care-certificate"))
    browser.submit("/care-certificate/how-sure/cc-2025/1", {"CC1": "sure", "CC3": "a_little"})
    page = text(browser.get("/care-certificate"))
    assert "Or begin where you said that you know little: Standard 3: Duty of care" in page
    assert "How sure you feel, and what to study first" in page
    clock.on(minutes=5)
    browser.submit("/care-certificate/how-sure/cc-2025/1", {"CC1": "not_yet", "CC3": "sure"})
    assert "Or begin where" not in text(browser.get("/care-certificate"))


@on_sqlite
def test_what_was_shown_before_a_job_stands_in_it(
    house: House, alone: UUID, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        enrolment = services.start(db, learner_id=alone, authority_id=world.authority, now=house.clock())
        knower = Knower(alone, world.authority, enrolment, world.coordinator, house.clock())
        knower.show(db, "CCK-5")
    page = browser_for(alone).get("/care-certificate/cc-2025/CC5").get_data(as_text=True)
    assert "knowledge complete, practice not begun" in page
    with house.database.writing() as db:
        people.start_employment(
            db, pa_id=alone, employer_id=world.employer, since=london_day(house.clock()), by=None, now=house.clock()
        )
    after = browser_for(alone).get("/care-certificate/cc-2025/CC5").get_data(as_text=True)
    assert main(after) == main(page)


def main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


@on_sqlite
def test_every_line_stands_there_with_its_state(house: House, knower: Knower, browser_for: BrowserFor) -> None:
    with house.database.writing() as db:
        knower.show(db, "CCK-5")
        framework = knower.framework(db)
        practice = sum(len(unit.practice) for unit in framework.units)
        known = len(framework.unit("CC5").knowledge)
    page = browser_for(knower.learner).get("/care-certificate/cc-2025").get_data(as_text=True)
    assert page.count("Seen at work: not yet") == practice
    assert page.count("<i>Shown</i>") == known
    assert page.count("<li data-is=") == len(framework.lines)
    assert "~" not in main(page)
    assert "5.1, code not established" in page
    assert 'href="cc-2025/CC5"' in page


@on_sqlite
def test_the_page_of_lines_is_nobodys_but_its_readers(
    house: House, knower: Knower, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        knower.show(db, "CCK-5")
    assert "<i>Shown</i>" in browser_for(knower.learner).get("/care-certificate/cc-2025").get_data(as_text=True)
    assert "<i>Shown</i>" not in browser_for(world.second_pa).get("/care-certificate/cc-2025").get_data(as_text=True)
    assert "<i>Shown</i>" in browser_for(knower.learner).get("/care-certificate/cc-2025").get_data(as_text=True)


@on_sqlite
def test_a_log_says_how_when_and_by_whom_and_that_practice_is_not_yet(
    house: House, knower: Knower, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        knower.show(db, "CCK-1")
    page = text(browser_for(knower.learner).get("/care-certificate/cc-2025/CC1"))
    assert "Standard 1: knowledge complete, practice not begun" in page
    assert "Conversation, met" in page
    assert "Cora Coordinator" in page
    assert "21 November 2026" in page
    assert "our own short paraphrase" in page
    assert "Seen at work: not yet" in page


@on_sqlite
@pytest.mark.parametrize("path", ["/cc-9999", "/pai-practice", "/cc-2025/CC99", "/cc-2025/log2.pdf"])
def test_what_is_not_there_is_not_found(knower: Knower, browser_for: BrowserFor, path: str) -> None:
    assert browser_for(knower.learner).get(f"/care-certificate{path}").status_code == 404


@on_sqlite
@pytest.mark.parametrize("path", STAFF)
def test_the_coordinator_looks_and_a_stranger_finds_nobody(
    knower: Knower, world: World, browser_for: BrowserFor, path: str
) -> None:
    address = f"/learners/{knower.learner}/care-certificate{path}"
    answer = browser_for(world.coordinator).get(address)
    assert answer.status_code == 200
    assert "Pat Morgan" in answer.get_data(as_text=True) or path.endswith(".pdf")
    assert browser_for(world.other_coordinator).get(address).status_code == 404
    assert browser_for(world.assessor).get(address).status_code == 404
    assert browser_for(world.employer_person).get(address).status_code == 403
    assert browser_for(knower.learner).get(address).status_code == 403


FORM = {
    "outcomes": ["CCK-5-K1"],
    "held_on": ["20", "11", "2026"],
    "asked": "What is it?",
    "said": "What the person wants.",
    "judged": "met",
    "word": "",
}


@on_sqlite
def test_a_conversation_is_noted_and_the_learner_reads_it(
    house: House, knower: Knower, world: World, browser_for: BrowserFor
) -> None:
    coordinator = browser_for(world.coordinator)
    address = f"/learners/{knower.learner}/care-certificate/conversation/CCK-5"
    empty = coordinator.submit(address, {})
    assert "Error:" in empty.get_data(as_text=True)
    assert "Choose what the conversation was about." in empty.get_data(as_text=True)
    late = coordinator.submit(address, FORM | {"held_on": ["22", "11", "2026"]})
    assert "This day has not come yet" in late.get_data(as_text=True)
    assert "What the person wants." in late.get_data(as_text=True)
    assert coordinator.submit(address, FORM).status_code == 302
    page = browser_for(knower.learner).get("/care-certificate/cc-2025/CC5").get_data(as_text=True)
    (there,) = set(re.findall(r'href="(/care-certificate/conversations/[^"]+)"', page))
    for reader in (knower.learner, world.coordinator):
        said = text(browser_for(reader).get(there))
        assert "What the person wants." in said
        assert "Cora Coordinator" in said
    for stranger in (world.second_pa, world.other_coordinator, world.assessor):
        assert browser_for(stranger).get(there).status_code == 404


@on_sqlite
def test_a_coordinator_who_is_a_pa_too_does_not_hear_themself(
    house: House, knower: Knower, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db,
            person_id=knower.learner,
            organisation_id=world.authority,
            role=Role.COORDINATOR,
            by=None,
            now=house.clock(),
        )
    browser = browser_for(knower.learner)
    address = f"/learners/{knower.learner}/care-certificate"
    for path in STAFF:
        assert browser.get(address + path).status_code == 404
    assert browser.post(f"{address}/conversation/CCK-5", FORM).status_code == 404


@on_sqlite
def test_the_pdf_says_what_it_is_on_its_face(
    house: House, knower: Knower, world: World, browser_for: BrowserFor
) -> None:
    long = "Wilhelmina-Alexandrina Abernathy-Featherstonehaugh of Llanfairpwllgwyngyllgogerychwyrndrobwll"
    with house.database.writing() as db:
        knower.show(db, "CCK-5")
        people.change_details(
            db, person_id=knower.learner, name=long, language="en", access_needs="", now=house.clock()
        )
    browser = browser_for(knower.learner)
    for path, pages in (("/cc-2025/CC5/log.pdf", 2), ("/cc-2015/log.pdf", 10)):
        address = f"/care-certificate{path}"
        assert "not made yet" in browser.get(address).get_data(as_text=True)
        assert browser.post(address).status_code == 302
        assert browser.post(address).status_code == 302
        assert "being made" in browser.get(address).get_data(as_text=True)
        assert work.do_all(house, now=house.clock()) == 1
        answer = browser.get(address)
        assert answer.mimetype == "application/pdf"
        said = _read(answer.get_data(), at_least=pages)
        assert "It is not the Care Certificate" in said
        assert "Wilhelmina" in said
        assert "Page 1 of" in said
        assert "this is not the Care Certificate." in said


def _read(data: bytes, *, at_least: int) -> str:
    with Pdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) >= at_least
        assert str(pdf.Root.Lang) == "en"
        assert "Knowledge progress log" in str(pdf.docinfo["/Title"])
    drawn: set[str] = set()

    def note(said: str, _cm: object, _tm: object, font: Any, _size: object) -> None:
        if said.strip() and font:
            drawn.add(str(font["/BaseFont"]))

    texts = [page.extract_text(visitor_text=note) for page in PdfReader(BytesIO(data)).pages]
    assert drawn
    assert all("FiraGO" in name for name in drawn), drawn
    return " ".join(" ".join(texts).split())


@on_sqlite
def test_where_nobody_teaches_it_the_page_says_so(house: House, world: World, browser_for: BrowserFor) -> None:
    with house.database.reading() as db:
        courses = shelf(db, Courses)
    without = {code: course for code, course in courses.courses.items() if code != "CCK"}
    kept = dict(courses.courses)
    try:
        courses.courses.clear()  # type: ignore[attr-defined]  # a dictionary, really
        courses.courses.update(without)  # type: ignore[attr-defined]
        browser = browser_for(world.pa)
        assert "This part is not here yet" in text(browser.get("/care-certificate"))
        assert "This part is not here yet" in text(browser.post("/care-certificate/start", follow_redirects=True))
    finally:
        courses.courses.update(kept)  # type: ignore[attr-defined]
