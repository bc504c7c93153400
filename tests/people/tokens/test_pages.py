"""The pages of tokens: made, shown once, ended; by whoever may, and for one's own authority."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.words import NotFound
from lms.people.secrets import digest
from lms.people.tokens import queries, services
from lms.people.tokens.models import SystemToken
from lms.people.tokens.rules import Scope
from tests.world import World

BrowserFor = Callable[..., Any]
FORM = {"system": "Council website", "scopes": "register.listings"}


def shown(page: str) -> str:
    found = re.search(r'<code id="secret">([^<]+)</code>', page)
    assert found
    return found.group(1)


def test_a_token_is_shown_once(house: House, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.admin)
    answer = browser.submit("/systems/new", FORM | last_day(house))
    secret = shown(answer.text)
    assert secret.startswith("palms_")
    assert secret not in browser.get("/systems").text
    with house.database.reading() as db:
        row = db.scalars(select(SystemToken)).one()
        assert row.secret_digest == digest(secret)
        found = queries.token_with(db, secret, london_day(house.clock()))
        assert found is not None
        assert found.scopes == {Scope.LISTINGS}


def last_day(house: House, days: int = 30) -> dict[str, str]:
    return {"ends_on": (london_day(house.clock()) + timedelta(days=days)).isoformat()}


def test_a_double_tap_makes_one_token_and_the_page_one_sees_has_the_right_one(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.register_manager)
    data = FORM | last_day(house) | {"once": str(uuid4())}
    first, second = (shown(browser.post("/systems/new", data).text) for _tap in range(2))
    assert first != second
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SystemToken)) == 1
        assert queries.token_with(db, first, london_day(house.clock())) is None
        assert queries.token_with(db, second, london_day(house.clock())) is not None


def test_one_in_use_is_not_given_another_secret(house: House, world: World, browser_for: BrowserFor) -> None:
    browser, data = browser_for(world.admin), FORM | last_day(house) | {"once": str(uuid4())}
    browser.post("/systems/new", data)
    with house.database.writing() as db:
        services.used(db, token_id=db.scalars(select(SystemToken.id)).one(), on=london_day(house.clock()))
    assert "nobody can read it any more" in browser.post("/systems/new", data).text
    assert browser_for(world.register_manager).post("/systems/new", data).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"system": ""}, "Enter the name of the system"),
        ({"system": "x" * 81}, "80 characters"),
        ({"scopes": []}, "Choose what the system may ask for"),
        ({"scopes": "everything"}, "Not a valid choice"),
        ({"ends_on": "2020-01-01"}, "Choose a last day"),
        ({"ends_on": "2099-01-01"}, "Choose a last day"),
    ],
)
def test_mistakes_are_named_and_make_nothing(
    house: House, world: World, browser_for: BrowserFor, wrong: dict[str, Any], says: str
) -> None:
    answer = browser_for(world.admin).submit("/systems/new", FORM | last_day(house) | wrong)
    assert "Error:" in answer.text
    assert says in answer.text or "not a valid choice" in answer.text.lower()
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(SystemToken)) == 0


def test_ending_is_asked_first_and_done_once(house: House, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.admin)
    secret = shown(browser.submit("/systems/new", FORM | last_day(house)).text)
    with house.database.reading() as db:
        token_id = db.scalars(select(SystemToken.id)).one()
    assert "cannot be taken back" in browser.get(f"/systems/{token_id}/end").text
    for _tap in range(2):
        assert browser.post(f"/systems/{token_id}/end").status_code == 302
    with house.database.reading() as db:
        assert queries.token_with(db, secret, london_day(house.clock())) is None
    assert "Tokens that open nothing any more" in browser.get("/systems").text


def test_another_authoritys_token_is_not_there(house: House, world: World, browser_for: BrowserFor) -> None:
    key = uuid4()
    with house.database.writing() as db:
        services.make(
            db,
            once=key,
            authority_id=world.other_authority,
            system="Theirs",
            scopes=[Scope.LISTINGS],
            ends_on=london_day(house.clock()),
            by=world.admin,
            now=house.clock(),
        )
    browser = browser_for(world.admin)
    assert "Theirs" not in browser.get("/systems").text
    assert browser.get(f"/systems/{key}/end").status_code == 404
    assert browser.post(f"/systems/{key}/end").status_code == 404
    assert browser.get(f"/systems?authority={world.other_authority}").status_code == 404
    assert browser.get(f"/systems/new?authority={world.other_authority}").status_code == 404
    with house.database.writing() as db, pytest.raises(NotFound):
        services.end(db, token_id=key, authority_id=world.authority, by=world.admin, now=house.clock())
    for nobody in (world.register_officer, world.coordinator, world.pa):
        assert browser_for(nobody).get("/systems").status_code == 403
