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
from tests.register.webhooks.conftest import KEY, Stage
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


def test_a_test_is_sent_and_what_came_of_it_stands_there(stage: Stage, browser_for: Browsers) -> None:
    browser, page = browser_for(stage.world.register_manager), f"{LIST}/{stage.added}"
    browser.submit(page, to=f"{page}/test")
    stage.deliver()
    assert b'"register.test"' in stage.there.got[0].body
    shown = browser.get(page).text
    assert "A test" in shown
    assert "Delivered (204)" in shown
    browser.submit(page, to=re.search(rf'action="({page}/again/[^"]+)"', shown)[1])  # type: ignore[index]
    stage.deliver()
    assert [got.headers["webhook-id"] for got in stage.there.got] == [stage.there.got[0].headers["webhook-id"]] * 2


def test_stopped_nothing_is_sent_and_going_on_brings_what_came_meanwhile(stage: Stage, browser_for: Browsers) -> None:
    browser, page = browser_for(stage.world.register_manager), f"{LIST}/{stage.added}"
    browser.submit(page, to=f"{page}/stop")
    stage.news()
    stage.deliver()
    assert stage.there.got == []
    assert "Nothing is sent to it" in browser.get(page).text
    browser.submit(page, to=f"{page}/go-on")
    stage.deliver()
    assert len(stage.there.got) == 1


def test_one_that_gave_up_stands_on_the_managers_home_page(stage: Stage, browser_for: Browsers) -> None:
    stage.there.answers = [410]
    stage.news()
    stage.deliver()
    assert "A system is not told of your register any more" in browser_for(stage.world.register_manager).get("/").text
    assert "A system is not told" not in browser_for(stage.world.register_officer).get("/").text


def test_ended_it_is_gone_from_the_pages(stage: Stage, browser_for: Browsers) -> None:
    browser = browser_for(stage.world.register_manager)
    browser.submit(f"{LIST}/{stage.added}/end", to=f"{LIST}/{stage.added}/end")
    assert names(stage.house, stage.world) == []
    assert browser.get(f"{LIST}/{stage.added}").status_code == 404
    stage.news()
    stage.deliver()
    assert stage.there.got == []


SEES = ("", "/{id}")
PLACES = (*SEES, "/add", "/{id}/secret", "/{id}/end")
PRESSES = ("/add", "/{id}/secret", "/{id}/end", "/{id}/test", "/{id}/stop", "/{id}/go-on")
AGAIN = "/{id}/again/{id}"
MAY = {"register_manager", "admin"}
PEOPLE = (
    "pa employer_person representative assessor quality_assurer coordinator register_officer funding_officer "
    "other_coordinator other_pa register_manager admin"
).split()


@pytest.mark.parametrize("somebody", PEOPLE)
def test_the_team_sees_what_was_sent_and_managers_and_administrators_alone_choose_where(
    house: House, world: World, browser_for: Browsers, added: UUID, somebody: str
) -> None:
    browser, may = browser_for(getattr(world, somebody)), somebody in MAY
    for place in PLACES:
        sees = may or (place in SEES and somebody == "register_officer")
        assert (browser.get((LIST + place).format(id=added)).status_code == 200) is sees, place
    if may or somebody == "register_officer":  # an administrator has no desk to go back to
        back = "/systems?authority=" if somebody == "admin" else "/register/desk?authority="
        assert f'href="{back}' in browser.get(LIST).get_data(as_text=True).split("<main")[0]
    if not may:
        for place in (*PRESSES, AGAIN):
            assert browser.post((LIST + place).format(id=added)).status_code in {403, 404}, place
        with house.database.reading() as db:
            (found,) = queries.webhooks_of(db, world.authority)
            assert (found.stopped, found.turn, queries.deliveries_of(db, added)[1]) == (None, 1, 0)
    assert browser.get(f"{LIST}/{world.authority}").status_code in {403, 404}


def test_an_officer_sends_a_message_again_and_is_offered_nothing_else(stage: Stage, browser_for: Browsers) -> None:
    stage.news()
    stage.deliver()
    browser, page = browser_for(stage.world.register_officer), f"{LIST}/{stage.added}"
    shown = browser.get(page).text
    assert re.findall(r'<form method="post" action="([^"]+)"', shown)[-1:] == [f"{page}/again/{stage.look()[1][0].id}"]
    assert not any(said in shown for said in ("Send a test", "Make it anew", "Do not tell it any more"))
    browser.submit(page, to=f"{page}/again/{stage.look()[1][0].id}")
    stage.deliver()
    assert len(stage.there.got) == 2


def test_nobody_who_is_not_signed_in_finds_anything(browser_for: Browsers, added: UUID) -> None:
    for place in PLACES:
        answer = browser_for().get((LIST + place).format(id=added))
        assert answer.status_code == 302
        assert "/sign-in" in answer.headers["Location"]
