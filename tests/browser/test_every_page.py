"""Every page that links lead to, as people in the demonstration find it on a small phone: whole, and without fault.

Pages that differ only in whose they are count as one: a walk opens each kind once.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from lms.app import app_of
from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, sign_in
from tests.browser.test_pages import SMALL, faults, scrolls_sideways

NewPage = Callable[..., Page]
MOST = 140
"""Kinds of page a walk may open: that it ends is sure, and that it opened all of them is looked at."""

MONEY = "/funding|/places|/training-money"
WALKS = {
    "Peter Ashworth": (MONEY, 30),
    "Carol Bennett": (f"{MONEY}|/desk", 35),
    "George Hill": ("/", 30),
    "Nell Okafor": ("/", 15),
}
"""Who walks where, and how many kinds of page there are at least. Not walked to: files, signing out, and what a phone
keeps for visits, which has tests of its own."""

NO_PAGE = re.compile(r"sign-out|\.(csv|xlsx|zip|pdf|yaml|ics)\b|/(pdf|file)\b|^/visits")


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def kind_of(adapter: MapAdapter, address: str) -> str | None:
    """Which page an address is, whosever it is; None where it is none of ours."""
    try:
        return adapter.match(urlsplit(address).path)[0]
    except HTTPException:
        return None


def links(page: Page) -> list[str]:
    """Where the page's links lead on this site."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return [link for link in found if link.startswith("/") and "#" not in link and not NO_PAGE.search(link)]


def walk(page: Page, adapter: MapAdapter, where: re.Pattern[str]) -> Iterator[str]:
    """Open one page of each kind that links lead to, the nearest first; each is open while it is looked at."""
    waiting, seen = ["/"], set[str]()
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(adapter, address)
        if kind is None or kind in seen or (address != "/" and not where.match(address)):
            continue
        seen.add(kind)
        assert len(seen) <= MOST
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        if "text/html" in answer.headers["content-type"]:
            yield address
            waiting += links(page)


@pytest.mark.parametrize("name", WALKS)
def test_every_page_that_links_lead_to_is_whole(site: Site, new_page: NewPage, name: str) -> None:
    where, fewest = WALKS[name]
    page = new_page(width=320)
    sign_in(page, cast.email_of(name, "RIVERMERE"), cast.PASSWORD)
    adapter = app_of(site.house).url_map.bind("127.0.0.1")
    found, opened = [], 0
    for address in walk(page, adapter, re.compile(where)):
        opened += 1
        found += faults(page)
        found += [f"{address}: wider than the phone"] if scrolls_sideways(page) else []
        found += [f"{address}: too small for a finger: {small}" for small in page.evaluate(SMALL)]
        found += [f"{address}: {page.locator('h1').count()} first headings"] if page.locator("h1").count() != 1 else []
    assert found == []
    assert opened >= fewest
