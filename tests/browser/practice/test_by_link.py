"""An employer answers by link with the keyboard alone, on a small phone; and two people share one phone."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from lms.assessment.allocating import allocate_assessor
from lms.assessment.evidence import queries as evidence
from lms.core.clock import london_day
from lms.learning import services as learning
from lms.people.models import Person
from tests.assessment.conftest import UNIT
from tests.browser.site import PASSWORD, Site, press, sign_in
from tests.browser.test_pages import SMALL, faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""

NewPage = Callable[..., Page]
SAID = "P. asked me which box first, then moved them one by one."


def enrolled(site: Site, *, known: bool = True) -> str:
    """Pat is on the induction since ten days, with Dai as assessor; `known` False: Amina has no password."""
    now, world = site.clock(), site.world
    site.clock.on(days=-10)
    with site.house.database.writing() as db:
        then = site.clock()
        made = learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=then
        )
        allocate_assessor(
            db,
            enrolment_id=made,
            assessor_id=world.assessor,
            since=london_day(then),
            by=world.coordinator,
            now=then,
        )
        if not known:
            db.get_one(Person, world.employer_person).password_hash = None
    site.clock.now = now
    return str(made)


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Go on with the Tab key until something with this name has the focus, as somebody without a mouse does."""
    for _key in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            """() => { const at = document.activeElement; if (!at || at === document.body) return "";
                 const label = at.labels && at.labels.length ? at.labels[0].textContent : "";
                 return (label || at.getAttribute("aria-label") || at.textContent || "").trim(); }"""
        )
        if said.startswith(name):
            assert page.evaluate("document.activeElement.matches(':focus-visible')")
            return
    raise AssertionError(f"the Tab key never comes to {name!r} on {page.url}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, number: int) -> None:
    """The radio group with the arrow keys: the first with a space, the next ones one down each."""
    for _key in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "answer":
            break
    page.keyboard.press("Space")
    for _down in range(number - 1):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.checked")


def looked_at(page: Page) -> None:
    """No fault for a screen reader, nothing cut off, and everything big enough for a thumb."""
    assert faults(page) == []
    assert not scrolls_sideways(page), page.url
    assert page.evaluate(SMALL) == [], page.url


def test_an_employers_link_from_the_mail_to_evidence_by_keyboard_alone(site: Site, new_page: NewPage) -> None:
    enrolment = enrolled(site, known=False)
    pa = new_page(width=360)
    sign_in(pa, "pat.morgan@example.com")
    pa.goto(f"/asked-by-link/{enrolment}/{UNIT}")
    looked_at(pa)
    pa.locator("[name=lines]").first.check()
    pa.get_by_label("Amina Yusuf").first.check()
    press(pa, "Send the link")
    looked_at(pa)
    site.do_waiting_work()
    found = re.search(r"http://\S+/said/\S+", site.last_mail_to("amina.yusuf@example.com"))
    assert found

    page = new_page(width=360)
    page.goto(found.group(0))
    looked_at(page)
    tab_to(page, "Yes, I am Amina Yusuf")
    enter(page)
    for _page in range(12):
        question = page.url.rsplit("/", 1)[1]
        if question == "check":
            break
        looked_at(page)
        if question == "what":
            tab_to(page, "What did you see Pat do?")
            page.keyboard.type(SAID)
        else:
            choose(page, {"day": 2, "sign": 2}.get(question, 1))
        tab_to(page, "Save and go on")
        enter(page)
    looked_at(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this what you want to say?")
    tab_to(page, "Send what I said")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer is saved")
    looked_at(page)

    assessor = new_page()
    sign_in(assessor, "dai.assessor@example.com")
    with site.house.database.reading() as db:
        [piece] = evidence.evidence_of(db, UUID(enrolment))
    assessor.goto(f"/evidence/{piece.id}")
    expect(assessor.get_by_role("main")).to_contain_text(SAID)
    expect(assessor.get_by_role("main")).to_contain_text("Amina Yusuf")
    assessor.goto(f"/asked-by-link/{enrolment}")
    looked_at(assessor)
    press(assessor, "What they were asked and said")
    expect(assessor.get_by_role("main")).to_contain_text(SAID)
    looked_at(assessor)


def test_the_other_pages_of_a_link_have_no_fault_also_without_scripts_and_in_welsh(
    site: Site, new_page: NewPage
) -> None:
    enrolment = enrolled(site)
    pa = new_page(width=360)
    sign_in(pa, "pat.morgan@example.com")
    pa.goto(f"/asked-by-link/{enrolment}/{UNIT}")
    press(pa, "Send the link")
    looked_at(pa)
    pa.locator("[name=lines]").first.check()
    pa.get_by_label("Somebody else who saw it").check()
    pa.get_by_label("Their name").fill("Llanfair" * 14)
    pa.get_by_label("What do they have to do").fill("the other PA")
    pa.get_by_label("Their e-mail address").fill("n@example.com")
    press(pa, "Send the link")
    looked_at(pa)
    site.do_waiting_work()
    link = re.search(r"http://\S+/said/\S+", site.last_mail_to("n@example.com"))
    assert link
    page = new_page(width=320, scripts=False)
    page.goto(link.group(0))
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="Cymraeg").click()
    page.locator('html[lang="cy"]').wait_for()
    page.get_by_role("button", name="English").click()
    page.locator('html[lang="en"]').wait_for()
    press(page, "Yes, I am")
    press(page, "Save and go on")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose one answer.")
    page.locator("[value=yes]").check()
    press(page, "Save and go on")
    assert not scrolls_sideways(page)
    press(page, "I did not see this after all")
    expect(page.get_by_role("main")).to_contain_text("I did not see this")
    press(page, "Send what I said")
    again = new_page(width=360)
    again.goto(link.group(0))
    again.get_by_text("Something I said was not right").click()
    looked_at(again)
    press(again, "Tell us")
    looked_at(again)
    again.get_by_label("What was not right?").fill("I did see it, on Tuesday.")
    press(again, "Tell us")
    expect(again.get_by_role("main")).to_contain_text("I did see it, on Tuesday.")
    looked_at(again)


def test_together_on_one_phone_with_the_keyboard_and_no_scripts(site: Site, new_page: NewPage) -> None:
    enrolment = enrolled(site)
    phone = new_page(width=360, scripts=False)
    sign_in(phone, "dai.assessor@example.com")
    phone.goto(f"/together/start/{enrolment}/{UNIT}")
    phone.locator("[value=professional_discussion]").check()
    phone.locator("[name=asked]").fill("How do you know what A. wants?")
    phone.locator("[name=text]").fill("She asks each time.")
    phone.locator("[value=own_home]").check()
    phone.locator("[name=lines]").first.check()
    press(phone, "Save and go on")
    press(phone, "Hand the phone over")
    phone.goto("/assess")
    assert phone.url.endswith("/together/phone")
    assert not scrolls_sideways(phone)
    phone.locator("[name=right][value=yes]").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.type("And again afterwards.")
    phone.keyboard.press("Tab")
    phone.keyboard.type(PASSWORD)
    enter(phone)
    phone.locator("[name=password]").focus()
    phone.keyboard.type(PASSWORD)
    enter(phone)
    expect(phone.get_by_role("main")).to_contain_text("And again afterwards.")


def test_the_pages_of_one_phone_have_no_fault(site: Site, new_page: NewPage) -> None:
    enrolment = enrolled(site)
    phone = new_page(width=360)
    sign_in(phone, "dai.assessor@example.com")
    phone.goto(f"/together/start/{enrolment}/{UNIT}")
    looked_at(phone)
    press(phone, "Save and go on")
    looked_at(phone)
    phone.locator("[value=direct_observation]").check()
    phone.locator("[name=text]").fill("She asked first. " * 40)
    phone.locator("[value=own_home]").check()
    phone.locator("[name=lines]").first.check()
    press(phone, "Save and go on")
    looked_at(phone)
    phone.goto("/together")
    looked_at(phone)
    phone.go_back()
    press(phone, "Hand the phone over")
    looked_at(phone)
    press(phone, "Save, and hand the phone back")
    looked_at(phone)
    phone.locator("[name=right][value=no]").check()
    phone.locator("[name=text]").fill("It was Wednesday.")
    press(phone, "Save, and hand the phone back")
    looked_at(phone)
    phone.locator("[name=password]").fill("wrong")
    press(phone, "Take the phone back")
    looked_at(phone)
    phone.locator("[name=password]").fill(PASSWORD)
    press(phone, "Take the phone back")
    expect(phone.get_by_role("main")).to_contain_text("It was Wednesday.")
    looked_at(phone)
