"""The queue's pages: who is shown what, opening a thing, and that they ask as often for many as for few."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.assessment import allocating, places_opening
from lms.assessment.knowledge import services as knowledge
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.web.pages import PAGE_SIZE
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import counted, text
from tests.assessment.practising import FRAMEWORK, Practice
from tests.assessment.queues.test_queue import DONE, second_assessor
from tests.world import World

ALLOWED = {"assessor", "employer_person", "representative", "quality_assurer", "coordinator"}
EVERYBODY = (
    *ALLOWED,
    "pa",
    "second_pa",
    "second_employer_person",
    "other_assessor",
    "other_coordinator",
    "other_employer_person",
    "register_officer",
    "funding_officer",
    "admin",
)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_each_sees_what_waits_for_them_and_nothing_of_others(
    house: House, world: World, practice: Practice, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        practice.offer(db, world.assessor, (DONE,))
    for who in EVERYBODY:
        answer = browser_for(getattr(world, who)).get("/queue")
        entered = who in ALLOWED or (who.startswith("other_") and who != "other_pa") or who == "second_employer_person"
        assert answer.status_code == (200 if entered else 403), who
        told = "Pat Morgan: evidence for 1 point, and no decision yet" in text(answer)
        assert told == (who == "assessor"), who


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_opening_leads_on_and_the_other_assessor_sees_who_has_it(
    house: House, world: World, practice: Practice, browser_for: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        practice.offer(db, world.assessor, (DONE,))
        other = second_assessor(db, world, practice)
    key = f"evidence:{practice.enrolment}"
    browser = browser_for(world.assessor)
    answer = browser.post("/queue/open", {"thing": key})
    assert (answer.status_code, answer.location) == (302, f"/assess/{practice.enrolment}")
    assert "You have this open until 12:30" in text(browser.get("/queue"))
    page = text(browser_for(other).get("/queue"))
    assert "Dai Assessor has this open since 12:00. It is free again at 12:30." in page
    assert "Read it and decide" not in page
    again = browser_for(other)
    assert again.post("/queue/open", {"thing": key}).location == "/queue"
    assert "has had this open since 12:00" in text(again.get("/queue"))
    assert browser.post("/queue/put-back", {"thing": key}).status_code == 302
    assert "Read it and decide" in text(browser_for(other).get("/queue"))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("thing", ["", "evidence:nowhere", "x" * 4000])
def test_a_thing_that_does_not_wait_is_told_so(
    world: World, practice: Practice, browser_for: Callable[..., Any], thing: str
) -> None:
    browser = browser_for(world.assessor)
    for path in ("/queue/open", "/queue/put-back"):
        assert browser.post(path, {"thing": thing}).status_code == 302


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_only_coordinators_see_what_has_waited_long_and_only_in_their_authority(
    house: House, world: World, practice: Practice, browser_for: Callable[..., Any]
) -> None:
    assert "Nothing has waited longer" in text(browser_for(world.coordinator).get("/queue/waited-long"))
    other = f"/queue/waited-long?authority={world.authority}"
    assert browser_for(world.other_coordinator).get(other).status_code == 404
    for who in ("assessor", "employer_person", "quality_assurer", "pa"):
        assert browser_for(getattr(world, who)).get("/queue/waited-long").status_code == 403


def add_learners(house: House, world: World, practice: Practice, how_many: int, now: datetime) -> None:
    """Learners of the assessor, each with evidence to decide on."""
    then = now - timedelta(days=9)
    with house.database.writing() as db:
        for number in range(how_many):
            pa = people.add_person(db, name=f"Learner {number}", email=f"{uuid4()}@example.com", by=None, now=then)
            people.give_role(
                db,
                person_id=pa,
                organisation_id=world.authority,
                role=Role.PA,
                by=None,
                now=then,
                since=london_day(then),
            )
            enrolment = knowledge.start(db, learner_id=pa, authority_id=world.authority, now=then)
            places_opening.open_standards(db, enrolment_id=enrolment, framework=FRAMEWORK, by=pa, now=then)
            allocating.allocate_assessor(
                db,
                enrolment_id=enrolment,
                assessor_id=world.assessor,
                since=london_day(then),
                by=world.coordinator,
                now=then,
            )
            Practice(enrolment, enrolment, now).offer(db, world.assessor, (DONE,))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_lists_of_an_assessor_ask_as_often_for_thirty_learners_as_for_three(
    house: House, world: World, practice: Practice, browser_for: Callable[..., Any], now: datetime
) -> None:
    browser, asked = browser_for(world.assessor), []
    for more in (2, 28):
        add_learners(house, world, practice, more, now)
        counts = []
        for path in ("/queue", "/assess"):
            browser.get(path)
            with counted(house) as sent:
                assert browser.get(path).status_code == 200
            counts.append(len(sent))
        asked.append(counts)
    assert asked[0] == asked[1]
    page = text(browser.get("/assess"))
    assert "31 on your list" in page
    assert page.count("0 of 16 signed off") == PAGE_SIZE
