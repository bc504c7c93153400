"""A PA on two courses goes through the knowledge of a standard: linked lessons, two goes at it, a text that is read."""

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.learning import services
from lms.learning.shown.queries import shown_in
from lms.learning.states import Judged
from lms.learning.writing import desk, queries
from tests.browser.site import Site, press, sign_in
from tests.browser.studying import Studying
from tests.browser.test_pages import faults, scrolls_sideways
from tests.learning.packs import Pack
from tests.learning.shown.knowing import write_knowing

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What a browser does is the same on either database; one is enough here."""


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with a small induction and a small course of knowledge."""
    folder = tmp_path_factory.mktemp("knowing-browser")
    write_knowing(Pack(folder / "modules"))
    return shelves.load(LOADERS, [folder], across=ACROSS)


def enrol(site: Site, course: str, *, minutes_ago: int = 0) -> UUID:
    now = site.clock() - timedelta(minutes=minutes_ago)
    with site.house.database.writing() as db:
        pa, authority = site.world.pa, site.world.authority
        return services.enrol(db, learner_id=pa, authority_id=authority, course=course, by=pa, now=now)


def read_text(site: Site, know: UUID) -> None:
    """The assessor says that the text of the activity is met."""
    with site.house.database.writing() as db:
        piece = queries.activity_piece(db, know, "KNOW-1-A1")
        assert piece is not None
        desk.record_reading(
            db,
            id=uuid4(),
            work_id=piece.id,
            version=piece.version,
            judged=Judged.MET,
            comment="Good.",
            by=site.world.assessor,
            behalf=site.world.college,
            now=site.clock(),
        )


def test_from_the_induction_to_all_that_is_shown(site: Site, new_page: Callable[..., Page]) -> None:
    small, know = enrol(site, "SMALL", minutes_ago=5), enrol(site, "KNOW")
    page = new_page(width=360, has_touch=True)
    walk = Studying(site, page)

    def look(name: str) -> None:
        assert faults(page) == [], name
        assert not scrolls_sideways(page), name
        if folder := os.environ.get("LMS_TEST_PICTURES"):
            page.screenshot(path=f"{folder}/knowing-{name}.png", full_page=True)

    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{small}/SMALL-1/lessons/SMALL-1-L1")
    walk.read()
    walk.home()
    expect(page.locator(".govuk-task-list")).to_have_count(1)
    expect(page.locator(".palms-next__about")).to_contain_text("Small module")
    look("home")
    press(page, "Knowledge for tests")
    look("course")
    press(page, "First standard")
    linked = page.locator(".govuk-task-list__item").first
    expect(linked).to_contain_text("from the module “Small module”")
    expect(linked).to_contain_text("Done")
    look("module")
    walk.next_step()
    assert walk.heading() == "Own lesson"
    walk.read()
    walk.write()

    expect(page.get_by_role("main")).to_contain_text("You have shown 0 of 3. 3 are still to show.")
    look("check")
    press(page, "Start the questions")
    walk.answer_all(wrong=True, only=1)
    walk.answer_all()
    walk.hand_in()
    assert walk.results == ["You have shown 1 of 3. 2 are still to show."]
    look("some-shown")
    press(page, "Go on with what is left")
    walk.answer_all()
    walk.hand_in()
    assert walk.results[1:] == ["You have shown all 3 things that we ask about here."]
    look("all-shown")
    press(page, "Back to the module")
    expect(page.locator("#next-title")).to_contain_text("Waiting to be read")
    read_text(site, know)
    page.reload()
    expect(page.locator("#next-title")).to_have_text("You have done all the learning of this module")
    expect(page.get_by_role("main")).to_contain_text("What you can do is seen at work")
    look("finished")
    with site.house.database.reading() as db:
        assert {code: each.how for code, each in shown_in(db, know).items()} == {
            "KNOW-1-K1": "check",
            "KNOW-1-K2": "check",
            "KNOW-1-K3": "activity",
            "KNOW-1-K5": "check",
        }


def test_without_scripts(site: Site, new_page: Callable[..., Page]) -> None:
    know = enrol(site, "KNOW")
    page = new_page(width=360, scripts=False, has_touch=True)
    sign_in(page, "pat.morgan@example.com")
    page.goto(f"/learning/{know}/KNOW-2/lessons/SMALL-1-L1")
    press(page, "I have finished this lesson")
    walk = Studying(site, page)
    walk.take_check()
    assert walk.results == ["You have shown the one thing that we ask about here."]
