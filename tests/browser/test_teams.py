"""Teams that learn, study for staff and employers, and mentoring, in a real browser at the width of a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import email_of, faults, scrolls_sideways

NewPage = Callable[..., Page]


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def look(page: Page, path: str) -> None:
    page.goto(path)
    assert faults(page) == [], path
    assert not scrolls_sideways(page), path


def test_a_coordinator_makes_a_team_and_a_pair(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    sign_in(page, email_of("Carol Bennett"), cast.PASSWORD)
    for path in ("/desk/teams", "/desk/teams/new", "/desk/mentors", "/desk/mentors/suggest", "/desk/mentors/apart"):
        look(page, path)
    page.goto("/desk/teams")
    page.get_by_role("link", name="Front door team").click()
    expect(page.get_by_role("img", name="Share trained in percent, by month")).to_be_visible()
    expect(page.get_by_text("3 of 5 trained (60 percent)")).to_be_visible()
    look(page, page.url)
    page.get_by_role("button", name="Bring people in").click()
    look(page, page.url)
    page.goto("/desk/teams/new")
    press(page, "Save")
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) == []
    page.get_by_label("Name of the team").fill("Employers of " + "Llanfairpwll" * 5)
    page.get_by_label("Employers, and people who act for them").check()
    press(page, "Save")
    expect(page.get_by_text("The team is made.")).to_be_visible()
    assert faults(page) == []
    press(page, "Bring in: Amina Yusuf")
    page.goto("/desk/teams")
    page.get_by_role("link", name="Employers of").click()
    press(page, "Put them on the course")
    expect(page.get_by_text("1 person was put on the course.")).to_be_visible()
    assert not scrolls_sideways(page)
    employer = new_page(width=360)
    sign_in(employer, email_of("Amina Yusuf"), cast.PASSWORD)
    look(employer, "/learning")
    expect(employer.get_by_role("heading", level=1, name="Being a good employer of a PA")).to_be_visible()
    page.goto("/desk/mentors")
    page.get_by_role("heading", name="Who waits for a mentor").wait_for()
    page.locator("a[href*='/desk/mentors/requests/']").first.click()
    look(page, page.url)


def test_a_newcomer_reads_what_is_passed_on_and_asks(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    sign_in(page, email_of("Amina Yusuf"), cast.PASSWORD)
    for path in ("/mentoring", "/mentoring/ask", "/mentoring/offer"):
        look(page, path)
    page.goto("/mentoring/ask")
    press(page, "Ask for a mentor")
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) == []
    page.get_by_label("Telephone", exact=True).check()
    page.get_by_label("The e-mail address or telephone number for that").fill("01632 960 321")
    page.get_by_label("I agree to all of this").check()
    press(page, "Ask for a mentor")
    expect(page.get_by_text("Your coordinator looks for a mentor for you.").first).to_be_visible()
    assert faults(page) == []
    press(page, "I do not want a mentor any more")
    expect(page.get_by_text("It has ended.")).to_be_visible()


def test_a_learner_of_staff_studies_on_a_phone(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    sign_in(page, "wil.barker@rivermere.example.com", cast.PASSWORD)
    look(page, "/")
    with page.expect_navigation():
        page.locator(".palms-next__action").click()
    look(page, page.url)
    press(page, "I have finished this lesson")
    assert faults(page) == []
