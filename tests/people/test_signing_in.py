"""Signing in, out and in again, through the pages, on both databases."""

from collections.abc import Callable
from typing import Any

import pytest
from argon2 import Type

from lms.core import work
from lms.core.house import House
from lms.people import sessions
from tests.conftest import StandingClock
from tests.quicker import REAL_HASHER
from tests.world import World

PASSWORD = "three small owls"


@pytest.fixture
def with_password(house: House, world: World) -> World:
    """The PA has a password."""
    with house.database.writing() as db:
        sessions.set_password(db, person_id=world.pa, password=PASSWORD, by=world.pa, now=house.clock())
    return world


def sign_in(browser: Any, email: str = "pat.morgan@example.com", password: str = PASSWORD) -> Any:
    return browser.submit("/sign-in", {"email": email, "password": password})


def test_the_right_password_opens_the_home_page(with_password: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for()
    assert sign_in(browser).status_code == 302
    assert "Pat Morgan" in browser.get("/").get_data(as_text=True)


def test_a_username_is_as_good_as_an_address(with_password: World, browser_for: Callable[..., Any]) -> None:
    assert sign_in(browser_for(), email="  PAT.MORGAN@Example.com ").status_code == 302


def test_a_wrong_password_and_a_stranger_get_the_same_answer(
    with_password: World, browser_for: Callable[..., Any]
) -> None:
    wrong = sign_in(browser_for(), password="not this one")
    nobody = sign_in(browser_for(), email="nobody@example.com")
    assert wrong.status_code == nobody.status_code == 200
    assert "not right" in wrong.get_data(as_text=True)
    assert "not right" in nobody.get_data(as_text=True)
    assert "<title>Error: Sign in" in wrong.get_data(as_text=True)


def test_guessing_is_slowed_but_the_real_person_gets_in(with_password: World, browser_for: Callable[..., Any]) -> None:
    own_phone = browser_for()
    sign_in(own_phone)
    stranger = browser_for()
    answers = [sign_in(stranger, password=f"guess number {n}").status_code for n in range(8)]
    assert answers[:5] == [200] * 5
    assert set(answers[5:]) == {429}
    assert sign_in(stranger).status_code == 429
    own_phone.post("/sign-out")
    assert sign_in(own_phone).status_code == 302


def test_the_wait_ends(with_password: World, browser_for: Callable[..., Any], clock: StandingClock) -> None:
    stranger = browser_for()
    for n in range(6):
        sign_in(stranger, password=f"guess number {n}")
    clock.on(minutes=1)
    assert sign_in(stranger).status_code == 302


def test_a_copied_cookie_is_dead_after_signing_out(with_password: World, browser_for: Callable[..., Any]) -> None:
    browser = browser_for()
    sign_in(browser)
    with browser._client.session_transaction() as cookie:
        copied = dict(cookie)
    browser.post("/sign-out")
    with browser._client.session_transaction() as cookie:
        cookie.update(copied)
    assert browser.get("/account").status_code == 302


def test_sign_out_everywhere_ends_the_other_phone(with_password: World, browser_for: Callable[..., Any]) -> None:
    here, there = browser_for(), browser_for()
    sign_in(here)
    sign_in(there)
    here.post("/sign-out", {"everywhere": "yes"})
    assert there.get("/account").status_code == 302


def test_a_new_password_signs_other_phones_out(with_password: World, browser_for: Callable[..., Any]) -> None:
    here, there = browser_for(), browser_for()
    sign_in(here)
    sign_in(there)
    assert here.post("/account/password", {"password": "four large owls"}).status_code == 302
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 302


def test_a_post_without_token_is_refused_and_says_what_to_do(
    with_password: World, browser_for: Callable[..., Any]
) -> None:
    answer = browser_for(with_password.pa).post_raw("/account", {"name": "Somebody Else"})
    assert answer.status_code == 400
    assert "reload the page" in answer.get_data(as_text=True)


def test_the_session_of_staff_ends_with_the_working_day(
    world: World, browser_for: Callable[..., Any], clock: StandingClock
) -> None:
    staff, pa = browser_for(world.coordinator), browser_for(world.pa)
    clock.on(hours=11)
    assert staff.get("/account").status_code == 302
    assert pa.get("/account").status_code == 200


def test_next_leads_only_to_this_site(with_password: World, browser_for: Callable[..., Any]) -> None:
    for wanted in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = browser_for().submit(
            f"/sign-in?next={wanted}", {"email": "pat.morgan@example.com", "password": PASSWORD}
        )
        assert answer.location == "/"


@pytest.mark.parametrize("name", ["x" * 1_000_000, "\u202eevil", "<script>alert(1)</script>", "a\x00b"])
def test_hostile_names_are_refused_or_harmless(world: World, browser_for: Callable[..., Any], name: str) -> None:
    browser = browser_for(world.pa)
    answer = browser.post("/account", {"name": name, "language": "en"})
    assert answer.status_code in {200, 302, 400, 413}
    page = browser.get("/account").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "\x00" not in page


def test_what_has_no_use_any_more_is_deleted_and_nothing_else(
    with_password: World, house: House, browser_for: Callable[..., Any], clock: StandingClock
) -> None:
    old, fresh = browser_for(), browser_for()
    sign_in(old)
    old.post("/sign-out")
    sign_in(fresh)
    with house.database.writing() as db:
        sessions.ask_for_link(db, identifier="pat.morgan@example.com", now=clock())
    clock.on(days=2)
    sessions.forget_old(house, clock())
    assert fresh.get("/account").status_code == 200
    with house.database.reading() as db:
        left = {
            name: db.connection().exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()  # noqa: S608  our own tables
            for name in ("lms_session", "lms_sign_in_link", "lms_sign_in_try")
        }
    assert left == {"lms_session": 1, "lms_sign_in_link": 0, "lms_sign_in_try": 0}


def test_somebody_who_came_in_by_link_is_known_on_this_phone_from_then_on(
    with_password: World, house: House, browser_for: Callable[..., Any]
) -> None:
    own_phone, stranger = browser_for(), browser_for()
    own_phone.submit("/sign-in/link", {"email": "pat.morgan@example.com"})
    work.do_all(house, now=house.clock())
    outbox = house.settings.outbox
    assert outbox is not None
    path = "/sign-in/link/" + next(outbox.glob("*.eml")).read_text().split("/sign-in/link/")[1].split()[0]
    assert own_phone.post(path).status_code == 302
    own_phone.post("/sign-out")
    for n in range(8):
        sign_in(stranger, password=f"guess number {n}")
    assert sign_in(own_phone).status_code == 302


def test_a_password_is_hashed_as_slowly_as_is_recommended() -> None:
    assert REAL_HASHER.type is Type.ID
    assert REAL_HASHER.time_cost >= 3
    assert REAL_HASHER.memory_cost >= 64 * 1024  # KiB: RFC 9106, for where memory is scarce
    assert REAL_HASHER.parallelism >= 4
