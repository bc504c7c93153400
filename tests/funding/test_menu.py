"""The desk's pages about money for training share a second row of links; the menu keeps two of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.conftest import NOON
from tests.world import World

BrowserFor = Callable[..., Any]
_ROW = re.compile(r'<nav class="palms-second-row".*?</nav>', re.DOTALL)
_CURRENT = re.compile(r'href="([^"]+)" aria-current="page"')
_MENU = re.compile(r'<a class="govuk-service-navigation__link" href="([^"]+)"(?: aria-current="(true|page)")?')


def _addresses(page: str) -> list[str]:
    found = _ROW.search(page)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


def test_every_page_of_the_row_is_marked_in_it_and_in_the_menu(browser_for: BrowserFor, world: World) -> None:
    desk = browser_for(world.coordinator)
    row = _addresses(desk.get("/funding/board").text)
    assert len(row) == 8
    for address in row:
        page = desk.get(address).text
        assert _addresses(page) == row
        assert _CURRENT.findall(page) == [address]
        marked = "/funding/claims" if address == "/funding/claims" else "/funding/board"
        assert [place for place, current in _MENU.findall(page) if current] == [marked]


def test_the_menu_of_the_desk_keeps_two_of_them(browser_for: BrowserFor, world: World) -> None:
    desk = browser_for(world.coordinator)
    row = _addresses(desk.get("/funding/board").text)
    menu = [place for place, _ in _MENU.findall(desk.get("/account").text)]
    assert [place for place in row if place in menu] == ["/funding/board", "/funding/claims"]


@pytest.mark.parametrize("address", ["/account", "/learners"])
def test_other_pages_have_no_second_row(browser_for: BrowserFor, world: World, address: str) -> None:
    assert "palms-second-row" not in browser_for(world.coordinator).get(address).text


def test_who_is_not_of_the_desk_has_no_second_row(browser_for: BrowserFor, world: World) -> None:
    assert "palms-second-row" not in browser_for(world.pa).get("/account").text


def test_the_links_stay_with_the_council_that_was_asked_for(
    browser_for: BrowserFor, house: House, world: World
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db, person_id=world.coordinator, organisation_id=world.other_authority, role=Role.COORDINATOR,
            by=None, now=NOON,
        )  # fmt: skip
    desk = browser_for(world.coordinator)
    for authority in (world.authority, world.other_authority):
        page = desk.get(f"/funding/budgets?authority={authority}").text
        assert {place.partition("?")[2] for place in _addresses(page)} == {f"authority={authority}"}
    strange = _addresses(desk.get(f"/funding/claims?authority={world.college}").text)
    assert {place.partition("?")[2] for place in strange} == {""}


def test_ones_own_pages_have_no_second_row_though_one_works_at_the_desk(
    browser_for: BrowserFor, house: House, world: World
) -> None:
    with house.database.writing() as db:
        for role, place in ((Role.PA, world.authority), (Role.EMPLOYER, world.employer)):
            people.give_role(
                db, person_id=world.coordinator, organisation_id=place, role=role, by=None, now=NOON
            )  # fmt: skip
    both = browser_for(world.coordinator)
    for own in ("/places", "/training-money", "/training-permissions"):
        page = both.get(own)
        assert page.status_code == 200
        assert "palms-second-row" not in page.text, own
    assert "palms-second-row" in both.get("/places/team").text
