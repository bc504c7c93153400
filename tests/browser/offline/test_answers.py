"""Study with no signal, in a real Chromium: the server goes, the browser is killed, and nothing is lost or doubled."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from lms.core.models import EventRow
from lms.learning import checks
from lms.learning.models import Attempt, LessonDone
from tests.browser.phones import (
    STRIP,
    Phone,
    answer_and_go_on,
    answer_somehow,
    answers,
    attempt_of,
    choice_in,
    keep,
    scripted,
    to_send,
    until,
    until_so,
)
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""


def test_a_check_is_answered_with_no_signal_the_browser_killed_and_all_is_on_the_server_once(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment, "PAI-2")
    site.line.down()
    page.goto(f"/learning/{enrolment}/PAI-2")
    expect(page.locator(STRIP)).to_contain_text("No signal. You read the copy on this phone")
    page.locator(".govuk-task-list__link").first.click()
    page.get_by_role("button", name="I have finished this lesson").click()
    expect(page.locator(".govuk-caption-l")).to_contain_text("Lesson 2 of")
    expect(page.locator(STRIP)).to_contain_text("1 thing you did is on this phone and not sent yet.")
    page.goto(f"/learning/{enrolment}/PAI-2/check")
    press(page, "Go on with question 1")
    for _question in range(4):
        answer_and_go_on(page)
    mine.kill()

    page = mine.start()
    page.goto(f"/learning/{enrolment}/PAI-2/check")
    expect(page.locator("[data-check-begun]")).to_contain_text("4 of 12 questions are answered")
    press(page, "Go on with question 5")
    for _question in range(8):
        answer_and_go_on(page)
    expect(page.locator("h1")).to_have_text("Check your answers")
    expect(page.get_by_role("main")).not_to_contain_text("Not answered yet")
    page.get_by_role("button", name="Hand in my answers").click()
    expect(page.locator("h1")).to_have_text("The person leads")
    expect(page.locator(STRIP)).to_contain_text("not sent yet")
    assert answers(site) == {}
    mine.kill()

    page = mine.start()
    site.line.up()
    sign_in(page, "pat.morgan@example.com")  # the cookie went with the browser
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    page.get_by_role("link", name="See how your check went").click()
    expect(page.locator("h1")).to_contain_text(re.compile("percent"))
    given = answers(site)
    assert [len(rows) for rows in given.values()] == [1] * 12
    with site.house.database.reading() as db:
        attempt = db.scalars(select(Attempt)).one()
        assert attempt.finished_at is not None
        assert attempt.counted == {question: str(rows[0].given_id) for question, rows in given.items()}
        assert list(db.scalars(select(LessonDone.lesson))) == ["PAI-2-L1"]
        assert db.scalar(select(func.count()).where(EventRow.kind == "CheckMarked")) == 1


def test_a_closed_tab_is_no_loss_and_the_browser_sends_by_itself(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)
    bare = mine.context.new_page()
    bare.goto("/healthz")
    page.bring_to_front()
    site.line.down()
    page.goto(choice_in(site, attempt))
    answer_somehow(page)
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    page.close()
    site.line.up()  # only now: an open page sends as soon as it can
    # What a browser does by itself once there is a network: here it is told to, since it never lost the network.
    devtools = mine.context.new_cdp_session(bare)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(each["registrationId"] for each in told["registrations"] if not each["isDeleted"]),
    )
    devtools.send("ServiceWorker.enable")
    until_so(bare, lambda: found, "the browser tells of its service worker")
    sync = {"origin": site.address, "registrationId": found[0], "tag": "palms-phone", "lastChance": False}
    devtools.send("ServiceWorker.dispatchSyncEvent", sync)
    until_so(bare, lambda: answers(site), "the answer came to the server")
    ((_row,),) = answers(site).values()
    bare.goto("/learning")
    expect(bare.locator(STRIP)).to_contain_text("Everything on this phone is sent.")  # nobody was told yet
    bare.reload()
    scripted(bare)
    expect(bare.locator("#palms-phone")).to_be_hidden()


def test_the_later_of_two_devices_counts_and_both_are_in_the_record(
    site: Site, phone: Callable[..., Phone], enrolment: UUID, new_page: Callable[..., Page]
) -> None:
    mine = phone()
    page, tablet = mine.start(), new_page()
    keep(page, enrolment)
    attempt = attempt_of(site)
    question = choice_in(site, attempt)
    site.line.down()
    page.goto(question)
    page.locator("form.palms-question input[name=answer]").nth(0).check()
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    mine.stop()
    site.line.up()
    sign_in(tablet, "pat.morgan@example.com")  # takes longer than what the phone sends is on its way
    tablet.goto(question)
    tablet.locator("form.palms-question input[name=answer]").nth(1).check()
    expect(tablet.locator(".palms-saved")).to_have_text("Saved.")
    page = mine.start()
    page.goto(f"/learning/{enrolment}")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    (rows,) = answers(site).values()
    assert len(rows) == 2
    with site.house.database.reading() as db:
        view = checks.own_attempt(db, attempt, site.world.pa)
    by_tablet = next(row for row in rows if row.claimed_at is None)
    assert view.answers == {by_tablet.question: tuple(by_tablet.options)}
    expect(page.locator(STRIP)).to_contain_text("See “On this phone”")
    page.goto("/learning/phone")
    expect(page.locator("[data-refused-list]")).to_contain_text("You gave a later one on another device.")
    page.get_by_role("button", name="I have read this").click()
    expect(page.locator("[data-refused]")).to_be_hidden()


def test_what_waits_survives_signing_out_and_nobody_else_sees_or_sends_it(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    attempt = attempt_of(site)
    site.line.down()
    page.goto(choice_in(site, attempt))
    answer_somehow(page)
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    site.line.up(but="/learning/sending")  # signal for a page, and none for more
    page.goto("/sign-out")
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    expect(page.locator(STRIP)).to_contain_text("They stay on this phone, and only you can send them")
    assert faults(page) == []
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sign in")
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    expect(page.locator("#palms-phone")).to_contain_text("Sign in to send")
    assert page.evaluate("caches.keys()") == []
    assert faults(page) == []

    site.line.up()
    sign_in(page, "sam.okoro@example.com")
    page.goto("/learning/phone")
    expect(page.locator("[data-none-waiting]")).to_be_visible()
    expect(page.locator("#palms-phone")).to_be_hidden()
    assert to_send(page) == 1
    assert answers(site) == {}
    page.goto("/sign-out")
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Sign in")

    sign_in(page, "pat.morgan@example.com")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    ((_row,),) = answers(site).values()


def test_another_persons_sign_in_takes_kept_pages_off_the_phone(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    assert len(page.evaluate("caches.keys()")) == 1
    mine.context.clear_cookies()  # the session ended: pages stay for their owner
    page.goto("/sign-in")
    scripted(page)
    assert len(page.evaluate("caches.keys()")) == 1
    sign_in(page, "sam.okoro@example.com")
    until(page, "caches.keys().then((names) => names.length === 0)")


def test_a_session_that_ended_keeps_everything_and_asks_to_sign_in(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    page.goto(choice_in(site, attempt_of(site)))
    mine.context.clear_cookies()
    answer_somehow(page)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet. Sign in to send")
    assert to_send(page) == 1
    sign_in(page, "pat.morgan@example.com")
    expect(page.locator(STRIP)).to_contain_text("Everything on this phone is sent.")
    ((_row,),) = answers(site).values()
