"""The coordinator's pages of assessment, home pages, and lists that grow."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.assessment import allocating
from lms.assessment.models import Allocation
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.conftest import Course
from tests.assessment.doings import BrowserFor, count, counted, text
from tests.world import World


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
            allocating.allocate_assessor(
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
