"""Hands that are quicker than a page, and pages that move: what was pressed counts, and what was answered is there."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phones import STRIP, Phone, answers, attempt_of, choice_in, keep, scripted, to_send
from tests.browser.site import Site, sign_in

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""

SLOW = """(() => {
    const { getRegistration } = ServiceWorkerContainer.prototype;
    const open = new Promise((go) => (self.goOn = go));
    ServiceWorkerContainer.prototype.getRegistration = async function (...all) {
        await open;
        return getRegistration.apply(this, all);
    };
})()"""
"""The scripts of a page come no further than the question whether anything is kept, until the test lets them."""


def test_whoever_answers_before_the_scripts_are_there_loses_nothing(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    site.line.down()
    page.add_init_script(SLOW)
    page.goto(choice_in(site, attempt_of(site)))
    number = page.locator(".palms-question__count").inner_text()
    page.locator("form.palms-question input[name=answer]").first.check()
    page.get_by_role("button", name="Save and continue").click()
    assert page.locator(".palms-question__count").inner_text() == number
    with page.expect_navigation():
        page.evaluate("self.goOn()")
    page.evaluate("self.goOn()")
    expect(page.locator("body")).not_to_contain_text(number)
    expect(page.locator(STRIP)).to_contain_text("1 answer is on this phone and not sent yet.")
    assert to_send(page) == 1


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "not kept"])
def test_an_answer_that_is_saved_while_the_button_is_pressed_does_not_move_the_button_away(
    site: Site, phone: Callable[..., Phone], enrolment: UUID, *, kept: bool
) -> None:
    page = phone().start()
    keep(page, enrolment)
    if not kept:
        page.get_by_role("button", name="Take off this phone").click()
        expect(page.locator("[data-keep-said]")).to_contain_text("off this phone")
    page.goto(choice_in(site, attempt_of(site)))
    number = page.locator(".palms-question__count").inner_text()
    press_slowly(page, lambda: expect(page.locator(".palms-saved")).to_contain_text("Saved"))
    expect(page.locator("body")).not_to_contain_text(number)
    ((_row,),) = answers(site).values()


def press_slowly(page: Page, meanwhile: Callable[[], None]) -> None:
    """Press the button, let something happen, and let go: somebody's hand takes a tenth of a second for it, or more."""
    page.get_by_role("button", name="Save and continue").hover()
    page.mouse.down()
    page.locator("form.palms-question input[name=answer]").first.evaluate("each => each.click()")
    meanwhile()
    with page.expect_navigation():
        page.mouse.up()


def test_what_the_worker_sent_is_told_to_its_owner_alone(
    site: Site, phone: Callable[..., Phone], enrolment: UUID
) -> None:
    mine = phone()
    page = mine.start()
    keep(page, enrolment)
    site.line.down()
    page.goto(choice_in(site, attempt_of(site)))
    page.locator("form.palms-question input[name=answer]").first.check()
    expect(page.locator(".palms-saved")).to_have_text("Saved on this phone.")
    site.line.up()
    # The same as the worker does: everything is sent, and no page is told what came of it.
    page.evaluate("self.palmsPhone.send()")
    assert to_send(page) == 0
    mine.context.clear_cookies()
    sign_in(page, "sam.okoro@example.com")
    scripted(page)
    expect(page.locator("#palms-phone")).to_be_hidden()
