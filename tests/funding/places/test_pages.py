"""Pages of places: a PA on a phone asks, takes and gives back; the team opens, looks, writes down; walls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.core import work
from lms.funding.places import ending, queries
from lms.funding.places.words import PlaceState
from tests.funding.places.conftest import Town

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
S = PlaceState


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_a_pa_asks_takes_the_place_and_gives_it_back(town: Town, browser_for: BrowserFor) -> None:
    run, browser = town.open(), browser_for(town.world.pa)
    page = text(browser.get("/places"))
    assert "Moving and handling, one day" in page
    assert "You pay £10.00" in page
    assert browser.submit(f"/places/{run}", {"need": "useful"}).status_code == 302
    page = text(browser.get(f"/places/{run}"))
    assert "A place is yours if you take it" in page
    assert "Answer by 26 November 2026" in page
    assert "an example; ask your council whether it holds" in page
    assert "your authority must confirm" not in page
    ask = _ask(town, run)
    for _ in range(2):
        assert browser.post(f"/places/asks/{ask}/take").status_code == 302
    assert town.states(run) == [S.PLACE]
    assert "Error: " in text(browser.submit(f"/places/asks/{ask}/leave"))
    assert browser.submit(f"/places/asks/{ask}/leave", {"sure": "y"}).status_code == 302
    assert town.states(run) == [S.LEFT]


def _ask(town: Town, run: Any) -> Any:
    with town.house.database.reading() as db:
        return queries.asks_in(db, run)[0].id


def test_asking_without_saying_why_is_an_error_beside_the_question(town: Town, browser_for: BrowserFor) -> None:
    run = town.open()
    page = text(browser_for(town.world.pa).submit(f"/places/{run}"))
    assert "Error: " in page
    assert "Choose why you want to go." in page
    assert town.states(run) == []


def test_who_waits_sees_how_many_are_before_them(town: Town, browser_for: BrowserFor) -> None:
    run, pas = town.open(quota=1), town.pas(3)
    for pa in pas:
        town.ask(run, pa)
    assert "1 person is before you in the line." in text(browser_for(pas[2]).get(f"/places/{run}"))
    assert "You are the next in the line." in text(browser_for(pas[1]).get(f"/places/{run}"))


def test_an_offer_stands_on_the_home_page_and_goes_out_as_a_message(town: Town, browser_for: BrowserFor) -> None:
    run = town.open()
    town.ask(run, town.world.pa)
    work.do_all(town.house, now=town.now)
    assert "A place is yours if you take it" in text(browser_for(town.world.pa).get("/"))
    assert "Moving and handling, one day" in text(browser_for(town.world.pa).get("/messages"))


def test_a_team_opens_a_course(town: Town, browser_for: BrowserFor) -> None:
    browser = browser_for(town.world.funding_officer)
    typed = {
        "what": "RIVERMERE-PLACES-2026-27|CLASS",
        "title": "First aid",
        "held_at": "Weir Bank library",
        "opens_on": ["21", "11", "2026"],
        "closes_on": ["1", "12", "2026"],
        "starts_on": ["10", "12", "2026"],
        "ends_on": ["10", "12", "2026"],
        "quota": "6",
        "cost": "60.00",
        "order": "need",
        "accept_days": "5",
    }
    answer = browser.submit("/places/team/new", typed)
    assert answer.status_code == 302, text(answer)
    page = text(browser.get(answer.location))
    assert "0 of 6 taken or offered" in page
    assert "£50.00" in page
    wrong = text(browser.submit("/places/team/new", {**typed, "quota": "99", "cost": "60.005"}))
    assert "Enter an amount in pounds and pence" in wrong
    assert "at most 12 places" in text(browser.submit("/places/team/new", {**typed, "quota": "99"}))


def test_a_team_sees_what_shows_where_somebody_works(town: Town, browser_for: BrowserFor) -> None:
    run = town.open()
    ask = town.ask(run, town.pas(1, employed=False)[0])
    browser = browser_for(town.world.coordinator)
    assert "PAs who show where they work: 1" in text(browser.get("/"))
    answer = browser.submit(
        f"/places/team/asks/{ask}", {"kind": "contract", "area": "RIVERMERE", "seen_on": ["20", "11", "2026"]}
    )
    assert answer.status_code == 302, text(answer)
    assert town.states(run) == [S.OFFERED]
    assert "A contract: RIVERMERE." in text(browser.get(f"/places/team/asks/{ask}"))


def test_a_team_writes_down_who_was_there_and_calls_off(town: Town, browser_for: BrowserFor) -> None:
    run, other = town.open(), town.open(title="Another")
    asks = [town.ask(run, pa) for pa in (town.world.pa, town.world.second_pa)]
    for ask, pa in zip(asks, (town.world.pa, town.world.second_pa), strict=True):
        town.accept(ask, pa)
    town.house.clock.on(days=19)  # type: ignore[attr-defined]
    browser = browser_for(town.world.coordinator)
    assert browser.submit(f"/places/team/{run}/there", {"there": str(asks[0])}).status_code == 302
    assert town.states(run) == [S.ATTENDED, S.MISSED]
    assert browser.submit(f"/places/team/{other}/call-off", {"sure": "y"}).status_code == 302
    assert "Called off" in text(browser.get("/places/team?over=1"))


def test_pages_are_behind_their_walls(town: Town, browser_for: BrowserFor) -> None:
    run = town.open()
    ask = town.ask(run, town.world.pa)
    nobody = [browser_for(each) for each in (town.world.second_pa, town.world.other_pa)]
    for browser in nobody:
        assert browser.post(f"/places/asks/{ask}/take").status_code == 404
    assert browser_for(town.world.other_pa).get(f"/places/{run}").status_code == 404
    far = browser_for(town.world.other_coordinator)
    for path in (f"/places/team/{run}", f"/places/team/asks/{ask}", f"/places/team/{run}/there"):
        assert far.get(path).status_code == 404
        assert browser_for(town.world.pa).get(path).status_code == 403
    assert browser_for(town.world.pa).get(f"/places/{uuid4()}").status_code == 404
    assert town.states(run) == [S.OFFERED]


def test_the_calendar_offers_the_place_to_the_next(town: Town, browser_for: BrowserFor) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    for pa in pas:
        town.ask(run, pa)
    ending.sweep(town.house, town.now + timedelta(days=6))
    assert "The offer ran out" in text(browser_for(pas[0]).get(f"/places/{run}"))
    assert "A place is yours if you take it" in text(browser_for(pas[1]).get(f"/places/{run}"))
