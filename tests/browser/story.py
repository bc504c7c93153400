"""One PA's whole story in a browser, step by step, as the people in it live it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from lms.learning.catalogue import Courses
from lms.learning.questions import Match, PutInOrder, Question
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.questions.samples import sample_answer
from tests.browser.site import Site, press, sign_in

NAME = "Tomos ap Dafydd"
EMAIL = "tomos@example.com"
NewPage = Callable[..., Page]


def heading(page: Page) -> str:
    """The page's one first-level heading."""
    expect(page.locator("h1")).to_have_count(1)
    return page.locator("h1").inner_text()


def next_step(page: Page) -> None:
    """Press the most visible thing on the page."""
    with page.expect_navigation():
        page.locator(".palms-next__action").click()


def invite(page: Page, site: Site) -> str:
    """The coordinator invites a PA who works for Amina; returns the link from the mail."""
    sign_in(page, "cora.coordinator@example.com")
    page.goto("/people")
    press(page, "Invite a PA")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("E-mail address (leave empty").fill(EMAIL)
    page.get_by_label("Who do they work for?").select_option(label="Amina Yusuf")
    press(page, "Invite")
    expect(page.get_by_role("main")).to_contain_text(f"The invitation to {NAME} is on its way.")
    site.do_waiting_work()
    found = re.search(r"http://\S+/invitation/\S+", site.last_mail_to(EMAIL))
    assert found
    return found.group(0)


def join(page: Page, link: str) -> None:
    """The PA follows the link and chooses a password."""
    page.goto(link)
    assert heading(page) == "Welcome to PALMS"
    page.get_by_label("Choose a password", exact=True).fill("rain on the slate roof")
    press(page, "Join")
    assert heading(page) == f"Hello, {NAME}"


def read_every_lesson(page: Page) -> None:
    """From home, always the next step, until the lessons are read."""
    page.goto("/")
    next_step(page)
    for _lesson in range(20):
        if not page.get_by_role("button", name="I have finished this lesson").count():
            break
        press(page, "I have finished this lesson")


def write_the_activity(page: Page) -> None:
    """Two sentences are enough for a story."""
    page.get_by_role("textbox").fill(
        "I ask first thing what today should look like. My employer tells me what changed."
    )
    press(page, "Save, I have finished")


def pass_the_check(page: Page, site: Site) -> None:
    """Answer every question rightly and hand in."""
    bank = {normal(each.text.en): each for each in site.house.shelves[Courses].module_in("PAI", "PAI-1").questions}
    page.goto("/")
    next_step(page)
    press(page, "Start the questions")
    for _question in range(60):
        if not page.locator(".palms-question__count").count():
            break
        answer(page, bank[normal(page.locator("h1").inner_text())])
        press(page, "Save and continue")
    press(page, "Hand in my answers")
    assert heading(page) == "You passed with 100 percent"


def answer(page: Page, question: Question) -> None:
    """Answer a question of any kind rightly, as somebody does who knows."""
    if isinstance(question, Match):
        for left, right in question.belongs.items():
            page.get_by_label(question.lefts[left].en, exact=True).select_option(label=question.rights[right].en)
    elif isinstance(question, PutInOrder):
        for place, step in enumerate(question.steps, start=1):
            page.get_by_label(f"Number of this step: {step.text.en}", exact=True).select_option(str(place))
    elif isinstance(question, ChoiceQuestion):
        for option in question.options:
            if option.right:
                role = "checkbox" if question.several else "radio"
                page.get_by_role(role, name=option.text.en, exact=True).check()  # a picture's name is its text
    else:
        page.get_by_role("main").get_by_role("textbox").fill(*sample_answer(question, right=True))


def normal(text: str) -> str:
    """Words without their spacing."""
    return " ".join(text.split())


def allocate_assessor(page: Page) -> None:
    """The coordinator chooses the college's assessor."""
    page.goto("/people")
    press(page, NAME)
    press(page, "Choose an assessor")
    page.get_by_role("combobox").select_option(index=1)
    press(page, "Allocate")
    expect(page.get_by_role("main")).to_contain_text("Dai Assessor")


def observe_and_sign_off(page: Page) -> None:
    """The assessor records what was seen, judges it met and signs off."""
    sign_in(page, "dai.assessor@example.com")
    page.goto("/assess")
    press(page, NAME)
    press(page, "Record what you saw")
    for label, value in (("Day", "21"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("In the person's own home").check()
    page.get_by_label(f"What did you see {NAME} do?").fill("Asked A. what she wanted first, and did it her way.")
    page.get_by_label("Met", exact=True).check()
    press(page, "Save")
    press(page, "Go to sign-off")
    page.get_by_role("checkbox").check()
    press(page, "Sign off")


def see_as_employer(page: Page) -> None:
    """The employer says what they saw on one page, and signs off."""
    sign_in(page, "amina.yusuf@example.com")
    next_step(page)
    page.get_by_role("radio", name=re.compile("Today")).check()
    page.get_by_label(f"What did you see {NAME} do?").fill("He asks me first. He did it my way all week.")
    page.get_by_label("Yes", exact=True).check()
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    press(page, "Save")


def certificate_number(page: Page, site: Site) -> str:
    """The PA finds the certificate; returns its number."""
    site.do_waiting_work()
    page.goto("/certificates")
    press(page, "Module certificate")
    expect(page.get_by_role("main")).to_contain_text("This is not the Care Certificate")
    found = re.search(r"PALMS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", page.get_by_role("main").inner_text())
    assert found
    return found.group(0)


def download_pdf(page: Page) -> bytes:
    """The PDF behind the button."""
    link = page.get_by_role("main").get_by_role("button", name="Download the PDF").get_attribute("href")
    assert link
    return page.request.get(link).body()


def stranger_checks(page: Page, number: str) -> None:
    """Somebody without an account types the number, untidily."""
    page.goto("/verify")
    page.get_by_label("Certificate number").fill(number.lower().replace("-", " "))
    press(page, "Check the number")
    assert heading(page) == "This certificate is on record and counts"
    main = page.get_by_role("main")
    expect(main).not_to_contain_text(NAME)
    page.get_by_label("The holder’s whole name").fill(NAME.upper())
    press(page, "Compare the name")
    expect(main).to_contain_text("The name you typed matches.")
    expect(main).to_contain_text(NAME)
    expect(main).to_contain_text("What it does not prove")


def what_is_missing(page: Page) -> None:
    """The PA sees what the register still asks for."""
    page.goto("/register")
    assert heading(page) == "The register"
    expect(page.get_by_role("main")).to_contain_text("The code of conduct")


def claim_waits(page: Page) -> None:
    """The coordinator sees a draft claim with its reasons."""
    page.goto("/funding/claims")
    page.locator("main tr", has_text=NAME).get_by_role("link").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Claimable: up to £75.00")
    expect(main).to_contain_text("Still missing")
