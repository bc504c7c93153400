"""The pages a phone shows with no signal: writing, another try, no fault on a small screen, and where it cannot be."""

import os
import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from lms.learning import checks, services
from lms.learning.activity_texts import activity_text
from lms.learning.questions.samples import sample_answer
from tests.browser.phones import (
    STRIP,
    Phone,
    answer_and_go_on,
    attempt_of,
    keep,
    until,
)
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""


def test_writing_for_the_activity_survives_a_dead_battery_and_is_sent(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    site.line.down()
    address = f"/learning/{enrolment}/PAI-1/activity"
    page.goto(address)
    page.get_by_role("textbox").press_sequentially("My first words")
    draft = f"{enrolment}/PAI-1/PAI-1-A1"
    kept_whole = ".then((kept) => JSON.stringify(kept ?? '').includes('My first words'))"
    until(page, f"palmsPhone.note(`draft:${{palmsPhone.person}}:{draft}`){kept_whole}")
    mine.kill()
    page = mine.start()
    page.goto(address)
    expect(page.get_by_role("textbox")).to_have_value("My first words")
    page.get_by_role("textbox").fill("My first words, and more")
    page.get_by_role("button", name="Save and go on later").click()
    expect(page.locator(".palms-saved[role=status]")).to_have_text("Saved on this phone.")
    site.line.up()
    page.locator("[data-phone-send]").click()
    expect(page.locator(STRIP)).to_contain_text("Sign in to send")  # the cookie went with the browser
    sign_in(page, "pat.morgan@example.com")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    with site.house.database.reading() as db:
        kept = activity_text(db, enrolment, "PAI-1-A1")
    assert kept is not None
    assert (kept.text, kept.finished) == ("My first words, and more", False)


def test_what_was_handed_in_can_be_tried_again_and_the_new_questions_are_kept_by_themselves(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    first = attempt_of(site)
    with site.house.database.writing() as db:
        for question in checks.own_attempt(db, first, site.world.pa).questions:
            services.give_answer(
                db, attempt_id=first, question=question.code, options=sample_answer(question, right=False),
                by=site.world.pa, now=site.clock(),
            )  # fmt: skip
        services.hand_in(db, attempt_id=first, by=site.world.pa, now=site.clock())
    page.goto(f"/learning/{enrolment}/PAI-1/check")
    press(page, "Try again")
    until(page, "palmsPhone.kept(palmsPhone.person).then(([each]) => each.urls.includes(location.pathname))")
    site.line.down()
    page.reload()
    answer_and_go_on(page)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")


def test_pages_with_no_signal_have_no_fault_and_fit_a_small_phone(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone(width=320)
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)

    def look(name: str) -> None:
        assert faults(page) == [], name
        assert not scrolls_sideways(page), name
        if folder := os.environ.get("LMS_TEST_PICTURES"):
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    look("kept")
    site.line.down()
    for name, path in (
        ("module", f"/learning/{enrolment}/PAI-1"),
        ("lesson", f"/learning/{enrolment}/PAI-1/lessons/PAI-1-L1"),
        ("activity", f"/learning/{enrolment}/PAI-1/activity"),
        ("check", f"/learning/{enrolment}/PAI-1/check"),
        ("question", f"/learning/checks/{attempt}/questions/1"),
    ):
        page.goto(path)
        expect(page.locator(STRIP)).to_contain_text("No signal.")
        look(name)
    answer_and_go_on(page)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    look("next-question")
    page.goto(f"/learning/checks/{attempt}/answers")
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.locator("[data-open-count]")).to_contain_text("Without a full answer yet: question 2, 3, 4")
    look("answers")
    page.goto("/people")
    expect(page.locator("[data-lost]")).to_contain_text("the page you wanted is not on this phone")
    look("list")
    page.get_by_role("button", name="Send now").last.click()
    expect(page.locator("[data-send-said]")).to_have_text("No signal yet. It is sent by itself when there is.")
    page.get_by_role("button", name=re.compile("Take off this phone")).click()
    expect(page.locator("[data-none-kept]")).to_be_visible()


def test_a_browser_that_cannot_keep_pages_says_so_and_everything_else_works(
    site: Site, enrolment: UUID, new_page: Callable[..., Page]
) -> None:
    page = new_page(width=360)
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    expect(page.locator("[data-keep]")).to_contain_text("This browser cannot keep pages for later")
    assert faults(page) == []
    press(page, "Start")
    press(page, "I have finished this lesson")
    expect(page.locator(".govuk-caption-l")).to_contain_text("Lesson 2 of")


def test_a_full_phone_says_so_and_keeps_nothing_by_half(
    site: Site, enrolment: UUID, new_page: Callable[..., Page]
) -> None:
    page = new_page(width=360)
    page.add_init_script("""Cache.prototype.put = async () => {
        throw new DOMException("full", "QuotaExceededError"); };""")
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    page.get_by_role("button", name="Keep this module on my phone").click()
    expect(page.locator("[data-keep]")).to_contain_text("There is not enough room on this phone")
    assert page.evaluate("caches.keys()") == []
    assert faults(page) == []


def test_without_scripts_nothing_speaks_of_keeping(site: Site, enrolment: UUID, new_page: Callable[..., Page]) -> None:
    page = new_page(width=360, scripts=False)
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{enrolment}/PAI-1")
    expect(page.get_by_text("Study with no signal")).to_be_hidden()
    page.goto("/learning/phone")
    expect(page.get_by_role("main")).to_contain_text("This page needs JavaScript")
