"""The pages of notifications: who may open them, what they show, and what a press does."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from lms.core.house import House
from lms.register.webhooks import queries
from lms.register.webhooks.signing import secret
from tests.register.webhooks.answering import System
from tests.register.webhooks.conftest import KEY, News
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
LIST = "/register/notifications"
Browsers = Callable[..., Any]


def names(house: House, world: World) -> list[str]:
    with house.database.reading() as db:
        return [each.name for each in queries.webhooks_of(db, world.authority)]


def test_a_system_is_added_once_and_its_secret_shown_once(
    house: House, world: World, browser_for: Browsers, there: System
) -> None:
    browser = browser_for(world.register_manager)
    answer = browser.submit(LIST + "/add", {"name": "Council website", "url": there.url})
    shown = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.text)
    assert shown
    assert answer.headers["Cache-Control"] == "no-store"
    page = browser.get(LIST).text
    assert "Council website" in page
    assert "whsec_" not in page
    with house.database.reading() as db:
        (found,) = queries.webhooks_of(db, world.authority)
    assert shown[0] == secret(KEY, found.id, 1)
    assert "whsec_" not in browser.get(f"{LIST}/{found.id}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "url": "https://a.example.org/"}, "Give the system a name."),
        ({"name": "A", "url": ""}, "Enter the address."),
        ({"name": "A", "url": "https://me:pw@a.example.org/"}, "Leave the user name and password out"),
        ({"name": "A", "url": "https://192.168.1.1/"}, "leads into a network of ours"),
        ({"name": "A", "url": "ftp://a.example.org/"}, "has to begin with https://"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    house: House, world: World, browser_for: Browsers, typed: dict[str, str], said: str
) -> None:
    page = browser_for(world.register_manager).submit(LIST + "/add", typed).text
    assert said in page
    assert all(not value or f'value="{value}"' in page for value in typed.values())
    assert names(house, world) == []


def test_a_test_is_sent_and_what_came_of_it_stands_there(
    world: World, browser_for: Browsers, there: System, added: UUID, deliver: Callable[[], int]
) -> None:
    browser, page = browser_for(world.register_manager), f"{LIST}/{added}"
    browser.submit(page, to=f"{page}/test")
    deliver()
    assert b'"register.test"' in there.got[0].body
    shown = browser.get(page).text
    assert "A test" in shown
    assert "Delivered (204)" in shown
    browser.submit(page, to=re.search(rf'action="({page}/again/[^"]+)"', shown)[1])  # type: ignore[index]
    deliver()
    assert [got.headers["webhook-id"] for got in there.got] == [there.got[0].headers["webhook-id"]] * 2


def test_stopped_nothing_is_sent_and_going_on_brings_what_came_meanwhile(
    world: World, browser_for: Browsers, there: System, added: UUID, news: News, deliver: Callable[[], int]
) -> None:
    browser, page = browser_for(world.register_manager), f"{LIST}/{added}"
    browser.submit(page, to=f"{page}/stop")
    news()
    deliver()
    assert there.got == []
    assert "Nothing is sent to it" in browser.get(page).text
    browser.submit(page, to=f"{page}/go-on")
    deliver()
    assert len(there.got) == 1


def test_one_that_gave_up_stands_on_the_managers_home_page(
    clock: Any, world: World, browser_for: Browsers, there: System, added: UUID, news: News, deliver: Any
) -> None:
    there.answers = [410]
    news()
    deliver()
    assert "A system is not told of your register any more" in browser_for(world.register_manager).get("/").text
    assert "A system is not told" not in browser_for(world.register_officer).get("/").text


def test_ended_it_is_gone_from_the_pages(
    house: House, world: World, browser_for: Browsers, there: System, added: UUID, news: News, deliver: Any
) -> None:
    browser = browser_for(world.register_manager)
    browser.submit(f"{LIST}/{added}/end", to=f"{LIST}/{added}/end")
    assert names(house, world) == []
    assert browser.get(f"{LIST}/{added}").status_code == 404
    news()
    deliver()
    assert there.got == []


def test_nobody_else_finds_it(world: World, browser_for: Browsers, added: UUID) -> None:
    for somebody in (world.pa, world.register_officer, world.coordinator, world.employer_person, world.assessor):
        assert browser_for(somebody).get(f"{LIST}/{added}").status_code in {403, 404}
    manager = browser_for(world.register_manager)
    assert manager.get(f"{LIST}/{world.authority}").status_code == 404
    assert browser_for(world.admin).get(f"{LIST}/{added}").status_code == 200
