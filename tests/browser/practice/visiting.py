"""What an assessor does on a visit with no signal, for the tests of visits."""

import os
from uuid import UUID

from playwright.sync_api import Page, expect

from lms.assessment.evidence.queries import EvidenceView, evidence_of
from tests.browser.phones import STRIP
from tests.browser.site import Site, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

DAI = "dai.assessor@example.com"
LINE = "PAI-1-P.1"
SEEN = "Pat asked A. before moving the boxes."


def take_along(page: Page) -> None:
    sign_in(page, DAI)
    page.goto("/visits")
    page.get_by_role("button", name="Take along on this phone").click()
    expect(page.locator("h1")).to_have_text("Visits on this phone")
    expect(page.locator("[data-along-list]")).to_contain_text("Pat M.")


def no_signal(site: Site, page: Page) -> None:
    """Nobody answers any more, and the list of visits is the one on the phone."""
    site.line.down()
    page.goto("/visits/phone")
    expect(page.locator(STRIP)).to_contain_text("No signal.")


def write(page: Page, what: str = SEEN) -> None:
    """Begin an observation and fill in what has to be said."""
    page.goto("/visits/phone")
    page.get_by_role("link", name="Pat M.").first.click()
    page.get_by_role("button", name="Record what you see").click()
    page.get_by_label("Today").check()
    page.get_by_label("In the person's own home").check()
    page.get_by_label("Who else was there?").fill("A. Y.")
    page.get_by_label("What did you see?").fill(what)
    page.locator(f"input[value='{LINE}']").check()


def decide(page: Page, judgement: str = "Met", reason: str = "", feedback: str = "") -> None:
    part = page.locator(f"[data-line='{LINE}']")
    part.get_by_label(judgement, exact=True).check()
    part.get_by_label("Why? For the record").fill(reason)
    part.get_by_label("Feedback for them").fill(feedback)
    for box in page.locator("[data-five] input").all():
        if box.is_visible():
            box.check()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Done: send when there is signal").click()
    expect(page.locator("h1")).to_have_text("Visits on this phone")


def look(page: Page, name: str) -> None:
    assert faults(page) == [], name
    assert not scrolls_sideways(page), name
    if folder := os.environ.get("LMS_TEST_PICTURES"):
        page.screenshot(path=f"{folder}/visit-{name}.png", full_page=True)


def pieces(site: Site, enrolment: UUID) -> tuple[EvidenceView, ...]:
    with site.house.database.reading() as db:
        return evidence_of(db, enrolment)


def waiting(site: Site, page: Page) -> None:
    """A visit that was written with no signal waits to be sent, and there is none yet."""
    take_along(page)
    no_signal(site, page)
    write(page)
    finish(page)
    expect(page.locator("[data-waiting-list]")).to_contain_text(SEEN)
