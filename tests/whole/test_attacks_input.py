"""Input nobody types: each gets a page that says so, never an error on our side."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from lms.core.house import House
from lms.people import services
from lms.people.rules import Role
from tests.world import World

LISTS = {
    "/people": "coordinator",
    "/learners": "coordinator",
    "/register/people": "register_officer",
}


@pytest.mark.parametrize("path", LISTS)
def test_a_character_no_database_keeps_is_refused_in_an_address(
    path: str, world: World, browser_for: Callable[..., Any]
) -> None:
    browser = browser_for(getattr(world, LISTS[path]))
    assert browser.get(f"{path}?name=a%00b").status_code == 400
    assert browser.get(f"{path}?name=ab").status_code == 200


@pytest.mark.parametrize("path", ["/verify/a%00b", "/invitation/a%00b", "/learning/%00", "/static/%00"])
def test_it_is_not_found_in_a_path(path: str, world: World, browser_for: Callable[..., Any]) -> None:
    assert browser_for(world.pa).get(path).status_code == 404


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/link"])
def test_it_is_refused_in_a_form(path: str, world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for()
    sent = {"email": "a\0b@example.com", "password": "three small owls"}
    assert browser.submit(path, sent).status_code == 400
    assert browser.submit(path, {"email\0": "a", **sent, "email": "a@example.com"}).status_code == 400


BENDING = ("endpoint=x", "_method=DELETE", "_scheme=javascript&_external=1", "_anchor=x", "self=x")


def test_nothing_in_an_address_bends_the_links_to_further_pages(
    world: World, house: House, browser_for: Callable[..., Any]
) -> None:
    now = house.clock()
    with house.database.writing() as db:
        for number in range(60):
            pa = services.add_person(db, name=f"Pat {number:03}", username=f"pat.{number}", by=None, now=now)
            services.give_role(db, person_id=pa, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    browser = browser_for(world.coordinator)
    for bending in BENDING:
        answer = browser.get(f"/people?name=Pat&{bending}")
        assert answer.status_code == 200, bending
        links = re.findall(r'href="([^"]*page=2[^"]*)"', answer.get_data(as_text=True))
        assert links, bending
        assert all(link.startswith("/people?") and "name=Pat" in link for link in links), bending


def test_numbers_in_a_path_are_bounded(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.pa)
    for number in ("9" * 5000, "-1", "0", "99999999", "٣"):
        assert browser.get(f"/learning/checks/{UUID(int=3)}/questions/{number}").status_code == 404, number[:9]


@pytest.mark.parametrize("path", ["/people", "/learners", "/register/people", "/funding/claims", "/assessors"])
def test_numbers_of_pages_are_bounded(path: str, world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.register_officer if "register" in path else world.coordinator)
    for number in ("9" * 5000, "9999999", "-1", "0", "٣", "1e9", ""):
        assert browser.get(path, query_string={"page": number}).status_code == 200, number[:9]
