"""How pages look: kept with the account, said by classes of <html>, on every page and every device of that person."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.extension import LMS
from lms.people import queries, services
from lms.people.reading import AS_MADE, Contrast, Motion, Reading, Spacing, TextSize, VoiceSpeed
from tests.clients import Browser
from tests.world import World

DARK = Reading(TextSize.LARGEST, Spacing.WIDE, Contrast.DARK, Motion.NONE, VoiceSpeed.SLOW)
ALL_CLASSES = "palms-text-largest palms-spacing-wide palms-contrast-dark palms-motion-none"


def classes(page: Any) -> str:
    """The classes of <html> that are a reader's choice."""
    found = re.search(r'<html [^>]*class="govuk-template ?([^"]*)"', page.get_data(as_text=True))
    assert found
    return found.group(1)


def choose(house: House, person_id: UUID, reading: Reading = DARK) -> None:
    with house.database.writing() as db:
        services.change_reading(db, person_id=person_id, reading=reading)


def test_what_is_not_chosen_has_no_class() -> None:
    assert AS_MADE.classes == ""
    assert Reading(contrast=Contrast.HIGH).classes == "palms-contrast-high"
    assert DARK.classes == ALL_CLASSES


def test_a_voice_reads_between_half_and_twice_as_fast() -> None:
    assert Reading().rate == 1.0
    rates = [Reading(voice_speed=speed).rate for speed in VoiceSpeed]
    assert rates == sorted(rates)
    assert 0.5 < rates[0] < 1 < rates[-1] < 2


def test_it_is_kept_on_both_databases(house: House, world: World) -> None:
    on = london_day(house.clock())
    with house.database.reading() as db:
        before = queries.viewer_of(db, world.pa, on)
    choose(house, world.pa)
    with house.database.reading() as db:
        after, other = queries.viewer_of(db, world.pa, on), queries.viewer_of(db, world.second_pa, on)
    assert [each and each.reading for each in (before, after, other)] == [AS_MADE, DARK, AS_MADE]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestPages:
    """What a browser sees; the database makes no difference here."""

    def test_a_choice_is_saved_and_every_page_says_it(self, browser_for: Callable[..., Browser], world: World) -> None:
        browser = browser_for(world.pa)
        wanted = {"text_size": "largest", "spacing": "wide", "contrast": "dark", "motion": "none"}
        answer = browser.submit("/account/reading", {**wanted, "voice_speed": "slow"})
        assert answer.status_code == 302
        assert "Saved." in browser.get("/account").get_data(as_text=True)
        for path in ("/", "/account", "/account/reading", "/help", "/learning", "/no/such/page"):
            expected = "" if path == "/no/such/page" else ALL_CLASSES  # nobody is looked up for an address of nothing
            assert classes(browser.get(path)) == expected, path
        shown = browser.get("/account/reading").get_data(as_text=True)
        assert len(re.findall(r"<input[^>]* checked[^>]*>", shown)) == 5

    def test_another_device_of_the_same_person_shows_it_and_nobody_elses(
        self, browser_for: Callable[..., Browser], house: House, world: World
    ) -> None:
        choose(house, world.pa)
        assert classes(browser_for(world.pa).get("/")) == ALL_CLASSES
        assert classes(browser_for(world.second_pa).get("/")) == ""

    def test_signed_out_it_is_as_made(self, browser_for: Callable[..., Browser], house: House, world: World) -> None:
        choose(house, world.pa)
        browser = browser_for(world.pa)
        browser.submit("/sign-out")
        assert classes(browser.get("/")) == classes(browser.get("/sign-in")) == ""

    def test_one_button_puts_all_back(self, browser_for: Callable[..., Browser], house: House, world: World) -> None:
        choose(house, world.pa)
        browser = browser_for(world.pa)
        browser.submit("/account/reading", {"as_made": "yes", "contrast": "dark"})
        assert classes(browser.get("/")) == ""

    def test_a_choice_there_is_not_is_refused_and_nothing_is_kept(
        self, browser_for: Callable[..., Browser], world: World
    ) -> None:
        browser = browser_for(world.pa)
        answer = browser.submit("/account/reading", {"contrast": 'dark" onload="x', "text_size": "large"})
        assert answer.status_code == 200
        assert "There is a problem" in answer.get_data(as_text=True)
        assert classes(browser.get("/")) == ""

    def test_it_costs_no_query(self, browser_for: Callable[..., Browser], house: House, world: World) -> None:
        browser = browser_for(world.pa)
        sent: list[str] = []
        event.listen(house.database.engine, "before_cursor_execute", lambda *said: sent.append(said[2]))
        counts = []
        for reading in (AS_MADE, DARK):
            choose(house, world.pa, reading)
            sent.clear()
            browser.get("/account/reading")
            counts.append(len(sent))
        assert counts[0] == counts[1]

    def test_no_fact_is_recorded_about_somebodys_eyes(
        self, browser_for: Callable[..., Browser], house: House, world: World
    ) -> None:
        browser = browser_for(world.pa)
        with house.database.reading() as db:
            before = db.query(EventRow).count()
        browser.submit("/account/reading", {"contrast": "dark"})
        with house.database.reading() as db:
            assert db.query(EventRow).count() == before

    def test_mounted_on_a_host_it_is_the_same(self, house: House, world: World) -> None:
        choose(house, world.pa)
        host = Flask("host")
        host.secret_key = house.settings.secret_key
        LMS(host, current_person=lambda: world.pa, settings=house.settings)
        client = host.test_client()
        assert classes(client.get("/palms/account/reading")) == ALL_CLASSES
        assert classes(client.get("/palms/")) == ALL_CLASSES
