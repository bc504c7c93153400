"""Questions of every kind in a real browser: by keyboard alone, saved as they are given, no accessibility fault."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.learning import checks, services
from lms.learning.authoring import services as authors
from lms.learning.questions.samples import sample_answer
from lms.people import queries as people
from tests.browser.site import Site, press, sign_in
from tests.browser.test_pages import faults, scrolls_sideways

NewPage = Callable[..., Page]
EVERY_KIND = Path(__file__).parent.parent / "learning" / "every_kind"
LOOK = os.environ.get("LMS_TEST_PICTURES")
"""A folder for pictures of the pages, for whoever wants to look at them."""


@pytest.fixture
def url(sqlite_with_tables: Path, tmp_path: Path) -> str:
    """Pages look the same on either database; one is enough here."""
    return f"sqlite:///{shutil.copy(sqlite_with_tables, tmp_path / 'palms.db')}"


@pytest.fixture(scope="module")
def loaded() -> shelves.Shelves:
    """The shelves with a module that has one question of every kind."""
    return shelves.load(LOADERS, [EVERY_KIND], across=ACROSS)


@pytest.fixture
def attempt_id(site: Site) -> UUID:
    """An attempt at the check of every kind."""
    who, now = site.world, site.clock()
    with site.house.database.writing() as db:
        enrolment = services.enrol(
            db, learner_id=who.pa, authority_id=who.authority, course="NEW", by=who.coordinator, now=now
        )
        return services.start_or_resume_attempt(db, enrolment_id=enrolment, module="NEW-1", by=who.pa, now=now)


def signed_in(site: Site, page: Page, who: UUID | None = None) -> Page:
    with site.house.database.unit(writing=False) as db:
        email = people.person(db, who or site.world.pa).email
    assert email
    sign_in(page, email)
    return page


def kept(site: Site, attempt_id: UUID) -> dict[str, tuple[str, ...]]:
    with site.house.database.unit(writing=False) as db:
        seen = checks.own_attempt(db, attempt_id, site.world.pa)
        return {question.kind: seen.answers.get(question.code, ()) for question in seen.questions}


def look(page: Page, name: str) -> None:
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def pages_of(site: Site, attempt_id: UUID) -> dict[str, str]:
    with site.house.database.unit(writing=False) as db:
        questions = checks.own_attempt(db, attempt_id, site.world.pa).questions
    return {q.kind: f"/learning/checks/{attempt_id}/questions/{n}" for n, q in enumerate(questions, start=1)}


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_of_every_kind_and_what_came_of_it(site: Site, new_page: NewPage, attempt_id: UUID, width: int) -> None:
    page = signed_in(site, new_page(width=width))
    found = []
    for kind, where in pages_of(site, attempt_id).items():
        page.goto(where)
        look(page, f"{kind}-{width}")
        found += [*faults(page), *([f"{kind} scrolls"] if scrolls_sideways(page) else [])]
        if kind in {"match", "typed_answer", "written", "picture_choice"}:
            press(page, "Save and continue")
            found += faults(page)
            look(page, f"{kind}-{width}-error")
    with site.house.database.writing() as db:
        who = {"by": site.world.pa, "now": site.clock()}
        for number, question in enumerate(checks.own_attempt(db, attempt_id, site.world.pa).questions):
            answer = sample_answer(question, right=number % 2 == 0)
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=answer, **who)
    for where in ("answers", ""):
        page.goto(f"/learning/checks/{attempt_id}/{where}".rstrip("/"))
        if where:
            found += faults(page)
            look(page, f"answers-{width}")
            press(page, "Hand in my answers")
        found += [*faults(page), *(["result scrolls"] if scrolls_sideways(page) else [])]
        look(page, f"result-{width}")
    assert not found


def test_steps_are_put_in_order_by_keyboard_and_saved_at_once(site: Site, new_page: NewPage, attempt_id: UUID) -> None:
    page = signed_in(site, new_page(width=360))
    page.goto(pages_of(site, attempt_id)["put_in_order"])
    rows = page.locator(".palms-order__step")
    last = rows.nth(3).locator(".palms-order__text").inner_text()
    page.get_by_role("button", name=f"Up {last}").focus()
    for place in (3, 2, 1):
        page.keyboard.press("Enter")
        expect(page.locator("[data-order-said]")).to_have_text(f"“{last}” is now number {place} of 4.")
    expect(rows.nth(0)).to_contain_text(last)
    expect(page.get_by_role("button", name=f"Down {last}")).to_be_focused()
    expect(page.locator(".palms-saved")).to_have_text("Saved.")
    rows.nth(0).locator("select").select_option("4")
    expect(rows.nth(3)).to_contain_text(last)
    expect(rows.nth(3).locator("select")).to_be_focused()
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue").press("Enter")
    with site.house.database.unit(writing=False) as db:
        (question,) = [
            q for q in checks.own_attempt(db, attempt_id, site.world.pa).questions if q.kind == "put_in_order"
        ]
    answer = kept(site, attempt_id)["put_in_order"]
    assert question.texts[answer[3]].en == last  # type: ignore[union-attr]


def test_what_is_typed_is_saved_after_a_pause(site: Site, new_page: NewPage, attempt_id: UUID) -> None:
    page = signed_in(site, new_page(width=360))
    page.goto(pages_of(site, attempt_id)["written"])
    page.get_by_role("textbox").press_sequentially("I would have liked a moment to try.")
    expect(page.locator(".palms-saved")).to_have_text("Saved.")
    assert kept(site, attempt_id)["written"] == ("I would have liked a moment to try.",)


def test_a_match_is_saved_line_by_line(site: Site, new_page: NewPage, attempt_id: UUID) -> None:
    page = signed_in(site, new_page(width=360))
    page.goto(pages_of(site, attempt_id)["match"])
    page.get_by_label("A used glove").select_option(label="Into the bin with a lid")
    expect(page.locator(".palms-saved")).to_have_text("Saved.")
    assert kept(site, attempt_id)["match"] == ("a=a",)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_authors_desk(site: Site, new_page: NewPage, attempt_id: UUID, width: int) -> None:
    with site.house.database.writing() as db:
        who = {"by": site.world.pa, "now": site.clock()}
        seen = checks.own_attempt(db, attempt_id, site.world.pa)
        for question in seen.questions:
            answer = sample_answer(question, right=question.kind != "one_answer")
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=answer, **who)
        services.hand_in(db, attempt_id=attempt_id, **who)
        authors.report_question(db, report_id=attempt_id, attempt_id=attempt_id, question="N-1", text="Both?", **who)
    page = signed_in(site, new_page(width=width), site.world.admin)
    desk, found = "/content/NEW-1/1", []
    places = ["/content", desk, "/content/reports", f"/content/reports/{attempt_id}", "/content/import"]
    places += [f"{desk}/questions/{question.code}" for question in seen.questions]
    places += [f"{desk}/questions/{question.code}/key" for question in seen.questions if not question.by_hand]
    for where in places:
        page.goto(where)
        look(page, f"desk{where.replace('/', '-')}-{width}")
        found += [*faults(page), *([f"{where} scrolls"] if scrolls_sideways(page) else [])]
    page.goto(f"{desk}/questions/N-1/key")
    page.get_by_label("Run the bath.").check()
    page.get_by_label("Why was the key wrong?").fill("The bath came first that day.")
    press(page, "See what it would change")
    look(page, f"desk-preview-{width}")
    found += faults(page)
    press(page, "Correct the key and mark again")
    found += faults(page)
    look(page, f"desk-corrected-{width}")
    assert not found
    expect(page.get_by_role("main")).to_contain_text("The bath came first that day.")
