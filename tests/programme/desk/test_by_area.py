"""Areas on the desk: the table by area, lists narrowed by area and their files, and saying who belongs where."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.house import House
from lms.learning import services as learning
from lms.people.areas import queries, services
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def north(house: House, world: World, clock: Any) -> UUID:
    """The first PA belongs to the north, the second one to no area; both are on the course for two months."""
    id = uuid4()
    given = {"authority_id": world.authority, "by": world.coordinator, "now": clock()}
    with house.database.writing() as db:
        for pa in (world.pa, world.second_pa):
            learning.enrol(db, learner_id=pa, course="PAI", **given)
        services.add_area(db, id=id, code="N-1", name="North", name_cy="Y Gogledd", **given)
        services.give_areas(db, areas={world.pa: id}, **given)
    clock.on(days=60)
    return id


def test_each_number_by_area_opens_a_list_of_as_many(browser_for: BrowserFor, world: World, north: UUID) -> None:
    browser = browser_for(world.coordinator)
    page = browser.get("/desk/by-area").get_data(as_text=True)
    found = re.findall(r'<a class="govuk-link" href="([^"]+)">(\d+)<span class="govuk-visually-hidden">', page)
    assert [int(number) for _address, number in found] == [1, 0, 0, 0, 1] * 2
    for address, number in found:
        answer = browser.get(address.replace("&amp;", "&")).get_data(as_text=True)
        assert len(re.findall(r'<td[^>]*data-label="Name"', answer)) == int(number)
    sheet = list(csv.reader(io.StringIO(browser.get("/desk/by-area.csv").get_data(as_text=True).lstrip("\ufeff"))))
    assert [row[:3] for row in sheet[1:]] == [["North", "N-1", "1"], ["No area", "", "1"]]
    assert browser.get("/desk/by-area.xlsx").data.startswith(b"PK")


def test_lists_say_the_area_and_keep_it_when_saved(browser_for: BrowserFor, world: World, north: UUID) -> None:
    browser = browser_for(world.coordinator)
    for address in (f"/desk/learners?area={north}", f"/desk/stuck?area={north}"):
        page = browser.get(address).get_data(as_text=True)
        assert len(re.findall(r'<td[^>]*data-label="Name"', page)) == 1
        assert f'<option value="{north}" selected>North</option>' in page
    rows = list(csv.DictReader(io.StringIO(browser.get("/desk/learners.csv").get_data(as_text=True).lstrip("\ufeff"))))
    assert sorted((row["Area"], row["Area code"]) for row in rows) == [("", ""), ("North", "N-1")]
    browser.post("/desk/views", data={"which": "working", "area": str(north), "called": "In the north"})
    assert f"area={north}" in browser.get("/desk").get_data(as_text=True)


def test_an_area_that_is_none_narrows_nothing(browser_for: BrowserFor, world: World, north: UUID) -> None:
    page = browser_for(world.coordinator).get("/desk/learners?area=x%27").get_data(as_text=True)
    assert len(re.findall(r'<td[^>]*data-label="Name"', page)) == 2


def test_an_area_is_added_named_and_given_on_pages(
    browser_for: BrowserFor, house: House, world: World, north: UUID
) -> None:
    browser = browser_for(world.coordinator)
    answer = browser.post("/desk/areas", data={"name": "South", "code": "N-1"}).get_data(as_text=True)
    assert "Another area has this name or code" in answer
    assert 'value="South"' in answer, "what was typed stays"
    browser.post("/desk/areas", data={"name": "South", "code": "S-1", "once": str(uuid4())})
    with house.database.reading() as db:
        south = next(each.id for each in queries.areas_of(db, world.authority) if each.code == "S-1")
    assert browser.post(f"/desk/people/{world.second_pa}/area", data={"area": str(south)}).status_code == 302
    assert browser.post(f"/desk/employers/{world.employer}/area", data={"area": str(south)}).status_code == 302
    browser.post(f"/desk/areas/{south}", data={"name": "South side", "code": "S-1", "closed": "y"})
    with house.database.reading() as db:
        assert queries.area_of_people(db, world.authority) == {world.pa: north, world.second_pa: south}
        assert queries.area_of_employers(db, world.authority) == {world.employer: south}
        assert queries.area(db, south, world.authority).closed
    assert "South side" in browser.get(f"/desk/people/{world.second_pa}").get_data(as_text=True)


@pytest.mark.parametrize("area", ["none", "x", str(UUID(int=7))])
def test_what_is_no_area_of_ours_is_given_to_nobody(
    browser_for: BrowserFor, house: House, world: World, north: UUID, area: str
) -> None:
    browser = browser_for(world.coordinator)
    assert browser.post(f"/desk/people/{world.second_pa}/area", data={"area": area}).status_code == 404
    with house.database.reading() as db:
        assert queries.area_of_people(db, world.authority) == {world.pa: north}


def test_another_councils_areas_and_people_are_not_found(browser_for: BrowserFor, world: World, north: UUID) -> None:
    theirs = browser_for(world.other_coordinator)
    assert theirs.get(f"/desk/areas/{north}").status_code == 404
    assert theirs.post(f"/desk/people/{world.pa}/area", data={"area": str(north)}).status_code == 404
    assert theirs.post(f"/desk/people/{world.pa}/area", data={"area": ""}).status_code == 404
    assert theirs.get(f"/desk/by-area?authority={world.authority}").status_code == 404
    assert "North" not in theirs.get("/desk/by-area").get_data(as_text=True)
