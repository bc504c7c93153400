"""A coordinator at the end of the year in a real browser: how certificates look, a workshop, a cohort, one download."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from lms.core.db import Db
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways
from tests.certification import steps
from tests.certification.bulk.conftest import another

NewPage = Callable[..., Page]
WIDTHS = (360, 1280)
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch " * 2


pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


@pytest.fixture
def coordinator(site: Site, new_page: NewPage) -> Page:
    """The coordinator, signed in, with two PAs who have the certificate of PAI-1 or are on the way to it."""
    with site.house.database.writing() as db:
        _people(db, site)
    site.do_waiting_work()
    page = new_page(width=360)
    sign_in(page, "cora.coordinator@example.com")
    return page


def _people(db: Db, site: Site) -> None:
    now, world = site.clock(), site.world
    steps.earns(db, world, now)
    steps.enrolled(db, world, now, learner=world.second_pa)
    steps.enrolled(db, world, now, learner=another(db, world, LONG.strip()[:120], now))


def look(page: Page) -> None:
    """The page as it stands has no fault and fits, on a phone and on a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == []
        assert not scrolls_sideways(page), (page.url, width)


def with_keys(page: Page, name: str, *, role: str = "button") -> None:
    """Come to a button or a link by the keyboard alone, and press it."""
    wanted = page.get_by_role("main").get_by_role(role, name=name).first  # type: ignore[arg-type]
    wanted.wait_for()
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            break
    assert wanted.evaluate("each => each === document.activeElement"), f"{name} cannot be reached"
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_how_certificates_look_is_chosen_and_a_mistake_loses_nothing(
    site: Site, coordinator: Page, tmp_path: Path
) -> None:
    page, logo = coordinator, tmp_path / "logo.png"
    Image.new("RGB", (400, 160), "teal").save(logo)
    page.goto("/certificates/appearance")
    look(page)
    page.locator("[name=paper]").set_input_files(logo)
    page.locator("[name=languages][value=both]").check()
    press(page, "Save. It counts from now on")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    expect(page.get_by_role("main")).to_contain_text("Handed in already: logo.png.")
    page.get_by_label("What does the logo show?").fill("Rivermere Council")
    press(page, "Save. It counts from now on")
    shown = page.get_by_role("img", name="Rivermere Council")
    assert shown.evaluate("each => each.naturalWidth") == 400
    look(page)
    with_keys(page, "Name somebody who signs")
    look(page)
    press(page, "Name them")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    page.get_by_label("Full name").fill(LONG[:120])
    page.get_by_label("What are they?").fill("Head of adult services")
    press(page, "Name them")
    look(page)
    with_keys(page, "Set the last day", role="link")
    look(page)


def test_a_workshop_by_the_keyboard_alone(site: Site, coordinator: Page) -> None:
    page = coordinator
    page.goto("/certificates/workshops")
    look(page)
    with_keys(page, "Record a workshop")
    look(page)
    page.get_by_label("What was it called?").fill("Moving well " + LONG[:100])
    page.get_by_label("How many hours?").fill("2:07")
    page.get_by_label("Online", exact=True).check()
    with_keys(page, "Save and say who was there")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    page.get_by_label("How many hours?").fill("2.5")
    with_keys(page, "Save and say who was there")
    look(page)
    page.get_by_label("Names, usernames or e-mail addresses").fill("pat.morgan@example.com\nNobody Here")
    with_keys(page, "Add these people")
    expect(page.get_by_role("main")).to_contain_text("Nobody here answers to these")
    look(page)
    page.get_by_label("Sam Okoro").check()
    with_keys(page, "Add those ticked")
    expect(page.get_by_role("main")).to_contain_text("2 people have no certificate for this yet.")
    look(page)
    with_keys(page, "Issue the certificates")
    look(page)
    with_keys(page, "Issue the certificates")
    look(page)
    with_keys(page, "Stop")
    look(page)
    with_keys(page, "Go on")
    site.do_waiting_work()
    with_keys(page, "Look again")
    expect(page.get_by_role("main")).to_contain_text("2 certificates were issued.")
    look(page)


def test_a_cohort_is_looked_at_printed_and_taken_along(site: Site, coordinator: Page) -> None:
    page = coordinator
    page.goto("/certificates/batches")
    look(page)
    with_keys(page, "See who would get one")
    look(page)
    press(page, "Look")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    page.get_by_label("Which certificate?").select_option("module|PAI-1|PAI")
    with_keys(page, "Look")
    look(page)
    site.do_waiting_work()
    with_keys(page, "Look again")
    expect(page.get_by_role("main")).to_contain_text("Nobody gets a certificate today.")
    look(page)
    with_keys(page, "Pack all certificates")
    look(page)
    site.do_waiting_work()
    page.reload()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Part 1: 1 certificates").click()
    packed = zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes()))
    assert packed.namelist()[-1] == "index.csv"
    page.get_by_role("link", name="Something is missing (2)").click()
    look(page)
    page.get_by_role("link", name="This list for printing").click()
    look(page)
    expect(page.get_by_role("main")).to_contain_text("Sam Okoro")
    page.goto("/certificates/batches")
    look(page)
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("Who would get a certificate: the list is ready")
