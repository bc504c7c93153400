"""The coordinator's pages of assessment, home pages, and lists that grow."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, select

from lms.assessment import queries, services
from lms.assessment.models import Allocation
from lms.assessment.rules import Judgement, UnitState
from lms.core.clock import london_day
from lms.core.db import Base
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.clients import Browser
from tests.world import World

BrowserFor = Callable[..., Browser]

OBSERVED = {
    "seen_on": ["20", "11", "2026"],
    "setting": "out_and_about",
    "what_was_seen": "Pat asked A. before ringing the bank.",
    "judgement": "met",
    "feedback": "",
}
SEEN = {"which_day": "today", "what_was_seen": "Pat asked me first.", "judgement": "met", "signed": "y"}


def count(house: House, table: type[Base]) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def state_of(house: House, enrolment: UUID) -> UnitState:
    with house.database.reading() as db:
        return queries.practice_of(db, enrolment)[0].state


def assessors_page(course: Course) -> str:
    return f"/assess/{course.enrolment}/{UNIT}"


def household_page(course: Course) -> str:
    return f"/my-pas/{course.enrolment}/{CRITERION}"


def text(answer: object) -> str:
    """What stands on a page, as one line."""
    html = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("&#39;", "'").split())


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    yield sent
    event.remove(house.database.engine, "before_cursor_execute", note)


def test_a_coordinator_allocates_and_ends(browser_for: BrowserFor, house: House, course: Course, world: World) -> None:
    browser = browser_for(world.coordinator)
    listed = text(browser.get("/assessors"))
    assert "1 without an assessor" in listed
    assert listed.index("Sam Okoro") < listed.index("Pat Morgan"), "those without one come first"
    assert "Olwen Price" not in listed
    path = f"/people/{world.second_pa}/assessor"
    nobody = browser.submit(path, {"assessor": "", "since": ["21", "11", "2026"]})
    assert "Choose an assessor." in text(nobody)
    forged = browser.submit(path, {"assessor": str(world.other_assessor), "since": ["21", "11", "2026"]})
    assert forged.status_code == 200
    assert count(house, Allocation) == 1
    once = str(uuid4())
    for _ in range(2):
        data = {"assessor": str(world.assessor), "since": ["21", "11", "2026"], "once": once}
        assert browser.post(path, data).status_code == 302
    assert count(house, Allocation) == 2
    assert "Dai Assessor now assesses Sam Okoro." in text(browser.get(path))
    with house.database.reading() as db:
        allocation = db.scalars(select(Allocation.id).where(Allocation.learner_id == world.second_pa)).one()
    stranger = browser_for(world.other_coordinator).post(f"{path}/{allocation}/end")
    assert stranger.status_code == 404
    assert browser.post(f"{path}/{allocation}/end").status_code == 302
    assert "until 21 November 2026" in text(browser.get(path))


def test_a_pa_without_a_course_needs_no_assessor_yet(
    browser_for: BrowserFor, house: House, course: Course, world: World
) -> None:
    with house.database.writing() as db:
        new = people.add_person(db, name="Nia New", username="nia", by=None, now=course.now)
        people.give_role(db, person_id=new, organisation_id=world.authority, role=Role.PA, by=None, now=course.now)
    assert "Nia New needs no assessor yet" in text(browser_for(world.coordinator).get(f"/people/{new}/assessor"))


def test_home_pages_say_who_waits(browser_for: BrowserFor, course: Course, world: World) -> None:
    assert "People to see at work: 1" in text(browser_for(world.assessor).get("/"))
    assert "Say what you saw Pat Morgan do" in text(browser_for(world.employer_person).get("/"))
    assert "Say what you saw your PAs do: 2 to go" in text(browser_for(world.second_employer_person).get("/"))
    assert "Practice at work" in text(browser_for(world.pa).get("/"))
    assert "Learners without an assessor: 1" in text(browser_for(world.coordinator).get("/"))


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("assessor", "/assess"),
        ("assessor", "/"),
        ("employer_person", "/my-pas"),
        ("employer_person", "/"),
        ("coordinator", "/assessors"),
    ],
)
def test_a_list_costs_the_same_however_long_it_is(
    browser_for: BrowserFor, house: House, course: Course, world: World, *, who: str, path: str
) -> None:
    browser = browser_for(getattr(world, who))
    browser.get(path)
    with counted(house) as few:
        browser.get(path)
    with house.database.writing() as db:
        for number in range(12):
            pa = people.add_person(db, name=f"Learner {number}", username=f"pa-{number}", by=None, now=course.now)
            people.give_role(db, person_id=pa, organisation_id=world.authority, role=Role.PA, by=None, now=course.now)
            enrolment = learning.enrol(
                db, learner_id=pa, authority_id=world.authority, course="PAI", by=pa, now=course.now
            )
            day = london_day(course.now)
            people.start_employment(db, pa_id=pa, employer_id=world.employer, since=day, by=None, now=course.now)
            services.allocate_assessor(
                db,
                enrolment_id=enrolment,
                assessor_id=world.assessor,
                since=day,
                by=world.coordinator,
                now=course.now,
            )
            if number % 2:
                course.look(db, world.assessor, enrolment_id=enrolment, days_ago=0, judgement=Judgement.MET)
    with counted(house) as many:
        answer = browser.get(path)
    assert answer.status_code == 200
    if path != "/":
        assert "Learner 11" in text(answer)
    assert len(many) == len(few), "\n".join(many)
