"""A coordinator writes to two PAs, in a browser: one reads a letter on paper, one a mail that can be ended for good."""

import re
import subprocess
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
NewPage = Callable[..., Page]
PAT, SAM = "pat.morgan@example.com", "sam.okoro@example.com"
BODY = "Hello ((first name)),\n\nwe meet at Rivermere Library on Monday. You are paid for your time."


def look(page: Page) -> None:
    """No fault and no sideways scroll, at the widths of a phone and a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert faults(page) == [], page.url
        assert not scrolls_sideways(page), page.url


def test_a_letter_and_a_mail(site: Site, new_page: NewPage) -> None:
    pat, sam, cora = new_page(width=360), new_page(width=360), new_page()
    wishes_letters(pat)
    sign_in(cora, "cora.coordinator@example.com")
    a_template(cora)
    cora.goto(f"/desk/messages/new?person={site.world.pa}&person={site.world.second_pa}")
    with cora.expect_navigation():
        cora.get_by_role("button", name="Use it").click()
    look(cora)
    cora.get_by_label("Message", exact=True).fill(BODY + " See https://elsewhere.example.com")
    press(cora, "See who gets it")
    cora.locator(".govuk-error-summary").wait_for()
    assert faults(cora) == []
    expect(cora.get_by_label("Subject", exact=True)).to_have_value("An evening for you")
    cora.get_by_label("Message", exact=True).fill(BODY)
    press(cora, "See who gets it")
    look(cora)
    message = cora.url
    expect(cora.get_by_text("By letter, which you print").first).to_be_visible()
    press(cora, "Pat Morgan")
    look(cora)
    expect(cora.get_by_text("Hello Pat,")).to_be_visible()
    cora.goto(message)
    press(cora, "Send to 2 people")
    site.do_waiting_work()
    cora.goto(message)
    look(cora)
    the_letter(cora)
    press(cora, "I have printed and posted them")
    expect(cora.get_by_text("Printed and posted on")).to_be_visible()
    sign_in(sam, SAM)
    sam.goto("/messages")
    look(sam)
    expect(sam.get_by_role("main")).to_contain_text("An evening for you")
    no_more(site, new_page(width=360))


def wishes_letters(page: Page) -> None:
    """A PA chooses letters for what the council writes, with their address, on a phone."""
    sign_in(page, PAT)
    page.goto("/account")
    press(page, "How we tell you")
    look(page)
    page.get_by_label("Messages your council writes to you").select_option(label="Letter")
    page.get_by_label("Address for letters (optional)").fill("1 Mill Lane\nRivermere\nRV1 2AB")
    press(page, "Save")
    look(page)


def a_template(page: Page) -> None:
    page.goto("/desk/messages")
    look(page)
    press(page, "Templates")
    look(page)
    press(page, "Write a new template")
    page.get_by_label("Name of the template").fill("Evening")
    page.get_by_label("Subject", exact=True).fill("An evening for you")
    page.get_by_label("Message", exact=True).fill(BODY)
    look(page)
    press(page, "Save")
    look(page)


def the_letter(page: Page) -> None:
    """The PDF holds the address as it stands in the window, and what it says, for one person alone."""
    with page.expect_download() as saved:
        page.evaluate("document.querySelector(\"a[href$='/letters/1.pdf']\").setAttribute('download', '')")
        page.locator("a[href$='/letters/1.pdf']").click()
    file = Path(saved.value.path())
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    at = lines.index("Pat Morgan")
    assert lines[at : at + 4] == ["Pat Morgan", "1 Mill Lane", "Rivermere", "RV1 2AB"]
    assert "Hello Pat," in lines
    assert "An evening for you" in lines
    assert "Sam" not in text


def no_more(site: Site, page: Page) -> None:
    """Whoever has the mail can end mails like it, without signing in; looking at the page alone ends nothing."""
    folder = site.house.settings.outbox
    assert folder is not None
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in folder.glob("*.eml")]
    (mail,) = [mail for mail in mails if mail["Subject"] == "An evening for you"]
    assert mail["To"] == SAM
    found = re.search(r"<(http[^>]+)>", str(mail["List-Unsubscribe"]))
    assert found
    page.goto(found[1])
    look(page)
    page.get_by_role("main").get_by_role("button").click()
    look(page)
    page.goto("/sign-in")
    sign_in(page, SAM)
    page.goto("/account/messages")
    expect(page.get_by_label("Messages your council writes to you")).to_have_value("page")
