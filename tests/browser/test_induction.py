"""The whole induction, studied to its end on a phone: always the next step, and twice it goes on on another phone."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from lms.learning import services
from lms.learning.catalogue import Courses, Module
from lms.learning.questions import KINDS
from tests.browser.site import Site, press, sign_in, told_place
from tests.browser.studying import Studying
from tests.browser.test_pages import faults, scrolls_sideways

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""

NewPage = Callable[..., Page]
PHONE = {"width": 360, "has_touch": True, "is_mobile": True}
COMMENT = "Good. One thing is missing: by which day you look at it again."


@pytest.fixture(autouse=True)
def same_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check draws the same questions in every run, so that the same kinds are met."""
    numbers = count()
    monkeypatch.setattr(services, "secrets", SimpleNamespace(token_hex=lambda _size: f"induction {next(numbers)}"))


@pytest.fixture
def modules(site: Site) -> tuple[Module, ...]:
    """The seven modules, with Pat enrolled on them."""
    with site.house.database.writing() as db:
        who, now = site.world, site.clock()
        services.enrol(db, learner_id=who.pa, authority_id=who.authority, course="PAI", by=who.coordinator, now=now)
    return tuple(site.house.shelves[Courses].modules_of("PAI"))


def at_home(site: Site, new_page: NewPage) -> Studying:
    """Pat signs in on a phone never used before."""
    page = new_page(**PHONE)
    sign_in(page, "pat.morgan@example.com")
    return Studying(site, page)


def send_back(site: Site, new_page: NewPage) -> None:
    """The coordinator reads the activity of the last module, and sends it back."""
    page = new_page()
    sign_in(page, "cora.coordinator@example.com")
    page.get_by_role("link", name="Texts to read").first.click()
    page.get_by_label("Module").select_option(value="PAI-7")
    press(page, "Show")
    press(page, "Read the next one")
    page.get_by_label("Not yet: something is still missing").check()
    page.get_by_role("textbox").fill(COMMENT)
    press(page, "Send")


def go_on_in_a_lesson(pat: Studying, on_another_phone: Callable[[], Studying]) -> Studying:
    """Stop in the middle of a lesson; the other phone opens it at that very heading."""
    pat.read()
    stopped = pat.page.locator("#section-3").inner_text()
    with pat.page.expect_response(lambda answer: told_place(answer, 3)):
        pat.page.locator("#section-3").evaluate("each => each.scrollIntoView()")
    pat = on_another_phone()
    expect(pat.page.locator(".palms-next__action")).to_have_text(f"Go on where you stopped: {stopped}")
    pat.next_step()
    assert pat.page.url.endswith("#section-3")
    pat.study_module()
    return pat


def go_on_in_a_check(pat: Studying, on_another_phone: Callable[[], Studying]) -> Studying:
    """Stop in the middle of a check; the other phone goes on at that very question."""
    pat.read_all()
    pat.write()
    pat.take_check(only=5)
    pat = on_another_phone()
    pat.next_step()
    expect(pat.page.locator(".palms-question__count")).to_have_text("Question 6 of 12")
    pat.answer_all()
    pat.hand_in()
    return pat


def write_again(pat: Studying) -> None:
    """What came back stands first at home: read what is missing, and write again."""
    expect(pat.page.locator(".palms-next__title")).to_have_text("Cora Coordinator sent you a comment")
    pat.next_step()
    expect(pat.page.get_by_role("main")).to_contain_text(COMMENT)
    pat.page.get_by_role("textbox").press_sequentially(" On Friday the 4th.")
    press(pat.page, "Send it again")
    expect(pat.page.get_by_role("main")).to_contain_text("Your new version is sent")


def test_the_whole_induction_on_a_phone(site: Site, new_page: NewPage, modules: tuple[Module, ...]) -> None:
    pat, phones = at_home(site, new_page), 1

    def on_another_phone() -> Studying:
        nonlocal phones
        phones += 1
        pat.page.context.close()
        return replace(pat, page=at_home(site, new_page).page)

    for number in range(1, len(modules) + 1):
        site.clock.on(days=1)
        pat.next_step()
        if number == 3:
            pat = go_on_in_a_lesson(pat, on_another_phone)
        elif number == 4:
            pat = go_on_in_a_check(pat, on_another_phone)
        else:
            pat.study_module(wrong_first=number == 2)
        press(pat.page, "Back to the module")
        expect(pat.page.get_by_role("main")).to_contain_text("You have done all the learning of this module")
        expect(pat.page.locator(".palms-next__action")).to_have_text("Go on" if number < 7 else "See what comes next")
        if number == 7:
            send_back(site, new_page)
        pat.home()

    assert phones == 3
    assert pat.kinds == KINDS.keys()
    assert pat.lessons == [lesson.title.en for module in modules for lesson in module.lessons]
    assert pat.texts == [module.activity.title.en for module in modules if module.activity]
    not_yet, *passed = sorted(pat.results)
    assert not_yet == "Not yet: 0 percent this time"
    assert passed == ["You passed with 100 percent"] * 7

    write_again(pat)
    pat.home()
    expect(pat.page.locator(".palms-next__title")).to_have_text("Practice at work")
    expect(pat.page.locator(".govuk-task-list__status")).to_have_text(["Done"] * 7)
    assert_whole(pat.page)
    press(pat.page, "Well done. All 7 modules are done.")
    main = pat.page.get_by_role("main")
    expect(main).to_contain_text("7 of 7 modules done")
    expect(main).to_contain_text("This is not the Care Certificate")
    expect(pat.page.locator(".govuk-task-list__status")).to_have_text(["Done"] * 7)
    assert_whole(pat.page)
    agreed_by_the_coordinator(new_page)


def assert_whole(page: Page) -> None:
    """Nothing on a page shuts anybody out, and all of it is on the phone."""
    assert faults(page) == []
    assert not scrolls_sideways(page)


def agreed_by_the_coordinator(new_page: NewPage) -> None:
    """The coordinator's list says the same."""
    page = new_page()
    sign_in(page, "cora.coordinator@example.com")
    page.get_by_role("link", name="Learners", exact=True).first.click()
    row = page.get_by_role("row").filter(has_text="Pat Morgan")
    expect(row).to_contain_text("7 of 7")
    expect(row).to_contain_text("All modules are done")
