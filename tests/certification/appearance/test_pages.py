"""The page on which an authority chooses how its certificates look."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from PIL import Image

from lms.certification.appearance import queries
from lms.certification.appearance.rules import Languages
from lms.core.clock import london_day
from lms.core.house import House
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PAGE = "/certificates/appearance"
Browsers = Callable[..., Any]


def logo(kind: str = "PNG") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (200, 80), "teal").save(made, kind)
    made.seek(0)
    return made


def looks(house: House, world: World, now: datetime) -> queries.Appearance:
    with house.database.reading() as db:
        return queries.appearance_of(db, world.authority, london_day(now))


def test_a_logo_is_put_in_shown_and_taken_away(house: House, world: World, clock: Any, browser_for: Browsers) -> None:
    browser, now = browser_for(world.coordinator), clock()
    sent = {"languages": "both", "alt": "Rivermere Council", "paper": (logo("JPEG"), "anything.exe")}
    assert browser.submit(PAGE, sent).status_code == 302
    assert looks(house, world, now).languages is Languages.BOTH
    page = browser.get(PAGE).text
    assert 'alt="Rivermere Council"' in page
    assert "Cymraeg" in page  # what the page is about does not take the place of what every page has
    assert "Chosen by Cora Coordinator" in page
    answer = browser.get(f"{PAGE}/logo")
    assert (answer.mimetype, answer.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    clock.on(minutes=1)
    browser.submit(PAGE, {"languages": "en", "remove": "y"})
    assert looks(house, world, now).logo_sha256 is None
    assert browser.get(f"{PAGE}/logo").status_code == 404


def test_a_picture_handed_in_is_not_lost_when_something_else_is_missing(
    house: House, world: World, now: datetime, browser_for: Browsers
) -> None:
    browser = browser_for(world.coordinator)
    page = browser.submit(PAGE, {"languages": "en", "alt": "", "paper": (logo(), "logo.png")})
    assert "Say in a few words what the logo shows" in page.text
    assert "Handed in already: logo.png." in page.text
    kept = re.search(r'name="kept"[^>]*value="([^"]+)"', page.text)
    assert kept
    browser.post(PAGE, {"languages": "en", "alt": "Rivermere", "kept": kept.group(1)})
    assert looks(house, world, now).logo_sha256 is not None


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4 no", b"<svg onload=x>", b"", b"\x89PNG\r\n\x1a\nxx"], ids=["pdf", "svg", "empty", "broken"]
)
def test_what_is_no_picture_comes_back_with_a_sentence_and_nothing_is_saved(
    house: House, world: World, now: datetime, browser_for: Browsers, data: bytes
) -> None:
    sent = {"languages": "cy", "alt": "Rivermere", "paper": (io.BytesIO(data), "logo.png")}
    page = browser_for(world.coordinator).submit(PAGE, sent)
    assert page.status_code == 200
    assert "Error:" in page.text
    assert looks(house, world, now).set_at is None


def test_somebody_is_named_and_their_last_day_set(
    house: House, world: World, now: datetime, browser_for: Browsers
) -> None:
    browser = browser_for(world.admin)
    named = {"name": "<b>Ŵyn</b> Price", "role": "Head of adult services", "since": ["21", "11", "2026"]}
    assert browser.submit(f"{PAGE}/signatories/new", named).status_code == 302
    page = browser.get(PAGE).text
    assert "&lt;b&gt;Ŵyn&lt;/b&gt; Price" in page
    (who,) = looks(house, world, now).signatories
    path = f"{PAGE}/signatories/{who.id}/end"
    assert "cannot be before" in browser.submit(path, {"until": ["20", "11", "2026"]}).text
    assert browser.submit(path, {"until": ["30", "11", "2026"]}).status_code == 302
    assert "30 November 2026" in browser.get(PAGE).text


def test_elsewhere_nobody_sees_or_changes_it(house: House, world: World, now: datetime, browser_for: Browsers) -> None:
    browser = browser_for(world.coordinator)
    browser.submit(f"{PAGE}/signatories/new", {"name": "Ŵyn Price", "role": "Head", "since": ["21", "11", "2026"]})
    (who,) = looks(house, world, now).signatories
    stranger = browser_for(world.other_coordinator)
    assert "Ŵyn Price" not in stranger.get(PAGE).text
    assert stranger.get(f"{PAGE}?authority={world.authority}").status_code == 404
    assert stranger.get(f"{PAGE}/signatories/{who.id}/end").status_code == 404
    for person in (world.pa, world.employer_person, world.assessor):
        assert browser_for(person).get(PAGE).status_code == 403


def test_an_admin_sees_no_way_to_pages_that_are_not_theirs(world: World, browser_for: Browsers) -> None:
    assert "/certificates/batches" not in browser_for(world.admin).get(PAGE).text
    assert "/certificates/batches" in browser_for(world.coordinator).get(PAGE).text
