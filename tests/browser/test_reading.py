"""How pages look, and going on where one stopped, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, press, sign_in, told_place
from tests.browser.test_pages import email_of, faults, scrolls_sideways

NewPage = Callable[..., Page]
SEEN = ("/", "/learning", "/account", "/account/reading", "/register", "/practice", "/learning/words")


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def choose(page: Page, **wanted: str) -> None:
    page.goto("/account/reading")
    for name, value in wanted.items():
        page.locator(f"input[name={name}][value={value}]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


@pytest.mark.parametrize("contrast", ["normal", "high", "dark"])
def test_the_largest_text_with_the_widest_spacing_fits_a_small_phone(
    site: Site, new_page: NewPage, contrast: str
) -> None:
    page = new_page(width=320)
    sign_in(page, email_of("Beth Warren"), cast.PASSWORD)
    choose(page, text_size="largest", spacing="wide", contrast=contrast, motion="none")
    deeper = []
    for path, links in (("/", ".palms-next__action"), ("/learning", ".govuk-task-list__link >> nth=0")):
        page.goto(path)
        deeper.append(page.locator(links).get_attribute("href"))
    for path in (*SEEN, *deeper):
        page.goto(str(path))
        assert faults(page) == []
        assert not scrolls_sideways(page), path
        page.evaluate("document.documentElement.style.fontSize = '300%'")  # and the device's text twice as big
        assert not scrolls_sideways(page), path


def test_forms_and_lists_of_staff_keep_their_contrast(site: Site, new_page: NewPage) -> None:
    for contrast in ("high", "dark"):
        page = new_page()
        sign_in(page, email_of("Carol Bennett"), cast.PASSWORD)
        choose(page, contrast=contrast)
        for path in ("/people", "/people/invite", "/learners", "/funding/claims"):
            page.goto(path)
            assert faults(page) == []
        page.goto("/people/invite")
        page.get_by_role("main").get_by_role("button", name="Invite").click()
        page.locator(".govuk-error-summary").wait_for()
        assert faults(page) == []


def test_a_choice_is_seen_before_it_is_saved_and_without_scripts_after(site: Site, new_page: NewPage) -> None:
    look = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.documentElement).fontSize"
    page = new_page()
    sign_in(page, email_of("Beth Warren"), cast.PASSWORD)
    page.goto("/account/reading")
    before = page.evaluate(look)
    page.get_by_label("Dark: light letters on a dark page").check()
    page.get_by_label("Largest").check()
    seen = page.evaluate(look)
    assert seen != before
    assert page.get_by_text("It is not saved yet.").is_visible()
    page.goto("/")
    assert page.evaluate(look) == before
    plain = new_page(scripts=False)
    sign_in(plain, email_of("Beth Warren"), cast.PASSWORD)
    choose(plain, contrast="dark", text_size="largest")
    page.goto("/")
    assert page.evaluate(look) == seen
    page.emulate_media(media="print")
    assert page.evaluate(look) == before.replace("16px", "24px")  # paper is white, the letters stay big


def test_nothing_moves_for_who_chose_so(site: Site, new_page: NewPage) -> None:
    page = new_page(reduced_motion="no-preference")
    sign_in(page, email_of("Beth Warren"), cast.PASSWORD)
    choose(page, motion="none")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].map(each => getComputedStyle(each))"
        ".filter(style => style.transitionDuration !== '0s' || style.animationName !== 'none').length"
    )
    assert moving == 0


def test_one_goes_on_at_the_heading_where_one_stopped_on_another_phone(site: Site, new_page: NewPage) -> None:
    first = new_page(width=360)
    sign_in(first, email_of("Chidi Obi"), cast.PASSWORD)
    first.goto("/")
    with first.expect_navigation():
        first.locator(".palms-next__action").click()
    heading = first.locator("#section-3").inner_text()
    with first.expect_response(lambda answer: told_place(answer, 3)):
        first.evaluate("document.querySelector('#section-3').scrollIntoView()")
    first.evaluate("scrollTo(0, 0)")  # up to the menu is not back
    second = new_page(width=360)
    sign_in(second, email_of("Chidi Obi"), cast.PASSWORD)
    second.goto("/")
    go_on = second.locator(".palms-next__action")
    assert go_on.inner_text() == f"Go on where you stopped: {heading}"
    assert faults(second) == []
    go_on.click()
    expect(second.locator("#section-3")).to_be_in_viewport()
    plain = new_page(scripts=False)
    sign_in(plain, email_of("Chidi Obi"), cast.PASSWORD)
    plain.goto("/")
    with plain.expect_navigation():
        plain.locator(".palms-next__action").click()
    press(plain, f"Go on where you stopped: {heading}")
    assert plain.url.endswith("#section-3")
