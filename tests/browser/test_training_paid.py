"""Get training paid in a real browser: the six questions with the keyboard alone, and every page looked at with axe."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from lms.learning import services as learning
from tests.browser.site import Site, sign_in
from tests.browser.test_certificates_for_many import look
from tests.funding.employers.conftest import let_act_for_the_grant

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until what has the focus is called so: by its label, or by its own text."""
    for _ in range(most):
        page.keyboard.press("Tab")
        called = page.evaluate(
            "() => { const a = document.activeElement;"
            " return [...(a.labels || [])].map(l => l.innerText).join(' ') || a.innerText || ''; }"
        )
        if called.strip() == name or (len(name) > 3 and name in called):
            return
    raise AssertionError(f"Tab never came to {name}")


def go_on(page: Page) -> None:
    """Save with the keyboard and wait for the next page."""
    tab_to(page, "Save and go on")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, first: str, downs: int = 0) -> None:
    """Choose of a group of radio buttons with the keyboard: Tab to it, Space, then arrows."""
    tab_to(page, first)
    page.keyboard.press("Space")
    for _ in range(downs):
        page.keyboard.press("ArrowDown")


def prepare(site: Site) -> UUID:
    with site.house.database.writing() as db:
        learning.enrol(
            db,
            learner_id=site.world.pa,
            authority_id=site.world.authority,
            course="PAI",
            by=site.world.coordinator,
            now=site.clock(),
        )
        return let_act_for_the_grant(db, site.world, site.clock())


@pytest.mark.parametrize("width", [360, 1280])
def test_the_six_questions_with_the_keyboard_alone(site: Site, new_page: NewPage, width: int) -> None:
    prepare(site)
    page = new_page(width=width)
    sign_in(page, "amina.yusuf@example.com")
    page.goto("/get-training-paid")
    look(page)
    tab_to(page, "Start the six questions")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    go_on(page)  # nothing chosen: told at the field and in the summary, and asked again
    page.locator(".govuk-error-summary").wait_for()
    assert page.title().startswith("Error:")
    look(page)
    choose(page, "Pat Morgan")
    tab_to(page, "Being a personal assistant")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Another course", exact=True)).to_be_checked()
    tab_to(page, "what is it called")
    page.keyboard.type("First aid at work")
    go_on(page)
    choose(page, "A direct payment")
    look(page)
    go_on(page)
    choose(page, "England")
    look(page)
    go_on(page)
    choose(page, "Me")
    look(page)
    go_on(page)
    choose(page, "No, not yet")
    look(page)
    page.go_back()
    expect(page.get_by_label("Me", exact=True)).to_be_checked()
    page.go_forward()
    choose(page, "No, not yet")
    go_on(page)
    tab_to(page, "The course")
    page.keyboard.type("150")
    tab_to(page, "Travel to the course")
    page.keyboard.type("12.00")
    look(page)
    go_on(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    look(page)
    tab_to(page, "See which money fits")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("At most £162.00")).to_be_visible()
    look(page)
    tab_to(page, "Prepare an application")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    tab_to(page, "Read it and accept the terms")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    tab_to(page, "I have read this")
    page.keyboard.press("Space")
    tab_to(page, "Accept the terms")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("You have accepted the terms")).to_be_visible()
    look(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_who_may_act_and_the_account(site: Site, new_page: NewPage, width: int) -> None:
    permission = prepare(site)
    page = new_page(width=width)
    sign_in(page, "amina.yusuf@example.com")
    for path in ("/training-permissions", "/training-permissions/new", f"/training-permissions/{permission}"):
        page.goto(path)
        look(page)
    page.goto("/get-training-paid/account")
    page.get_by_role("button", name="Save the account").click()
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    page.goto(f"/training-permissions/{permission}")
    page.get_by_role("button", name="End this permission now").click()
    expect(page.get_by_text("This permission has ended")).to_be_visible()
    look(page)


def test_an_advisers_pages_and_the_desks(site: Site, new_page: NewPage) -> None:
    permission = prepare(site)
    page = new_page(width=360)
    sign_in(page, "vic.adviser@example.com")
    for path in ("/acting-for", f"/acting-for/{permission}", f"/get-training-paid?permission={permission}"):
        page.goto(path)
        look(page)
    page.goto(f"/acting-for/{permission}")
    page.get_by_role("button", name="Open the record of Pat Morgan").click()
    expect(page.get_by_role("heading", name="Training of Pat Morgan")).to_be_visible()
    look(page)
    desk = new_page(width=1280)
    sign_in(desk, "cora.coordinator@example.com")
    for path in (
        "/funding/permissions?name=a",
        f"/funding/permissions/{permission}",
        f"/funding/permissions/of/{site.world.employer}",
    ):
        desk.goto(path)
        look(desk)
