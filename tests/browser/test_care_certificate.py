"""The knowledge of the Care Certificate before a job: from nothing to both editions, heard, printed, and then hired."""

import os
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from lms.core.clock import london_day
from lms.people import services as people
from lms.people import sessions
from lms.people.rules import Role
from lms.people.secrets import hash_password
from tests.browser.site import PASSWORD, Site, press, sign_in
from tests.browser.studying import Studying
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""

NewPage = Callable[..., Page]
EMAIL = "noor@example.com"


@pytest.fixture
def alone(site: Site) -> Site:
    """The site as it is for Noor, a PA who works for nobody yet."""
    now = site.clock()
    with site.house.database.writing() as db:
        noor = people.add_person(db, name="Noor Haddad", email=EMAIL, by=None, now=now)
        people.give_role(db, person_id=noor, organisation_id=site.world.authority, role=Role.PA, by=None, now=now)
        sessions.set_password(db, person_id=noor, password=PASSWORD, by=noor, now=now, hashed=hash_password(PASSWORD))
    return replace(site, world=replace(site.world, pa=noor))


def look(page: Page, name: str) -> None:
    assert faults(page) == [], name
    assert not scrolls_sideways(page), name
    if folder := os.environ.get("LMS_TEST_PICTURES"):
        page.screenshot(path=f"{folder}/care-certificate-{name}.png", full_page=True)


def hire(site: Site, pa: UUID) -> None:
    now = site.clock()
    with site.house.database.writing() as db:
        people.start_employment(db, pa_id=pa, employer_id=site.world.employer, since=london_day(now), by=None, now=now)


def study(pat: Studying, number: int, *, lessons: bool) -> None:
    """A standard's unit, from its page: its lessons or straight to what it asks for, in as many goes as that takes."""
    page = pat.page
    page.goto(f"/care-certificate/cc-2025/CC{number}")
    press(page, f"Study: Standard {number}:")
    unit = page.url
    if lessons:
        pat.next_step()
        pat.read_all()
    page.goto(f"{unit}/activity")
    pat.write()
    page.goto(f"{unit}/check")
    begin = "Start the questions"
    while pat.offers(begin):
        press(page, begin)
        pat.answer_all()
        pat.hand_in()
        page.goto(f"{unit}/check")
        begin = "Go on with what is left"
    assert pat.results[-1].startswith("You have shown all ")


def read_what_was_written(reader: Page) -> None:
    """The coordinator reads the one text that waits, and says that it is met."""
    reader.goto("/")
    reader.get_by_role("link", name="Texts to read").first.click()
    press(reader, "Read the next one")
    reader.get_by_label("Met").first.check()
    reader.get_by_role("textbox").fill("I hear your own voice in it.")
    press(reader, "Send")


def test_from_nothing_to_the_knowledge_of_both_editions_and_then_a_job(alone: Site, new_page: NewPage) -> None:
    page = new_page(width=360, has_touch=True)
    walk = Studying(alone, page)
    main = page.get_by_role("main")
    sign_in(page, EMAIL)
    page.goto("/care-certificate")
    look(page, "start")
    press(page, "Start")
    expect(main).to_contain_text("Knowledge of 0 of 16 standards complete (2025 edition)")
    look(page, "begun")
    reader = new_page()
    sign_in(reader, "cora.coordinator@example.com")
    for number in range(1, 17):
        study(walk, number, lessons=number == 8)
        read_what_was_written(reader)
        if number == 5:
            page.goto("/care-certificate/cc-2025/CC5")
            expect(main).to_contain_text("Standard 5: knowledge complete, practice not begun")
            expect(main).to_contain_text("Seen at work: not yet")
            look(page, "standard-5")
    page.goto("/care-certificate")
    expect(main).to_contain_text("Knowledge complete (2025 edition, 16 of 16)")
    expect(main).to_contain_text("It is not the Care Certificate itself")
    look(page, "all")
    press(page, "2015 edition")
    expect(main).to_contain_text("Knowledge complete (2015 edition, 15 of 15)")
    page.goto("/care-certificate/cc-2025")
    look(page, "lines")
    shown = page.locator("li[data-is=shown]").count()
    page.goto("/care-certificate/cc-2025/CC5/log.pdf")
    press(page, "Make the PDF")
    look(page, "being-made")
    alone.do_waiting_work()
    answer = page.request.get(page.url)
    assert answer.headers["content-type"] == "application/pdf"
    hire(alone, alone.world.pa)
    page.goto("/care-certificate/cc-2025")
    assert page.locator("li[data-is=shown]").count() == shown > 150
    assert page.locator("li[data-is=practice]").count() > 50


def test_what_was_said_is_noted_and_read(alone: Site, new_page: NewPage) -> None:
    page, desk = new_page(width=360, has_touch=True), new_page()
    sign_in(page, EMAIL)
    page.goto("/care-certificate")
    press(page, "Start")
    sign_in(desk, "cora.coordinator@example.com")
    desk.goto(f"/people/{alone.world.pa}")
    press(desk, "What they know of the Care Certificate’s standards")
    look(desk, "learner")
    press(desk, "5. Work in a person-centred way")
    look(desk, "learner-standard")
    press(desk, "Note a conversation")
    press(desk, "Save")
    look(desk, "hear-error")
    expect(desk.locator(".govuk-error-summary")).to_contain_text("Choose what the conversation was about.")
    desk.locator("input[name=outcomes]").first.check()
    for label, value in (("Day", "21"), ("Month", "11"), ("Year", "2026")):
        desk.get_by_label(label, exact=True).fill(value)
    desk.get_by_label("What did you ask?").fill("What does it mean to you?")
    desk.get_by_label("What did Noor Haddad say?").fill("That the person decides.")
    desk.get_by_label("Met: they know all of what I chose above").check()
    look(desk, "hear")
    press(desk, "Save")
    expect(desk.get_by_role("main")).to_contain_text("The conversation is noted.")
    page.goto("/care-certificate")
    press(page, "Standard 5: Work in a person-centred way, 21 November 2026")
    expect(page.get_by_role("main")).to_contain_text("That the person decides.")
    look(page, "conversation")
