"""The pages of the code of conduct: a manager writes and publishes it, a PA reads and accepts it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.house import House
from lms.core.words import Refused
from lms.notifications.models import Notice
from lms.register import grounds
from lms.register.conduct import rules, telling
from tests.conftest import NOON, StandingClock
from tests.world import World

BrowserFor = Callable[..., Any]
TODAY = london_day(NOON)
_PLACE = re.compile(r"/register/conduct/([0-9a-f-]{36})$")


@pytest.fixture
def accept(browser_for: BrowserFor, world: World) -> Callable[[], int]:
    """The PA accepts what is on the page."""

    def go() -> int:
        page = f"/register/{world.authority}/code-of-conduct"
        return browser_for(world.pa).submit(page, {"accept": "y"}).status_code

    return go


def _written(browser: Any, version: str = "2027-1", **more: str) -> UUID:
    """A draft with one commitment, ready to be published."""
    answer = browser.submit("/register/conduct/new", {"version": version})
    found = _PLACE.search(answer.location)
    assert found
    words = {"commitments-0-en": "I come on time.", "commitments-0-cy": "Rwy’n dod ar amser.", "reaccept_days": "30"}
    page = f"/register/conduct/{found.group(1)}"
    answer = browser.submit(page, {"version": version, **_empty(browser, page), **words, **more})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return UUID(found.group(1))


def _empty(browser: Any, page: str) -> dict[str, str]:
    names = re.findall(r'name="(commitments-\d+-(?:en|cy))"', browser.get(page).get_data(as_text=True))
    return dict.fromkeys(names, "")


def _publish(browser: Any, version_id: UUID, *, in_days: int = 0) -> Any:
    day = TODAY + timedelta(days=in_days)
    place = f"/register/conduct/{version_id}/publish"
    return browser.submit(place, {"from_day": [str(day.day), str(day.month), str(day.year)]})


def test_a_manager_writes_a_version_and_pas_accept_it_anew(
    browser_for: BrowserFor, house: House, world: World, accept: Callable[[], int]
) -> None:
    assert accept() == 302
    manager = browser_for(world.register_manager)
    draft = _written(manager, news_en="You come on time.")
    assert _publish(manager, draft).status_code == 302
    page = browser_for(world.pa).get(f"/register/{world.authority}/code-of-conduct").get_data(as_text=True)
    assert "I come on time." in page
    assert "You accepted an earlier version" in page
    assert "You come on time." in page
    assert "There is a new code of conduct" in browser_for(world.pa).get("/").get_data(as_text=True)
    with house.database.reading() as db:
        assert grounds.conduct_accepted(db, world.pa, world.authority, TODAY) is None
    assert accept() == 302
    with house.database.reading() as db:
        assert grounds.conduct_accepted(db, world.pa, world.authority, TODAY) == TODAY
    old = browser_for(world.pa).get(f"/register/{world.authority}/code-of-conduct/versions").get_data(as_text=True)
    assert old.count("You accepted it on") == 2


def test_what_was_accepted_stays_readable(browser_for: BrowserFor, world: World, accept: Callable[[], int]) -> None:
    accept()
    manager = browser_for(world.register_manager)
    _publish(manager, _written(manager))
    place = f"/register/{world.authority}/code-of-conduct/versions/2026-1"
    page = browser_for(world.pa).get(place).get_data(as_text=True)
    assert "You accepted it on" in page
    assert "I come on time." not in page
    officer = browser_for(world.register_officer)
    who = officer.get(f"/register/conduct/{world.authority}/accepted/2026-1").get_data(as_text=True)
    assert "Pat Morgan" in who
    assert "1 PA has accepted it" not in officer.get("/register/conduct").get_data(as_text=True)


def test_everybody_who_accepted_is_told_once_and_again_before_time_is_up(
    browser_for: BrowserFor, house: House, world: World, clock: StandingClock, accept: Callable[[], int]
) -> None:
    accept()
    manager = browser_for(world.register_manager)
    _publish(manager, _written(manager), in_days=2)
    assert telling.remind(house, clock.now) == 0
    clock.on(days=2)
    assert telling.remind(house, clock.now) == 1
    house.known.clear()
    assert telling.remind(house, clock.now) == 0
    clock.on(days=24)
    assert telling.remind(house, clock.now) == 1
    with house.database.reading() as db:
        kinds = list(db.scalars(select(Notice.kind).where(Notice.kind.startswith("conduct"))))
    assert sorted(kinds) == ["conduct_came", "conduct_ends"]


def test_who_accepted_the_new_one_hears_nothing(
    browser_for: BrowserFor, house: House, world: World, clock: StandingClock, accept: Callable[[], int]
) -> None:
    accept()
    manager = browser_for(world.register_manager)
    _publish(manager, _written(manager))
    accept()
    assert telling.remind(house, clock.now) == 0


def test_two_managers_lose_nothing(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    draft = _written(manager)
    page = f"/register/conduct/{draft}"
    same = {"version": "2027-1", "reaccept_days": "30", "revision": "1", "commitments-0-en": "Mine."}
    answer = manager.post(page, same).get_data(as_text=True)
    assert "Somebody else saved this draft" in answer
    assert "Mine." in answer
    assert "I come on time." in manager.get(page).get_data(as_text=True)


@pytest.mark.parametrize("in_days", [-1, 3000])
def test_days_that_cannot_be(browser_for: BrowserFor, world: World, in_days: int) -> None:
    manager = browser_for(world.register_manager)
    assert _publish(manager, _written(manager), in_days=in_days).status_code == 200


def test_a_version_is_taken_back_before_its_day_only(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    draft = _written(manager)
    _publish(manager, draft, in_days=1)
    assert manager.get(f"/register/conduct/{draft}").status_code == 404
    manager.post(f"/register/conduct/{draft}/take-back")
    assert manager.get(f"/register/conduct/{draft}").status_code == 200
    _publish(manager, draft, in_days=0)
    manager.post(f"/register/conduct/{draft}/take-back")
    assert manager.get(f"/register/conduct/{draft}").status_code == 404


def test_the_day_that_is_offered_is_one_until_which_it_can_be_taken_back(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    page = manager.get(f"/register/conduct/{_written(manager)}/publish").get_data(as_text=True)
    offered = re.findall(r'name="from_day"[^>]* value="(\d+)"', page)
    assert offered == ["19", "12", "2026"]


def test_a_draft_is_thrown_away_and_a_published_version_is_not(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    draft = _written(manager)
    manager.post(f"/register/conduct/{draft}/discard", {"authority": str(world.authority)})
    assert manager.get(f"/register/conduct/{draft}").status_code == 404
    other = _written(manager, "2027-2")
    _publish(manager, other)
    manager.post(f"/register/conduct/{other}/discard", {"authority": str(world.authority)})
    assert "Version 2027-2 holds" in manager.get("/register/conduct").get_data(as_text=True)


def test_names_and_words_that_cannot_be(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    for wrong in ("2026-1", "a b", "../x", "x" * 21, ""):
        assert manager.submit("/register/conduct/new", {"version": wrong}).status_code == 200
    draft = _written(manager)
    page = f"/register/conduct/{draft}"
    empty = _empty(manager, page)
    for words in ({"commitments-0-cy": "Dim ond hyn."}, {"commitments-0-en": "a" * 501}, {"reaccept_days": "-1"}):
        sent = {"version": "2027-1", "reaccept_days": "30", **empty, "commitments-0-en": "", **words}
        assert manager.submit(page, sent).status_code == 200


def test_nothing_is_published_without_words(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    draft = _written(manager, **{"commitments-0-en": "", "commitments-0-cy": ""})
    assert "Write at least one commitment" in _publish(manager, draft).get_data(as_text=True)


def test_only_managers_write_and_strangers_find_nothing(browser_for: BrowserFor, world: World) -> None:
    draft = _written(browser_for(world.register_manager))
    assert browser_for(world.register_officer).get(f"/register/conduct/{draft}").status_code == 403
    assert browser_for(world.pa).get("/register/conduct").status_code == 403
    far = browser_for(world.other_pa)
    assert far.get(f"/register/{world.authority}/code-of-conduct").status_code == 404
    assert far.get(f"/register/{world.authority}/code-of-conduct/versions").status_code == 404
    assert browser_for(world.register_manager).get(f"/register/conduct/{uuid4()}").status_code == 404


def test_a_version_to_come_is_not_shown_to_pas(browser_for: BrowserFor, world: World) -> None:
    manager = browser_for(world.register_manager)
    _publish(manager, _written(manager), in_days=5)
    place = f"/register/{world.authority}/code-of-conduct/versions/2027-1"
    assert browser_for(world.pa).get(place).status_code == 404
    assert manager.get(place).status_code == 200


def test_in_wales_nothing_is_published_without_welsh() -> None:
    with pytest.raises(Refused, match="Welsh"):
        rules.check_whole([Words(en="I come on time.")], None, welsh=True)
    rules.check_whole([Words(en="I come on time.", cy="Rwy’n dod ar amser.")], None, welsh=True)
