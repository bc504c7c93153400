"""The pages: a PA agrees, sees who was told what, and takes it back; the register team sees which systems asked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.house import House
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.feed import queries
from lms.register.feed.events import TellingAgreed, TellingDeclined, TellingTakenBack
from lms.register.feed.models import FeedAgreement
from lms.register.feed.rules import Told
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage
from tests.world import World

BrowserFor = Callable[..., Any]


def said(house: House, world: World) -> queries.Agreement | None:
    with house.database.reading() as db:
        return queries.agreement_of(db, world.pa, world.authority)


def test_a_pa_agrees_reads_what_is_told_and_takes_it_back(
    house: House, stage: Stage, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        stage.stands(db, world.pa, ListingState.LISTED)
    browser, path = browser_for(world.pa), f"/register/{world.authority}/feed"
    page = browser.get(path).text
    assert "See exactly what that is today" in page
    assert "National Insurance number" in page
    told = page.partition('name="told" value="')[2].partition('"')[0]
    assert browser.submit(path, {"told": told}).status_code == 302
    answer = said(house, world)
    assert answer is not None
    assert answer.agreed
    assert Told.VERDICT not in answer.told
    page = browser.get(path).text
    assert "What they are told now" in page
    assert "Pat Morgan" in page
    assert "No system was told anything about you." in page
    assert browser.submit(path, to=f"{path}/take-back").status_code == 302
    answer = said(house, world)
    assert answer is not None
    assert not answer.agreed
    with house.database.reading() as db:
        assert queries.count_listed(db, world.authority) == 0


def test_a_pa_agrees_to_nothing_they_did_not_read(house: House, world: World, browser_for: BrowserFor) -> None:
    browser, path = browser_for(world.pa), f"/register/{world.authority}/feed"
    browser.submit(path, {"told": "display_name"})
    answer = said(house, world)
    assert answer is not None
    assert answer.told == {Told.NAME}
    assert "The council now lets more be told" in browser.get(path).text
    refused = browser.submit(path, {"told": "display_name,profile,area,languages,availability"})
    assert "has changed since you opened this page" in refused.text or refused.status_code == 302


def test_a_pa_says_no_once(house: House, world: World, browser_for: BrowserFor) -> None:
    browser, path = browser_for(world.pa), f"/register/{world.authority}/feed"
    for _tap in range(2):
        browser.submit(path, to=f"{path}/take-back")
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(FeedAgreement)) == 1
    answer = said(house, world)
    assert answer is not None
    assert not answer.agreed
    assert "No, do not tell them" not in browser.get(path).text


def test_who_was_told_what(
    house: House, stage: Stage, listed: UUID, browser_for: BrowserFor, ask: Callable[..., Any]
) -> None:
    with house.database.writing() as db:
        token = stage.token(db, system="County website")
    ask("RIVERMERE/listings", token)
    ask(f"RIVERMERE/people/{listed}/verdict", token)
    page = browser_for(listed).get(f"/register/{stage.authority}/feed").text
    assert page.count("County website") == 1
    assert "where you stand with everything" in page
    with house.database.reading() as db:
        officer = people.people_in(db, stage.authority, Role.REGISTER_OFFICER, stage.now.date())[0].id
    team = browser_for(officer).get("/register/feed").text
    assert "County website" in team
    assert "Pat Morgan" in team
    assert "Systems that may ask" not in team.partition("<main")[2]


def test_only_ones_own(world: World, browser_for: BrowserFor) -> None:
    assert browser_for(world.pa).get(f"/register/{world.other_authority}/feed").status_code == 404
    assert (
        browser_for(world.register_officer).get(f"/register/feed?authority={world.other_authority}").status_code == 404
    )
    assert browser_for(world.coordinator).get("/register/feed").status_code == 403


def test_the_question_stands_on_the_home_page_once_there_is_a_system(
    house: House, stage: Stage, world: World, browser_for: BrowserFor
) -> None:
    with house.database.writing() as db:
        stage.stands(db, world.pa, ListingState.SUBMITTED)
    question = "May other systems be told about you?"
    assert question not in browser_for(world.pa).get("/").text
    with house.database.writing() as db:
        stage.token(db)
    assert question in browser_for(world.pa).get("/").text
    with house.database.writing() as db:
        stage.agrees(db, world.pa)
    assert question not in browser_for(world.pa).get("/").text


def test_a_pa_is_asked_when_they_apply(house: House, world: World, browser_for: BrowserFor) -> None:
    browser, path = browser_for(world.pa), f"/register/{world.authority}/apply"
    page = browser.get(path).text
    assert "I agree that other systems are told this about me" in page
    told = page.partition('name="told" value="')[2].partition('"')[0]
    assert browser.submit(path, {"tell": "yes", "told": told}).status_code == 302
    answer = said(house, world)
    assert answer is not None
    assert answer.agreed
    assert {one.value for one in answer.told} == set(told.split(","))


def test_applying_without_it_says_nothing(house: House, world: World, browser_for: BrowserFor) -> None:
    browser_for(world.pa).submit(f"/register/{world.authority}/apply")
    assert said(house, world) is None


def test_facts_name_what_is_told_and_never_its_content(house: House, world: World, stage: Stage) -> None:
    from lms.core.events import told

    with house.database.writing() as db:
        stage.agrees(db, world.pa)
    with house.database.reading() as db:
        (one,) = told(db, [TellingAgreed, TellingTakenBack, TellingDeclined])
        assert set(one) == {"authority_id", "told"}
        assert "Pat" not in str(one)
