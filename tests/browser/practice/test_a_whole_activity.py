"""An assessor writes a whole activity down on a phone, decides point by point, and signs the standard off.

Every page on the way is looked at for faults, with scripts and without; what the learner then reads too.
"""

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.assessment.signing.queries import sign_offs_of
from tests.assessment.practising import Practice, begun
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""

SAW = "A. lay down on the mat and Pat showed every step, called for help out loud, and talked to her all the way."


@pytest.fixture
def practice(site: Site) -> Practice:
    """Both PAs have begun; the college's assessor has the first."""
    return begun(site.house, site.world, site.clock())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_what_was_seen_to_the_sign_off(
    site: Site, new_page: Callable[..., Page], practice: Practice, *, scripts: bool
) -> None:
    page = new_page(width=360, has_touch=True, scripts=scripts)

    def look(name: str) -> None:
        if scripts:  # axe is a script itself
            assert faults(page) == [], name
            assert not scrolls_sideways(page), name
        if folder := os.environ.get("LMS_TEST_PICTURES"):
            page.screenshot(path=f"{folder}/activity-{name}-{scripts}.png", full_page=True)

    sign_in(page, "dai.assessor@example.com")
    page.goto("/assess")
    press(page, "Pat Morgan")
    look("learner")
    press(page, "Record what you saw")
    look("record-empty")
    fill(page)
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text(SAW)
    look("decide")

    for group in page.get_by_role("group").filter(has=page.get_by_label("Met", exact=True)).all():
        group.get_by_label("Met", exact=True).check()
    press(page, "Save and look it over")
    expect(page.locator(".govuk-error-summary")).to_contain_text("say all five")
    look("decide-error")
    page.get_by_label("Why? For every point you decide on").fill("Every step, in order, without help.")
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    press(page, "Save and look it over")
    expect(page.get_by_role("main")).to_contain_text("This is what Pat Morgan will be told")
    look("drafts")
    press(page, "Make 3 decisions final")
    expect(page.locator("body")).to_contain_text("3 decisions are final. Pat Morgan is told.")
    look("learner-ready")

    press(page, "Go to sign-off")
    look("sign-off")
    sign(page)
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tick the box if you can say this")
    look("sign-off-error")
    page.get_by_role("checkbox").check()
    page.get_by_label("I said it aloud, and somebody wrote it down").check()
    page.get_by_label("Said aloud: who heard it?").fill("Cora Coordinator")
    sign(page)
    expect(page.get_by_role("main")).to_contain_text("Said aloud; Cora Coordinator heard it.")
    look("signed")
    with site.house.database.reading() as db:
        (signed,) = sign_offs_of(db, practice.enrolment)
    assert (signed.unit, signed.declared.heard_by) == ("CC12", "Cora Coordinator")

    own = new_page(width=360)
    sign_in(own, "pat.morgan@example.com")
    own.goto("/practice")
    expect(own.get_by_role("main")).to_contain_text("Every step, in order, without help.")
    assert faults(own) == []
    with own.expect_navigation():
        own.get_by_role("link", name="12. Basic life support for adults").or_(
            own.locator("a.govuk-task-list__link[href$='/CC12']")
        ).first.click()
    expect(own.get_by_role("main")).to_contain_text("Signed off by Dai Assessor")
    assert faults(own) == []
    assert not scrolls_sideways(own)


def sign(page: Page) -> None:
    """Press the button itself: what is amiss has a link with the same words."""
    with page.expect_navigation():
        page.get_by_role("button", name="Sign off", exact=True).click()


def fill(page: Page) -> None:
    """The form of a whole activity: the points found by a word, nothing typed lost by that."""
    page.get_by_label("What did Pat Morgan do or say?").fill(SAW)
    page.get_by_label("Find a point by a word or its code").fill("12.1")
    press(page, "Find")
    expect(page.get_by_label("What did Pat Morgan do or say?")).to_have_value(SAW)
    for tick in page.locator(".palms-choose input").all():
        tick.check()
    page.get_by_label("I saw it done").check()
    for label, value in (("Day", "21"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Somewhere else").check()
