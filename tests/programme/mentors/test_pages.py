"""Pages of mentoring: the way of a mentor, a newcomer and a coordinator."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.mentors import labels, queries
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SAID = {"kind": "pa", "tongue": "en", "way": "phone", "address": "01632 960 555", "area": "Millbrook"}


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_from_an_offer_to_the_end(house: House, world: World, browser_for: BrowserFor, now: datetime) -> None:
    with house.database.writing() as db:
        person = people.add_person(db, name="Nadia New", email="nadia@example.com", by=None, now=now)
        people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    mentor, new, coordinator = browser_for(world.pa), browser_for(person), browser_for(world.coordinator)
    without = mentor.submit("/mentoring/offer", {**SAID, "room": "2"})
    assert "Tick the box" in text(without)
    assert "01632 960 555" in text(without), "nothing that was typed is lost"
    assert mentor.submit("/mentoring/offer", {**SAID, "room": "2", "agreed": "y"}).status_code == 302
    asking = text(new.get("/mentoring/ask"))
    for line in labels.AGREE_TO_ASK:
        assert line in asking, "what is agreed to is shown word by word"
    said = {**SAID, "address": "01632 960 444", "name": "Nadia", "agreed": "y"}
    assert new.submit("/mentoring/ask", said).status_code == 302
    assert "looks for a mentor" in text(new.get("/mentoring"))
    assert "Newcomers who wait for a mentor" in text(coordinator.get("/"))
    with house.database.reading() as db:
        (asked,) = queries.requests_in(db, world.authority)
        (offer,) = queries.mentors_in(db, world.authority)
    choose = f"/desk/mentors/requests/{asked.id}"
    assert "Pat Morgan" in text(coordinator.get(choose))
    assert "Choose a mentor" in text(coordinator.submit(choose, {}))
    assert coordinator.submit(choose, {"mentor": str(offer.id)}).status_code == 302
    assert "1 person waits for you to get in touch" in text(mentor.get("/"))
    page = text(mentor.get("/mentoring"))
    assert "tel:01632960444" in page
    assert "Nadia" in page
    (pair,) = _pairs(house, world)
    once = str(uuid4())
    for _twice in range(2):
        mentor.post(f"/mentoring/newcomers/{pair.match_id}/got-in-touch", {"once": once, "minutes": "25"})
    mentor.post(f"/mentoring/newcomers/{pair.match_id}/got-in-touch", {"once": str(uuid4()), "minutes": "many"})
    assert "In touch 1 time." in text(mentor.get("/mentoring"))
    assert "A mentor has your details" in text(new.get("/mentoring"))
    assert "Pat" not in text(new.get("/mentoring"))
    assert mentor.post(f"/mentoring/newcomers/{pair.match_id}/end").status_code == 302
    assert "tel:01632960444" not in text(mentor.get("/mentoring"))
    assert "Ask for a mentor" in text(new.get("/mentoring"))


def _pairs(house: House, world: World) -> list[queries.PairView]:
    with house.database.reading() as db:
        return queries.pairs_in(db, world.authority)


def test_a_suggestion_is_answered_with_no(house: House, world: World, browser_for: BrowserFor) -> None:
    coordinator, new = browser_for(world.coordinator), browser_for(world.second_pa)
    assert "Suggest it to Sam Okoro" in text(coordinator.get("/desk/mentors/suggest?name=Sam"))
    path = f"/desk/mentors/suggest/pa/{world.second_pa}"
    assert coordinator.post(path, {"once": str(uuid4())}).status_code == 302
    assert coordinator.post(f"/desk/mentors/suggest/pa/{world.other_pa}", {"once": str(uuid4())}).status_code == 404
    assert "Would you like a mentor?" in text(new.get("/"))
    with house.database.reading() as db:
        (asked,) = queries.requests_in(db, world.authority)
    assert new.post(f"/mentoring/requests/{asked.id}/end").status_code == 302
    with house.database.reading() as db:
        assert queries.requests_in(db, world.authority) == []
