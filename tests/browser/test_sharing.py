"""Sharing, how sure somebody feels, and the way from 2015 to 2025, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import email_of, faults, scrolls_sideways

NewPage = Callable[..., Page]
PAGES = (
    "/care-certificate/how-sure",
    "/care-certificate/how-sure/cc-2025/1",
    "/care-certificate/sharing",
    "/care-certificate/2015-to-2025",
    "/care-certificate/2015-to-2025/top-up",
    "/care-certificate/held",
    "/care-certificate/crosswalk",
    "/care-certificate/crosswalk/cc-2025/CC5",
    "/care-certificate/crosswalk/PAI-1/PAI-1",
    "/care-certificate/crosswalk/awif-hsc/AWIF1",
)


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def opened(page: Page) -> None:
    """Unfold everything on the page, as somebody who reads all of it does."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")


def look(page: Page, path: str) -> None:
    page.goto(path)
    opened(page)
    assert faults(page) == []
    assert not scrolls_sideways(page), path


def test_every_page_empty_and_filled_has_no_fault_and_fits_a_phone(site: Site, new_page: NewPage) -> None:
    page = new_page(width=320)
    sign_in(page, email_of("Chidi Obi"), cast.PASSWORD)
    for path in PAGES:
        look(page, path)
    page.goto("/care-certificate/how-sure/cc-2025/1")
    page.locator("[name=CC2][value=not_yet]").check()
    press(page, "Save and go on")
    page.goto("/care-certificate/2015-to-2025")
    if page.get_by_role("button", name="Go the short way").count():
        press(page, "Go the short way")
    page.goto("/care-certificate/held")
    press(page, "Save")
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) == []
    page.locator("[name=edition][value=cc-2015]").check()
    page.locator("[name=awarded_on]").nth(1).fill("5")
    page.locator("[name=awarded_on]").nth(2).fill("2019")
    page.locator("[name=signed_by]").fill("Llanfair" * 18)
    press(page, "Save")
    for path in PAGES:
        look(page, path)
    page.get_by_role("button", name="Cymraeg").click()
    page.locator('html[lang="cy"]').wait_for()
    for path in PAGES[:4]:
        look(page, path)


def test_a_pa_lets_their_employer_look_and_stops_it_again(site: Site, new_page: NewPage) -> None:
    pa, employer = new_page(width=360), new_page(width=360)
    sign_in(pa, email_of("Chidi Obi"), cast.PASSWORD)
    sign_in(employer, email_of("Amina Yusuf"), cast.PASSWORD)
    pa.goto("/care-certificate/sharing")
    press(pa, "Let Amina Yusuf see this")
    assert faults(pa) == []
    press(pa, "I agree")
    expect(pa.get_by_text("Can see it", exact=True)).to_be_visible()
    assert faults(pa) == []
    employer.goto("/my-pas")
    press(employer, "What Chidi Obi lets you see")
    expect(employer.get_by_role("heading", level=1)).to_contain_text("Care Certificate knowledge of Chidi Obi")
    assert faults(employer) == []
    assert not scrolls_sideways(employer)
    seen = employer.url
    press(pa, "Stop letting Amina Yusuf see this")
    employer.goto(seen)
    expect(employer.get_by_role("heading", level=1)).not_to_contain_text("Chidi Obi")


def test_the_short_way_is_walked_by_keyboard_without_scripts(site: Site, new_page: NewPage) -> None:
    page = new_page(scripts=False)
    sign_in(page, email_of("Beth Warren"), cast.PASSWORD)
    page.goto("/care-certificate/2015-to-2025")
    start = page.get_by_role("button", name="Go the short way")
    if start.count():
        start.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.goto("/care-certificate/2015-to-2025/top-up")
    page.get_by_role("button", name="Answer").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/questions/" in page.url
