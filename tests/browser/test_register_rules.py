"""A register manager writes new rules in a real browser, from the copy to publishing, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, press, sign_in
from tests.browser.test_certificates_for_many import look, with_keys

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


@pytest.fixture
def manager(site: Site, new_page: NewPage) -> Page:
    """The register manager, signed in."""
    page = new_page(width=360)
    sign_in(page, "max.manager@example.com")
    return page


def test_new_rules_are_written_put_right_and_published(site: Site, manager: Page) -> None:
    page = manager
    page.goto("/register/rules")
    look(page)
    with_keys(page, "Write new rules")
    look(page)
    draft = page.url

    page.get_by_role("link", name="Two references").click()
    look(page)
    page.fill("[name=count]", "ninety")
    press(page, "Save in the draft")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    expect(page.locator("[name=count]")).to_have_value("ninety")
    page.fill("[name=count]", "3")
    page.fill("[name=title_en]", "Three references " * 9)
    press(page, "Save in the draft")
    expect(page.get_by_role("heading", name="worked cases come out otherwise")).to_be_visible()
    look(page)

    page.get_by_role("link", name="rivermere-complete").click()
    look(page)
    page.fill("[name=references]", "3")
    press(page, "Save in the draft")
    page.goto(f"{draft}/cases/rivermere-training-too-old")
    page.fill("[name=references]", "3")
    press(page, "Save in the draft")
    for case in ("rivermere-child-in-home-needs-both-lists", "rivermere-disclosure-with-content-waits"):
        page.goto(f"{draft}/cases/{case}")
        page.fill("[name=references]", "3")
        press(page, "Save in the draft")
    look(page)
    page.goto(f"{draft}/publish")
    look(page)
    press(page, "Publish these rules")
    expect(page.get_by_role("heading", name="Edition 2026.2 of the rules")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Rules of the register").click()
    expect(page.get_by_text("To come")).to_be_visible()
    look(page)


@pytest.mark.parametrize(
    "section",
    [
        "parts/about",
        "parts/provisional",
        "parts/renewal",
        "parts/removal",
        "parts/retention",
        "parts/sight",
        "parts/waivers",
        "parts/adverts",
        "parts/welsh",
        "requirements/new",
        "requirements/new/dbs",
        "requirements/RM-SAFE",
        "requirements/RM-CODE",
        "cases/new",
        "throw-away",
    ],
)
def test_every_section_is_sound(site: Site, manager: Page, section: str) -> None:
    manager.goto("/register/rules")
    press(manager, "Write new rules")
    manager.goto(f"{manager.url}/{section}")
    look(manager)
