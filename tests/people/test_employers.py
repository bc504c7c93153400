"""Employers and those who act for them join by invitation, and see their own PAs only."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from lms.core import work
from lms.core.house import House
from lms.people import households
from lms.people.rules import Role
from tests.world import World

JOINING = {"name": "Nell Price", "language": "en", "password": "a slow green river"}


def link_in_mail(house: House, address: str) -> str:
    work.do_all(house, now=house.clock())
    outbox = house.settings.outbox
    assert outbox is not None
    mail = next(text for path in outbox.glob("*.eml") if f"To: {address}" in (text := path.read_text()))
    found = re.search(r"/invitation/\S+", mail)
    assert found
    return found.group(0)


def test_an_employer_is_invited_and_joins(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    form = {"name": "Nell Price", "email": "nell@example.com", "language": "en", "once": str(uuid4())}
    coordinator = browser_for(world.coordinator)
    assert coordinator.post("/employers/invite", form).status_code == 302
    assert coordinator.post("/employers/invite", form).status_code == 302
    newcomer = browser_for()
    assert newcomer.submit(link_in_mail(house, "nell@example.com"), JOINING).status_code == 302
    assert newcomer.get("/my-pas").status_code == 200
    with house.database.reading() as db:
        assert [e.name for e in households.employers_in(db, world.authority, search="Nell")] == ["Nell Price"]


def test_a_representative_joins_for_one_household(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    form = {"name": "Bo Price", "email": "bo@example.com", "language": "en", "once": str(uuid4())}
    assert browser_for(world.coordinator).post(f"/employers/{world.employer}", form).status_code == 302
    browser_for().submit(link_in_mail(house, "bo@example.com"), JOINING)
    with house.database.reading() as db:
        members = households.members_of(db, world.employer, house.clock().date())
    assert ("Nell Price", Role.REPRESENTATIVE) in {(m.name, m.role) for m in members}


def test_another_authoritys_employer_is_not_found(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.coordinator)
    assert browser.get(f"/employers/{world.other_employer}").status_code == 404
    assert browser.get(f"/employers/{world.college}").status_code == 404
    assert "Eleri" not in browser.get("/employers").get_data(as_text=True)


def test_a_wrong_address_loses_nothing_and_makes_nothing(
    house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    form = {"name": "Nell Price", "email": "not an address", "language": "en", "once": str(uuid4())}
    page = browser_for(world.coordinator).post("/employers/invite", form).get_data(as_text=True)
    assert "in the correct form" in page
    assert 'value="Nell Price"' in page
    with house.database.reading() as db:
        assert households.count_employers_in(db, world.authority, search="Nell") == 0
