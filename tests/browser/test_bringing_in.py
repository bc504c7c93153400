"""A coordinator's own spreadsheet, in a browser: mistakes by cell, a question about a namesake, in, and back out."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NewPage = Callable[..., Page]
HEADINGS = "PA,PA e-mail,Day they began,Direct payment holder\r\n"
FIRST = HEADINGS + "Siân Ellis,sian.ellis@example,31/02/2026,Mrs Ŵyn\r\nPat Morgan,,01/03/2026,Mrs Ŵyn\r\n"
MENDED = FIRST.replace("@example,", "@example.com,").replace("31/02", "28/02")


def look(page: Page) -> None:
    """No fault and no sideways scroll, at the widths of a phone and a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == [], page.url
        assert not scrolls_sideways(page), page.url


def take_in(page: Page, name: str, text: str) -> None:
    page.get_by_label("Your list").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-16")}
    )
    press(page, "Take it in")


def worked_off(site: Site, page: Page) -> None:
    site.do_waiting_work()
    page.goto(page.url)


def test_a_list_is_mended_brought_in_and_taken_back(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    sign_in(page, "cora.coordinator@example.com")
    page.goto("/desk/people-in")
    look(page)
    press(page, "Choose a list")
    look(page)
    press(page, "Take it in")
    page.locator(".govuk-error-summary").wait_for()
    assert faults(page) == []
    take_in(page, "first.csv", FIRST)
    look(page)
    page.get_by_label("Day the PA began with this employer").select_option(index=3)
    page.get_by_label("Name of the employer", exact=True).select_option(index=4)
    page.get_by_label("Day first").check()
    press(page, "See what would come of it")
    look(page)
    worked_off(site, page)
    look(page)
    the_cells_to_mend(page)
    press(page, "Choose the mended list")
    take_in(page, "mended.csv", MENDED)
    worked_off(site, page)
    look(page)
    press(page, "Row 3: Pat Morgan")
    look(page)
    page.get_by_label("Pat Morgan").check()
    press(page, "Save")
    worked_off(site, page)
    press(page, "Bring them in")
    worked_off(site, page)
    expect(page.get_by_text("1 new person is here.")).to_be_visible()
    look(page)
    page.goto("/people")
    expect(page.get_by_role("main")).to_contain_text("Siân Ellis")
    page.goto("/desk/people-in")
    look(page)
    press(page, "mended.csv")
    press(page, "Take all of it back")
    worked_off(site, page)
    expect(page.get_by_text("Everything that came of this list was taken back")).to_be_visible()
    look(page)
    page.goto("/people")
    expect(page.get_by_role("main")).not_to_contain_text("Siân Ellis")
    expect(page.get_by_role("main")).to_contain_text("Pat Morgan")


def the_cells_to_mend(page: Page) -> None:
    """Both wrong cells are named on the page and in the file that can be saved."""
    main = page.get_by_role("main")
    for cell in ("B2 (PA e-mail)", "C2 (Day they began)"):
        expect(main.get_by_role("cell", name=cell)).to_be_visible()
    expect(main.get_by_role("button", name="Bring them in")).to_have_count(0)
    with page.expect_download() as saved:
        main.get_by_role("link", name="All of these for a spreadsheet (CSV)").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [["2", "B", "PA e-mail"], ["2", "C", "Day they began"]]
