"""A coordinator's week at the demonstration, from Monday's desk to Friday's report, as they see it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from lms.core.clock import london_day
from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import email_of, faults, scrolls_sideways

NewPage = Callable[..., Page]
NEW = {"Ifan Rees": "ifan.rees@example.com", "Maud Pryor": "maud.pryor@example.com", "Moss Hale": "moss.h@example.com"}
GROUP = "Evening starters"
FRIGHTENED = "Somebody hurts, threatens or frightens them"


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def look(page: Page, width: int = 1280) -> None:
    """No fault and no sideways scroll, at a width."""
    page.set_viewport_size({"width": width, "height": 800})
    assert faults(page) == [], page.url
    assert not scrolls_sideways(page), page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def done(site: Site, page: Page) -> None:
    """The worker does what waits; the page is opened anew, unless its own script was quicker."""
    site.do_waiting_work()
    page.wait_for_timeout(300)
    page.goto(page.url)


def fill_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label, exact=True).fill(str(value))


def test_a_week(site: Site, new_page: NewPage) -> None:
    carol = new_page(width=1280)
    carol.set_default_timeout(9000)
    for day in (monday, tuesday, wednesday, thursday, friday):
        sign_in(carol, email_of("Carol Bennett"), cast.PASSWORD)
        day(site, carol)
        if day is thursday:
            somebody_may_be_harmed(site, carol, new_page)
        site.clock.on(days=1)


def row_of_desk(page: Page, name: str) -> None:
    """From the desk, follow a link of its row."""
    page.goto("/desk")
    with page.expect_navigation():
        page.get_by_role("navigation", name="Pages of your desk").get_by_role("link", name=name, exact=True).click()


def monday(_site: Site, page: Page) -> None:
    """Looks at the desk, opens who is stuck, and reminds somebody."""
    page.goto("/desk")
    look(page, 360)
    expect(page.get_by_role("heading", name="What needs you today")).to_be_visible()
    page.goto("/desk/stuck")
    look(page)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=re.compile("^Remind")).first.click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("remind", re.IGNORECASE))


def tuesday(site: Site, page: Page) -> None:
    """Brings in a small list of new people."""
    row_of_desk(page, "Bring people in")
    press(page, "Choose a list")
    rows = "".join(f"{name},{email}\r\n" for name, email in NEW.items())
    data = f"Name of the PA,E-mail address of the PA\r\n{rows}".encode()
    page.locator("input[type=file]").set_input_files({"name": "new.csv", "mimeType": "text/csv", "buffer": data})
    press(page, "Take it in")
    look(page, 360)
    page.get_by_label("Name of the PA", exact=True).select_option(index=1)
    page.get_by_label("E-mail address of the PA", exact=True).select_option(index=2)
    press(page, "See what would come of it")
    done(site, page)
    look(page)
    page.get_by_label("Invite them now").check()
    press(page, "Bring them in")
    done(site, page)
    look(page, 360)
    page.goto("/people")
    expect(page.get_by_role("main")).to_contain_text("Maud Pryor")


def for_many(site: Site, page: Page, what: str, **choices: str) -> None:
    """Do something for the new people together."""
    row_of_desk(page, "Do for many")
    page.goto("/desk/together/new")
    page.get_by_label("For whom? One person on each line").fill("\n".join(NEW.values()))
    page.get_by_label(what, exact=True).check()
    press(page, "Go on")
    for label, choice in choices.items():
        page.get_by_label(label.replace("_", " ")).select_option(label=choice)
    press(page, "See who is affected")
    done(site, page)
    expect(page.get_by_role("main")).to_contain_text("3 are affected.")
    look(page, 360 if choices.get("Which_course") else 1280)
    press(page, "Do it for 3")
    done(site, page)


def wednesday(site: Site, page: Page) -> None:
    """Enrols them together, and puts them in a group."""
    for_many(site, page, "Enrol on a course", Which_course="Personal assistant induction")
    row_of_desk(page, "Groups")
    press(page, "Make a group")
    page.get_by_label("What is the group called?").fill(GROUP)
    fill_day(page, "From which day?", london_day(site.clock()))
    press(page, "Save")
    for_many(site, page, "Move to a group", Into_which_group=GROUP)
    row_of_desk(page, "Groups")
    press(page, GROUP)
    for name in NEW:
        expect(page.get_by_role("main")).to_contain_text(name)
    look(page)


def thursday(site: Site, page: Page) -> None:
    """Plans an evening workshop for the group, and writes to it."""
    row_of_desk(page, "Groups")
    press(page, GROUP)
    press(page, "Plan an event for this group")
    page.get_by_label("Workshop").check()
    page.get_by_label("What is it called?").fill("Moving and handling, an evening")
    fill_day(page, "Which day?", london_day(site.clock()) + timedelta(days=12))
    page.get_by_label("When does it start?").fill("18:30")
    page.get_by_label("When does it end?").fill("20:30")
    page.get_by_label("The place, for a venue").fill("Rivermere Library")
    look(page, 360)
    press(page, "Save")
    expect(page.get_by_text("The event is planned")).to_be_visible()
    row_of_desk(page, "Groups")
    press(page, GROUP)
    press(page, "Write to everybody in this group")
    page.get_by_role("radio").first.check()
    page.get_by_label("Subject", exact=True).fill("An evening workshop")
    page.get_by_label("Message", exact=True).fill("We meet at Rivermere Library at 18:30. You are paid for your time.")
    press(page, "See who gets it")
    look(page, 360)
    press(page, "Send to 3 people")
    site.do_waiting_work()
    row_of_desk(page, "Messages to people")
    expect(page.get_by_role("main")).to_contain_text("An evening workshop")
    expect(page.get_by_role("main")).to_contain_text("Given to 3 people")


def somebody_may_be_harmed(site: Site, page: Page, new_page: NewPage) -> None:
    """Answers a call-back that points to harm; only who is named for alerts sees alerts."""
    named, other = new_page(width=360), new_page(width=360)
    sign_in(named, email_of("Maureen Doyle"), cast.PASSWORD)
    before = alerts(named)
    row_of_desk(page, "Call-backs")
    open_a_quiet_call(page)
    look(page, 360)
    for group in page.get_by_role("main").get_by_role("group").all():
        answers = group.get_by_role("radio")
        if answers.count():
            answers.first.check()
    page.get_by_label(FRIGHTENED).check()
    press(page, "Save and finish the call")
    look(page)
    assert opened(page, "/desk/alerts") in {403, 404}, "a coordinator who is not named sees no alert"
    assert opened(named, "/desk/alerts") == 200
    look(named, 360)
    (new,) = alerts(named) - before
    assert opened(named, new) == 200
    sign_in(other, email_of("Peter Ashworth"), cast.PASSWORD)
    for page_of_other in (other, page):
        assert opened(page_of_other, new) in {403, 404}


def open_a_quiet_call(page: Page) -> None:
    """Open the first call-back to a PA that has raised no alert before: one raises one alert only."""
    links = page.get_by_role("main").get_by_role("link", name=re.compile("Call the PA")).all()
    for path in [each.get_attribute("href") or "" for each in links]:
        page.goto(path)
        if not page.get_by_text("An alert is raised").count():
            return
    pytest.fail("every call-back of the demonstration has raised an alert before")


def alerts(page: Page) -> set[str]:
    """The alerts somebody who is named sees, by their addresses."""
    page.goto("/desk/alerts")
    return {each.get_attribute("href") or "" for each in page.locator("main a[href*='/desk/alerts/']").all()}


def opened(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer
    return answer.status


def friday(site: Site, page: Page) -> None:
    """Makes the committee's report and takes it along."""
    row_of_desk(page, "Reports")
    press(page, "Make the report")
    site.do_waiting_work()
    press(page, "Look again")
    look(page, 360)
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a spreadsheet").click()
    book = openpyxl.load_workbook(BytesIO(Path(saved.value.path()).read_bytes()))
    assert saved.value.suggested_filename == "RIVERMERE-RPT-2026-0001.xlsx"
    assert "Learners by stage" in book.sheetnames
    shown = page.locator("main table").first.inner_text()
    assert "Working towards it" in shown
