"""Parts of pages that are kept once put together: the same for whom they are the same, and nobody else's."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from jinja2 import UndefinedError

from lms.core.web.pieces import page_filled, page_piece
from tests.clients import Browser
from tests.world import World

BrowserFor = Callable[..., Browser]
_MENU = re.compile(r'<a class="govuk-service-navigation__link" href="([^"]+)"(?: aria-current="(true|page)")?')


@pytest.fixture
def ours(app: Flask) -> Iterator[Flask]:
    """A request of ours on the site."""
    with app.test_request_context("/help"):
        app.preprocess_request()
        yield app


def _menu(browser: Browser, address: str = "/account") -> list[tuple[str, str]]:
    return _MENU.findall(browser.get(address).get_data(as_text=True))


def test_everybody_has_the_menu_of_their_own_roles(browser_for: BrowserFor, world: World) -> None:
    pa, coordinator = browser_for(world.pa), browser_for(world.coordinator)
    first = _menu(pa)
    assert ("/learners", "") not in first
    assert ("/learners", "") in _menu(coordinator)
    assert _menu(pa) == first
    assert _menu(browser_for(), "/help") == []


def test_the_page_somebody_is_on_is_marked_wherever_they_were_before(browser_for: BrowserFor, world: World) -> None:
    pa = browser_for(world.pa)
    for address in ("/account", "/certificates", "/account"):
        assert [place for place, current in _menu(pa, address) if current] == [address]


def test_pages_under_a_link_of_the_menu_are_marked_with_it(browser_for: BrowserFor, world: World) -> None:
    admin = browser_for(world.admin)
    for address in ("/settings", "/settings/keeping", "/settings/keeping/contacts", "/settings/roles"):
        assert [place for place, current in _menu(admin, address) if current] == ["/settings"], address
    marked = [place for place, current in _menu(browser_for(world.pa), "/help") if current]
    assert marked == []


def test_a_change_of_language_changes_what_is_kept(browser_for: BrowserFor, world: World) -> None:
    pa = browser_for(world.pa)
    english = pa.get("/help").get_data(as_text=True)
    pa.post("/language", {"language": "cy", "back": "/help"})
    welsh = pa.get("/help").get_data(as_text=True)
    assert 'data-name="answers_few"' not in english
    assert 'data-name="answers_few"' in welsh
    assert 'data-name="answers_few"' not in browser_for(world.pa).get("/help").get_data(as_text=True)


def test_a_piece_is_put_together_once_for_the_same_values(ours: Flask) -> None:
    made = page_piece("lms/core/top.html", show_outbox=False)
    assert page_piece("lms/core/top.html", show_outbox=False) is made
    with ours.test_request_context("/help", environ_overrides={"SCRIPT_NAME": "/portal"}):
        assert page_piece("lms/core/foot.html") != page_piece("lms/core/head.html", asset_version="1")
        assert "/portal/help" in page_piece("lms/core/foot.html")
    assert "/portal/help" not in page_piece("lms/core/foot.html")


def test_a_piece_sees_nothing_but_its_values(ours: Flask) -> None:
    """What is kept cannot hold a name or a forgery token: neither is there to be written down."""
    page_piece("lms/learning/offline/phone_texts.html", pa=True, entrance=False)
    assert not {"viewer", "csrf", "here", "notes"} & ours.jinja_env.globals.keys()
    with pytest.raises(UndefinedError):
        page_piece("lms/core/language.html")


def test_what_fills_a_hole_is_escaped_and_not_kept(ours: Flask) -> None:
    """A name goes into the header of its own page only, and cannot end the place it stands in."""
    given = {"show_outbox": False, "standalone": True, "home_url": "/", "known": True, "menu_of": _no_menu}
    header = [
        page_filled()(
            "lms/core/header.html", {"csrf": "t", "here": "/a?b=1&c", "name": name}, **given, roles=None, active=""
        )
        for name in ('<b>"One"</b>', "Two")
    ]
    assert "&lt;b&gt;&#34;One&#34;&lt;/b&gt;" in header[0]
    assert 'value="/a?b=1&amp;c"' in header[0]
    assert "One" not in header[1]
    assert "Two" in header[1]
    assert "\ue000" not in header[0]


def _no_menu(_roles: object, _active: str) -> list[object]:
    return []
