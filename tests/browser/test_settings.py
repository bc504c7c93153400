"""The settings of an authority in a real browser: how it appears, who holds which role, and who sees what and why."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from lms.core.clock import london_day
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


def look(page: Page, path: str = "") -> None:
    if path:
        answer = page.goto(path)
        assert answer
        assert answer.status == 200, path
    assert faults(page) == [], page.url
    assert not scrolls_sideways(page), page.url


def fill_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label, exact=True).fill(str(value))


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_settings_can_be_read(site: Site, new_page: NewPage, width: int) -> None:
    page = new_page(width=width)
    sign_in(page, "ada.admin@example.com")
    for path in (
        "/settings",
        "/settings/name",
        "/settings/colours",
        "/settings/roles",
        "/settings/roles/give",
        "/settings/roles/changes",
        "/settings/access",
        f"/settings/access?person={site.world.coordinator}",
        "/settings/keeping",
        "/settings/keeping/contacts",
        "/certificates/appearance",
    ):
        look(page, path)
    pa = new_page(width=width)
    sign_in(pa, "pat.morgan@example.com")
    look(pa, "/account/who-sees-me")


def test_name_colours_and_logo(site: Site, new_page: NewPage) -> None:
    page, pa = new_page(width=360), new_page(width=360)
    sign_in(page, "ada.admin@example.com")
    sign_in(pa, "pat.morgan@example.com")
    page.goto("/settings/name")
    page.get_by_label("Name in English").fill("")
    press(page, "Save")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    page.get_by_label("Name in English").fill("Rivermere and Dale Council")
    press(page, "Save")
    page.goto("/settings/colours")
    page.get_by_label("Header").fill("#5b0f3c")
    page.get_by_label("Links").fill("#ffee00")
    press(page, "Save")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("#")  # the sentence names a colour that would do
    look(page)
    assert page.get_by_label("Header").input_value() == "#5b0f3c", "what was typed is kept"
    page.get_by_label("Links").fill("#5b0f3c")
    press(page, "Try them on this page")
    expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    look(page)
    press(page, "Save")
    expect(page.get_by_text("Pages wear these colours from now on.")).to_be_visible()
    page.goto("/certificates/appearance")
    picture = io.BytesIO()
    Image.new("RGB", (200, 80), "navy").save(picture, "PNG")
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    page.locator("input[type=file]").set_input_files(logo)
    press(page, "Save")
    page.locator(".govuk-error-summary").wait_for()  # nobody has said what it shows
    look(page)
    page.locator("input[type=file]").set_input_files(logo)
    page.get_by_label("What does the logo show?").fill("Rivermere and Dale Council")
    press(page, "Save")
    pa.goto("/")
    header = pa.locator("header")
    expect(header).to_contain_text("Rivermere and Dale Council")
    assert pa.locator("header img").count() == 1
    wears = "each => getComputedStyle(each).backgroundColor"
    assert pa.locator(".palms-header").first.evaluate(wears) == "rgb(91, 15, 60)"
    look(pa)


def test_a_role_for_a_time_and_who_sees_what(site: Site, new_page: NewPage) -> None:
    today = london_day(site.clock())
    page = new_page(width=360)
    sign_in(page, "ada.admin@example.com")
    page.goto("/settings/roles/give")
    press(page, "Give the role")
    page.locator(".govuk-error-summary").wait_for()
    look(page)
    page.get_by_label("Full name").fill("Rae Officer")
    page.get_by_label("E-mail address at work").fill("rae.officer@example.com")
    page.get_by_label("Which role?").select_option(label="Funding officer")
    fill_day(page, "Last day (optional)", today + timedelta(days=3))
    page.get_by_label("Why?").fill("Stands in for Fay.")
    press(page, "Give the role")
    expect(page.get_by_role("row", name="Rae Officer").first).to_be_visible()
    look(page)
    officer = new_page(width=360)
    sign_in(officer, "rae.officer@example.com")
    assert opens(officer, "/funding/claims")
    sees = f"/settings/access?person={site.world.register_officer}"
    look(page, sees)
    money = page.get_by_role("row", name="Money")
    expect(money.first).to_contain_text("Funding officer")
    desk = new_page(width=360)
    sign_in(desk, "cora.coordinator@example.com")
    look(desk, f"/settings/access/pa/{site.world.pa}")
    expect(desk.get_by_role("main")).to_contain_text("Fay Funding")
    expect(desk.get_by_role("main")).to_contain_text("Rae Officer")
    site.clock.on(days=4)
    assert not opens(officer, "/funding/claims"), "the clock ended it, nobody did"
    again = new_page(width=360)
    sign_in(again, "ada.admin@example.com")
    again.goto(sees)
    expect(again.get_by_role("row", name="Money").first).not_to_contain_text("Funding officer")


def opens(page: Page, path: str) -> bool:
    answer = page.goto(path)
    assert answer
    return answer.status == 200 and "/sign-in" not in page.url
