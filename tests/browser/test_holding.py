"""The life of a certificate in a real browser: a coordinator suspends and renames it, its holder shares it, by keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lms.certification import queries
from lms.certification.queries import CertificateView
from tests.browser.site import Site, sign_in
from tests.browser.test_certificates_for_many import look, with_keys
from tests.certification import steps

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch-" * 2


@pytest.fixture
def issued(site: Site) -> CertificateView:
    """The certificate of the small world's PA, with its PDF."""
    with site.house.database.writing() as db:
        steps.earns(db, site.world, site.clock())
    site.do_waiting_work()
    with site.house.database.reading() as db:
        return queries.certificates_of(db, site.world.pa)[0]


def opened(page: Page, path: str) -> None:
    page.goto(path)
    look(page)


def test_a_coordinator_suspends_and_puts_a_long_name_right(new_page: NewPage, issued: CertificateView) -> None:
    page = new_page(width=360)
    sign_in(page, "cora.coordinator@example.com")
    opened(page, "/certificates/issued")
    one = f"/certificates/issued/{issued.id}"
    opened(page, f"{one}/suspend")
    with_keys(page, "Suspend it")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose why.")
    look(page)
    page.locator("[name=reason]").first.check()
    page.locator("[name=word]").fill("We ask the person who signed.")
    page.locator("[name=sure]").check()
    with_keys(page, "Suspend it")
    expect(page.get_by_role("main")).to_contain_text("The certificate is suspended.")
    look(page)
    opened(page, f"{one}/withdraw")
    opened(page, f"{one}/lift")
    page.locator("[name=sure]").check()
    with_keys(page, "Lift the suspension")
    opened(page, f"{one}/replace")
    page.locator("[name=holder_name]").fill(LONG)
    page.locator("[name=sure]").check()
    with_keys(page, "Issue it with this name")
    expect(page.get_by_role("main")).to_contain_text("in place of")
    look(page)
    opened(page, "/certificates/issued?standing=replaced")
    opened(page, "/")


def test_a_holder_shares_a_certificate_and_ends_the_link(new_page: NewPage, issued: CertificateView) -> None:
    page = new_page(width=360)
    sign_in(page, "pat.morgan@example.com")
    for path in ("", f"/{issued.id}", f"/{issued.id}/page", f"/{issued.id}/looks", "/what-others-see"):
        opened(page, f"/certificates{path}")
    opened(page, f"/certificates/{issued.id}/share")
    with_keys(page, "Make the link")
    look(page)
    page.locator("[name=for_whom]").fill(LONG)
    with_keys(page, "Make the link")
    look(page)
    address = page.locator("#link-1").input_value()
    stranger = new_page(width=360)
    opened(stranger, address)
    expect(stranger.get_by_role("main")).to_contain_text("Pat Morgan")
    with_keys(page, "End this link")
    look(page)
    opened(stranger, address)
    expect(stranger.get_by_role("main")).not_to_contain_text("Pat Morgan")
    page.goto("/certificates/what-others-see")
    with_keys(page, "Save")
    look(page)
