"""Guessing is slowed where it comes from, and whoever really asks gets in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.app import app_of
from lms.certification.checking import throttle
from lms.certification.checking.models import CheckTry
from lms.certification.checking.rules import BOUNDS, LONGEST_WAIT, Tried, Tries, minutes, wait
from lms.certification.numbers import number_of
from lms.certification.queries import CertificateView
from lms.core.house import House
from lms.people.login import signed_in_viewer
from tests.world import World

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BOUND = BOUNDS[Tried.NUMBER]


def said(answer: Any) -> str:
    return answer.get_data(as_text=True)  # type: ignore[no-any-return]


def guess(browser: Any, first: int, count: int) -> list[int]:
    return [browser.get(f"/verify/{number_of(first + n)}").status_code for n in range(count)]


@pytest.mark.parametrize("tried", list(Tried))
def test_a_few_tries_are_free_and_then_it_takes_longer_and_longer(tried: Tried) -> None:
    free = BOUNDS[tried].free
    waits = [wait(Tries(here, NOW, here), BOUNDS[tried], NOW) for here in range(free + 12)]
    assert not any(waits[:free])
    assert waits[free : free + 3] == [timedelta(seconds=s) for s in (30, 60, 120)]
    assert waits[-1] == LONGEST_WAIT
    assert waits == sorted(waits)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(0, 7200))
def test_nobody_waits_longer_than_a_quarter_of_an_hour(here: int, in_all: int, ago: int) -> None:
    found = wait(Tries(here, NOW - timedelta(seconds=ago) if here else None, in_all), BOUND, NOW)
    assert timedelta() <= found <= LONGEST_WAIT
    assert not found or 1 <= minutes(found) <= 15
    if ago >= LONGEST_WAIT.total_seconds() or not here:
        assert not found


def test_whoever_has_not_tried_in_vain_is_never_slowed_by_others() -> None:
    assert not wait(Tries(0, None, 10**9), BOUND, NOW)
    assert wait(Tries(1, NOW, BOUND.all_around), BOUND, NOW)


def test_guessing_is_slowed_and_goes_on_later(browser_at: Any, issued: CertificateView, clock: Any) -> None:
    browser = browser_at("192.0.2.7")
    assert guess(browser, 1000, BOUND.free) == [404] * BOUND.free
    slowed = browser.get(f"/verify/{number_of(5000)}")
    assert slowed.status_code == 429
    assert "Wait 1 minute, then try again." in said(slowed)
    assert slowed.headers["Retry-After"] == "60"
    assert browser.get(f"/verify/{issued.number}").status_code == 429  # else it would tell which guess was right
    clock.on(seconds=31)
    assert browser.get(f"/verify/{issued.number}").status_code == 200
    assert guess(browser, 2000, 2) == [404, 429]


def test_others_are_not_slowed(
    browser_at: Any, browser_for: Callable[..., Any], issued: CertificateView, world: World
) -> None:
    guess(browser_at("192.0.2.7"), 1000, BOUND.free + 1)
    address = f"/verify/{issued.number}"
    assert browser_at("192.0.2.7").get(address).status_code == 429
    assert browser_at("192.0.2.8").get(address).status_code == 200
    assert browser_at("192.0.2.7", world.coordinator).get(address).status_code == 200  # counted by herself


def test_one_network_of_the_sixth_version_is_one_place(browser_at: Any, issued: CertificateView) -> None:
    for n in range(BOUND.free):
        guess(browser_at(f"2001:db8::{n:x}"), 1000 + n, 1)
    address = f"/verify/{issued.number}"
    assert browser_at("2001:db8::ffff").get(address).status_code == 429
    assert browser_at("2001:db8:1::1").get(address).status_code == 200
    assert browser_at("not an address").get(address).status_code == 200


def test_guessing_from_many_places_slows_only_those_places(
    browser_at: Any, issued: CertificateView, house: House, now: datetime
) -> None:
    with house.database.writing() as db:
        db.add_all(CheckTry(tried=Tried.NUMBER, place=f"p{n}", about=None, at=now) for n in range(BOUND.all_around))
    fresh = browser_at("192.0.2.9")
    assert fresh.get(f"/verify/{issued.number}").status_code == 200
    assert guess(fresh, 1000, 2) == [404, 429]


def test_slips_of_the_hand_are_not_counted(browser_at: Any, issued: CertificateView) -> None:
    browser = browser_at("192.0.2.7")
    wrong = issued.number[:-1] + ("2" if issued.number[-1] != "2" else "3")
    assert {browser.get(f"/verify/{wrong}").status_code for _ in range(30)} == {404}
    assert browser.get(f"/verify/{issued.number}").status_code == 200


def test_names_are_slowed_for_one_certificate(browser_at: Any, issued: CertificateView, clock: Any) -> None:
    browser = browser_at("192.0.2.7")
    address = f"/verify/{issued.number}"
    free = BOUNDS[Tried.NAME].free
    codes = [browser.post(address, {"name": f"Pat Number{'x' * n}"}).status_code for n in range(free + 1)]
    assert codes == [200] * free + [429]
    slowed = browser.post(address, {"name": "Pat Morgan"})
    assert slowed.status_code == 429
    assert "Wait 1 minute" in said(slowed)
    assert "Pat Morgan</bdi>" not in said(slowed)
    assert browser.get(address).status_code == 200  # the page itself is as before
    assert "matches" in said(browser_at("192.0.2.8").post(address, {"name": "Pat Morgan"}))
    clock.on(minutes=1)
    assert "The name you typed matches." in said(browser.post(address, {"name": "pat morgan"}))


def test_what_was_tried_is_forgotten_after_an_hour(
    browser_at: Any, house: House, issued: CertificateView, clock: Any
) -> None:
    def remembered() -> int:
        with house.database.reading() as db:
            return db.scalar(select(func.count()).select_from(CheckTry)) or 0

    guess(browser_at("192.0.2.7"), 1000, 3)
    throttle.forget_old(house, clock())
    assert remembered() == 3
    clock.on(hours=1)
    throttle.forget_old(house, clock())
    assert remembered() == 0


def test_no_address_is_kept(browser_at: Any, house: House) -> None:
    guess(browser_at("192.0.2.7"), 1000, 1)
    with house.database.reading() as db:
        (row,) = db.scalars(select(CheckTry))
    assert "192" not in row.place
    assert len(row.place) == 64
    assert row.about is None


def test_guesses_sent_all_at_once_are_counted_one_by_one(house: House, now: datetime) -> None:
    """Each of them had looked before any of them counted; counting looks again."""
    free = BOUNDS[Tried.FILE].free
    with house.database.writing() as db:
        waits = [throttle.count(db, Tried.FILE, place="p", now=now) for _ in range(free + 5)]
    assert [bool(each) for each in waits] == [False] * free + [True] * 5


@pytest.mark.parametrize(("proxies", "slowed"), [(0, {429}), (1, {200, 429})])
def test_an_address_said_by_a_proxy_counts_only_where_there_is_one(
    house: House, issued: CertificateView, proxies: int, slowed: set[int]
) -> None:
    """Behind a proxy each visitor is told apart; without one nobody can pretend to be somebody else's."""
    served = replace(house, settings=replace(house.settings, proxies=proxies), who=signed_in_viewer, standalone=True)
    client = app_of(served).test_client()

    def look(number: str, said: str) -> int:
        return client.get(f"/verify/{number}", headers={"X-Forwarded-For": said}).status_code

    for n in range(BOUND.free):
        look(number_of(1000 + n), f"spoofed, 192.0.2.{7 if proxies else n}")
    codes = {look(issued.number, f"198.51.100.{n}, 192.0.2.{n}") for n in (7, 8)}
    assert codes == slowed
