"""A report in a real browser: asked for, made, passed on as files that agree with the page, corrected and published."""

import io
import re
import subprocess
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import email_of, faults, scrolls_sideways

NewPage = Callable[..., Page]
Rows = list[list[str]]


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def look(page: Page) -> None:
    assert faults(page) == [], page.url
    assert not scrolls_sideways(page), page.url


def tables(page: Page) -> dict[str, Rows]:
    """Every table of a page by its caption, row by row; a * marks what is kept back in what goes out."""
    found = {}
    for table in page.locator("main table").all():
        name = table.locator("caption").inner_text().strip()
        found[name] = [
            [cell.strip() for cell in row.locator("th, td").all_inner_texts()]
            for row in table.locator("tbody tr").all()
        ]
    return found


def test_from_the_question_to_the_public_page(site: Site, new_page: NewPage) -> None:
    desk = new_page(width=360)
    sign_in(desk, email_of("Carol Bennett"), cast.PASSWORD)
    desk.goto("/desk")
    press(desk, "Reports") if desk.get_by_role("main").get_by_role("link", name="Reports").count() else desk.goto(
        "/desk/reports"
    )
    look(desk)
    desk.get_by_label("Day", exact=True).nth(1).fill("32")
    press(desk, "Make the report")
    desk.locator(".govuk-error-summary").wait_for()
    look(desk)
    desk.get_by_label("Day", exact=True).nth(1).fill("21")
    press(desk, "Make the report")
    expect(desk.get_by_text("Step 1 of 2: the numbers are being counted.")).to_be_visible()
    look(desk)
    site.do_waiting_work()
    press(desk, "Look again")
    look(desk)
    first = desk.url
    assert desk.locator("h1 .govuk-caption-l").inner_text() == "RIVERMERE-RPT-2026-0001"
    _files_agree(desk)
    _published(desk, new_page(width=360), "RIVERMERE-RPT-2026-0001")
    _corrected(site, desk)
    expect(desk.get_by_text("It takes the place of report RIVERMERE-RPT-2026-0001.")).to_be_visible()
    newer = desk.url
    desk.goto(first)
    expect(desk.get_by_text("Report RIVERMERE-RPT-2026-0002 takes the place of this one.")).to_be_visible()
    look(desk)
    desk.goto("/figures/RIVERMERE")
    expect(desk.get_by_text("These numbers were corrected in report RIVERMERE-RPT-2026-0002.")).to_be_visible()
    look(desk)
    desk.goto(newer)
    _published(desk, new_page(width=360), "RIVERMERE-RPT-2026-0002")
    press(desk, "See or change the public page")
    press(desk, "Take the public page down")
    gone = desk.goto("/figures/RIVERMERE")
    assert gone
    assert gone.status == 404


def _files_agree(desk: Page) -> None:
    """Each number of the page stands in the workbook and in the PDF, but those with a * are kept back there."""
    shown = tables(desk)
    files = {}
    for name in ("Save as PDF", "Save as a spreadsheet"):
        link = desk.get_by_role("link", name=name).get_attribute("href")
        assert link
        files[name] = desk.request.get(link).body()
    book = openpyxl.load_workbook(io.BytesIO(files["Save as a spreadsheet"]))
    told = subprocess.run(
        ["/usr/bin/pdftotext", "-layout", "-", "-"], input=files["Save as PDF"], capture_output=True, check=True
    ).stdout.decode()
    words = re.sub(r"\s+", " ", told)
    assert "RIVERMERE-RPT-2026-0001" in words
    assert "Learners by stage" in shown
    kept = 0
    for name, rows in shown.items():
        sheet = [[_said(cell) for cell in row] for row in book[name[:31]].iter_rows(min_row=2, values_only=True)]
        out = [["kept back" if "*" in cell else cell for cell in row] for row in rows]
        kept += sum(row.count("kept back") for row in out)
        assert sheet == out, name
        for row in out:
            assert " ".join(row) in words, (name, row)
    assert kept, "the demonstration is small: something has to be kept back"


def _said(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _corrected(site: Site, desk: Page) -> None:
    press(desk, "Correct this report")
    look(desk)
    press(desk, "Make the report")
    site.do_waiting_work()
    press(desk, "Look again")
    look(desk)


def _published(desk: Page, anybody: Page, number: str) -> None:
    """From a report's page: nobody reads its number before it is published, and everybody afterwards."""
    anybody.goto("/figures/RIVERMERE")
    expect(anybody.get_by_text(f"From report {number}")).to_have_count(0)
    there = desk.url
    press(desk, "See or change the public page")
    look(desk)
    press(desk, "Let anybody read these numbers")
    look(desk)
    anybody.goto("/figures/RIVERMERE")
    look(anybody)
    main = anybody.get_by_role("main")
    expect(main).to_contain_text(f"From report {number}")
    expect(main).to_contain_text("kept back")
    expect(main).not_to_contain_text("*")
    desk.goto(there)


@pytest.mark.parametrize(
    ("name", "page", "about"),
    [("Peter Ashworth", "/funding/claims", "Money in and out"), ("Maureen Doyle", "/register/desk", "The register")],
)
def test_other_readers_find_theirs(site: Site, new_page: NewPage, name: str, page: str, about: str) -> None:
    reader = new_page(width=1280)
    sign_in(reader, email_of(name), cast.PASSWORD)
    reader.goto(page)
    with reader.expect_navigation():
        reader.get_by_role("link", name="Reports", exact=True).first.click()
    look(reader)
    assert reader.locator("select[name=kind] option").all_inner_texts() == [about]
    press(reader, "Make the report")
    site.do_waiting_work()
    press(reader, "Look again")
    expect(reader.get_by_role("link", name="Save as PDF")).to_be_visible()
    look(reader)
