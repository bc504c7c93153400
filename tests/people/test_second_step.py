"""Signing in with a second step: needed, right, wrong, used twice, and never a way around it."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.core.house import House
from lms.people import second_factor, sessions
from tests.conftest import StandingClock
from tests.world import World

PASSWORD = "three small owls"
EMAIL = "ada.admin@example.com"


@pytest.fixture
def secret(house: House, world: World, clock: StandingClock) -> str:
    """The administrator's secret, with the second step on since yesterday."""
    made = second_factor.new_secret()
    clock.on(days=-1)
    with house.database.writing() as db:
        sessions.set_password(db, person_id=world.admin, password=PASSWORD, by=world.admin, now=clock())
        code = second_factor.code_now(made, clock())
        second_factor.turn_on(db, person_id=world.admin, secret=made, code=code, now=clock())
    clock.on(days=1)
    return made


def half_in(browser: Any) -> None:
    answer = browser.submit("/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert answer.location == "/sign-in/code"


def test_the_password_alone_opens_nothing(secret: str, browser_for: Callable[..., Any]) -> None:
    browser = browser_for()
    half_in(browser)
    assert browser.get("/account").status_code == 302


def test_the_right_code_opens_the_door(secret: str, browser_for: Callable[..., Any], clock: StandingClock) -> None:
    browser = browser_for()
    half_in(browser)
    assert browser.submit("/sign-in/code", {"code": second_factor.code_now(secret, clock())}).status_code == 302
    assert browser.get("/account").status_code == 200


def test_a_code_works_once(secret: str, browser_for: Callable[..., Any], clock: StandingClock) -> None:
    code = second_factor.code_now(secret, clock())
    first, second = browser_for(), browser_for()
    for browser in (first, second):
        half_in(browser)
    assert first.submit("/sign-in/code", {"code": code}).status_code == 302
    assert "not right" in second.submit("/sign-in/code", {"code": code}).get_data(as_text=True)


def test_guessing_codes_is_slowed(secret: str, browser_for: Callable[..., Any]) -> None:
    browser = browser_for()
    half_in(browser)
    answers = [browser.submit("/sign-in/code", {"code": f"{n:06}"}).status_code for n in range(7)]
    assert answers[-1] == 429


def test_an_emailed_link_does_not_go_around_it(
    secret: str, house: House, world: World, browser_for: Callable[..., Any]
) -> None:
    from lms.core import work

    browser = browser_for()
    browser.submit("/sign-in/link", {"email": EMAIL})
    work.do_all(house, now=house.clock())
    outbox = house.settings.outbox
    assert outbox is not None
    mail = next(outbox.glob("*.eml")).read_text()
    path = "/sign-in/link/" + mail.split("/sign-in/link/")[1].split()[0]
    assert browser.post(path).location == "/sign-in/code"
    assert browser.get("/account").status_code == 302


def test_half_in_ends_after_five_minutes(secret: str, browser_for: Callable[..., Any], clock: StandingClock) -> None:
    browser = browser_for()
    half_in(browser)
    clock.on(minutes=6)
    assert browser.get("/sign-in/code").location == "/sign-in"


def test_turning_it_on_needs_the_right_code(world: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for(world.coordinator)
    assert "not right" in browser.submit("/account/second-step", {"code": "000000"}).get_data(as_text=True)
