"""A certificate with content, from the day it is seen to a review, in a real browser on a phone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, press, sign_in
from tests.browser.test_certificates_for_many import look

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


def test_a_certificate_with_content_is_talked_about_decided_and_looked_at_again(site: Site, new_page: NewPage) -> None:
    officer, manager, pa = new_page(width=360), new_page(width=1280), new_page(width=360)
    sign_in(officer, "rae.officer@example.com")
    sign_in(manager, "max.manager@example.com")
    sign_in(pa, "pat.morgan@example.com")
    checks = f"/register/people/{site.world.authority}/{site.world.pa}/checks"
    own = f"/register/{site.world.authority}/checks"
    officer.goto(checks)
    look(officer)
    officer.goto(f"{checks}/RM-DBS/certificate")
    look(officer)
    press(officer, "Record")
    officer.locator(".govuk-error-summary").wait_for()
    look(officer)
    officer.select_option("[name=level]", "enhanced_adults_list")
    officer.check("[name=workforce][value=adult]")
    officer.check("[name=result][value=has_content]")
    for box, value in enumerate(("1", "11", "2026")):
        officer.locator("[name=issue_date]").nth(box).fill(value)
    press(officer, "Record")
    officer.get_by_role("button", name="Take this step").click()
    officer.fill("[name=place]", "About the old conviction")
    press(officer, "Send the invitation")
    officer.locator(".govuk-error-summary").wait_for()
    look(officer)
    expect(officer.locator("[name=place]")).to_have_value("About the old conviction")
    officer.fill("[name=place]", "Tuesday 24 November at 10:30, Town Hall " * 6)
    press(officer, "Send the invitation")
    pa.goto(own)
    look(pa)
    expect(pa.get_by_role("heading", name="Bring your certificate")).to_be_visible()
    step = officer.get_by_role("button", name="Take this step")
    step.click()
    press(officer, "Record this step")
    step.click()
    look(officer)
    officer.check("[name=factors][value=openness]")
    press(officer, "Record this step")
    step.click()
    look(officer)
    officer.check("[name=decision][value=do_not_proceed]")
    press(officer, "Record this step")
    manager.goto(checks)
    look(manager)
    manager.get_by_role("button", name="Take this step").click()
    look(manager)
    manager.check("[name=agrees][value=agreed]")
    press(manager, "Record this step")
    pa.goto(own)
    look(pa)
    pa.get_by_role("button", name="Ask for a review").click()
    look(pa)
    press(pa, "Ask for a review")
    expect(pa.locator("main")).to_contain_text("You asked for a review")
    pa.get_by_role("link", name="Choose who may know").click()
    look(pa)
    pa.goto(f"{own}/consent")
    look(pa)
    press(pa, "I agree")
    manager.goto(checks)
    look(manager)
    manager.get_by_role("button", name="Look at the decision again").click()
    look(manager)
    expect(manager.locator("main")).to_contain_text("You had a part in this decision")
