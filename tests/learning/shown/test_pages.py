"""Pages of a course of knowledge: linked lessons, what is shown and what is not, and home with two courses."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.house import House
from lms.learning import checks, services
from lms.learning.models import Attempt, LessonDone
from lms.learning.questions.samples import sample_answer
from lms.learning.shown.services import show_in_conversation
from tests.learning.packs import LESSON, Pack
from tests.learning.shown.knowing import write_knowing
from tests.world import World

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 100"><title>A door</title><desc>A door.</desc>'
    '<rect width="320" height="100"/></svg>'
)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The two small courses; the lesson that is linked to has a picture."""
    folder = tmp_path_factory.mktemp("knowing-pages")
    pack = write_knowing(Pack(folder / "modules"))
    text = LESSON.replace("CODE", "SMALL-1-L1") + "\n![A door](pictures/door.svg)\n"
    pack.write("SMALL-1/lessons/01-one.en.md", text)
    pack.write("SMALL-1/pictures/door.svg", DRAWING)
    return shelves.load(LOADERS, [folder], across=ACROSS)


@pytest.fixture
def know(house: House, world: World, now: datetime) -> UUID:
    """The first PA's enrolment on the course of knowledge, committed."""
    return enrolled(house, world, "KNOW", now)


@pytest.fixture
def small(house: House, world: World, know: UUID, now: datetime) -> UUID:
    """And on the small induction."""
    return enrolled(house, world, "SMALL", now)


def enrolled(house: House, world: World, course: str, now: datetime) -> UUID:
    with house.database.writing() as db:
        return services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course=course, by=world.coordinator, now=now
        )


def go(house: House, world: World, know: UUID, now: datetime, *, wrong: tuple[str, ...] = ()) -> UUID:
    """Start, answer and hand in one go at the first module."""
    with house.database.writing() as db:
        who: dict[str, Any] = {"by": world.pa, "now": now}
        attempt = services.start_or_resume_attempt(db, enrolment_id=know, module="KNOW-1", **who)
        for question in checks.own_attempt(db, attempt, world.pa).questions:
            given = sample_answer(question, right=question.outcome not in wrong)
            services.give_answer(db, attempt_id=attempt, question=question.code, options=given, **who)
        services.hand_in(db, attempt_id=attempt, **who)
    return attempt


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_linked_lesson_shows_its_text_and_its_picture(
    browser_for: Callable[..., Any], world: World, know: UUID
) -> None:
    browser = browser_for(world.pa)
    page = browser.get(f"/learning/{know}/KNOW-1/lessons/SMALL-1-L1").get_data(as_text=True)
    assert "This lesson comes from another module: Small module" in text_of(page)
    (address,) = re.findall(r'src="([^"]*door\.svg[^"]*)"', page)
    assert "/learning/pictures/SMALL-1/1/door.svg" in address
    assert browser.get(address.replace("&amp;", "&")).mimetype == "image/svg+xml"
    module = text_of(browser.get(f"/learning/{know}/KNOW-1").get_data(as_text=True))
    assert "Lesson, 5 minutes, from the module “ Small module ”" in module.replace("“Small module”", "“ Small module ”")
    assert "what you can do is seen at work" in module.lower()
    assert "does not record practice" not in module


def test_finishing_it_leads_on_and_counts_in_the_other_course(
    browser_for: Callable[..., Any], house: House, world: World, know: UUID, small: UUID
) -> None:
    browser = browser_for(world.pa)
    browser.post(f"/learning/{know}/KNOW-2/lessons/SMALL-1-L1")
    with house.database.reading() as db:
        rows = {(r.enrolment_id, r.module, r.carried_from) for r in db.scalars(select(LessonDone))}
    assert rows == {(know, "KNOW-2", None), (small, "SMALL-1", know)}
    assert "You have finished this lesson" in browser.get(f"/learning/{small}/SMALL-1/lessons/SMALL-1-L1").text


def test_its_place_is_kept_in_its_own_edition(browser_for: Callable[..., Any], world: World, know: UUID) -> None:
    browser = browser_for(world.pa)
    browser.post(f"/learning/{know}/KNOW-1/lessons/SMALL-1-L1/place", {"section": "1"})
    assert "Go on where you stopped: A heading" in browser.get(f"/learning/{know}/KNOW-1/lessons/SMALL-1-L1").text


def test_what_goes_on_a_phone_and_on_paper_has_the_picture(
    browser_for: Callable[..., Any], world: World, know: UUID
) -> None:
    browser = browser_for(world.pa)
    kept = json.loads(gzip.decompress(browser.get(f"/learning/{know}/KNOW-1/phone.json").data))
    assert [address for address in kept["pictures"] if "/pictures/SMALL-1/1/door.svg" in address]
    assert "SMALL-1@1" in kept["version"]
    book = browser.get(f"/learning/{know}/KNOW-1/print/workbook").text
    assert "/learning/pictures/SMALL-1/1/door.svg" in book


class TestCheck:
    def test_before_it(self, browser_for: Callable[..., Any], world: World, know: UUID) -> None:
        page = text_of(browser_for(world.pa).get(f"/learning/{know}/KNOW-1/check").text)
        assert "You have shown 0 of 3. 3 are still to show." in page
        assert "at most 2 questions at a time" in page
        assert "There is no mark to reach" in page
        assert "percent" not in page

    def test_half_way_and_at_the_end(
        self, browser_for: Callable[..., Any], house: House, world: World, know: UUID, now: datetime
    ) -> None:
        browser = browser_for(world.pa)
        first = go(house, world, know, now, wrong=("KNOW-1-K2",))
        page = text_of(browser.get(f"/learning/checks/{first}").text)
        assert "You have shown 1 of 3. 2 are still to show." in page
        assert "This time we asked about 2 things, and you have shown 1." in page
        for word in ("percent", "passed", "fail", "Try again"):
            assert word not in page
        assert "Go on with what is left" in page
        assert "You have shown 1 of 3." in text_of(browser.get(f"/learning/{know}/KNOW-1").text)
        second = go(house, world, know, now)
        page = text_of(browser.get(f"/learning/checks/{second}").text)
        assert "You have shown all 3 things that we ask about here." in page
        page = text_of(browser.get(f"/learning/{know}/KNOW-1/check").text)
        assert "There is nothing left to answer" in page
        assert "Round 2, 21 November 2026 : 2 of 2 shown" in page

    def test_the_button_goes_on(
        self, browser_for: Callable[..., Any], house: House, world: World, know: UUID, now: datetime
    ) -> None:
        go(house, world, know, now)
        answer = browser_for(world.pa).post(f"/learning/{know}/KNOW-1/check")
        assert "/questions/1" in answer.location
        with house.database.reading() as db:
            (open_,) = db.scalars(select(Attempt).where(Attempt.finished_at.is_(None)))
            assert open_.questions == ["KNOW-1-Q6"]

    def test_what_was_told_meanwhile_counts(
        self, browser_for: Callable[..., Any], house: House, world: World, know: UUID, now: datetime
    ) -> None:
        with house.database.writing() as db:
            show_in_conversation(
                db,
                enrolment_id=know,
                module="KNOW-1",
                outcomes=["KNOW-1-K1", "KNOW-1-K2", "KNOW-1-K5"],
                source_id=uuid4(),
                by=world.assessor,
                now=now,
            )
        browser = browser_for(world.pa)
        assert "nothing left to answer" in browser.get(f"/learning/{know}/KNOW-1/check").text
        assert browser.post(f"/learning/{know}/KNOW-1/check").location.endswith("/KNOW-1/check")


class TestTwoCourses:
    def test_home_has_one_list_and_a_small_card(
        self, browser_for: Callable[..., Any], house: House, world: World, small: UUID
    ) -> None:
        with house.database.writing() as db:
            services.study_lesson(db, enrolment_id=small, lesson="SMALL-1-L2", by=world.pa, now=house.clock())
        page = browser_for(world.pa).get("/").text
        assert page.count('class="govuk-task-list"') == 1
        assert "Small course" in page
        card = text_of(page[page.index("More for you") :])
        assert "Knowledge for tests Next: One" in card
        assert "0 of 2 done" in card

    def test_my_learning_lists_both(
        self, browser_for: Callable[..., Any], world: World, know: UUID, small: UUID
    ) -> None:
        browser = browser_for(world.pa)
        page = text_of(browser.get("/learning").text)
        assert "Knowledge for tests" in page
        assert "Small course" in page
        assert "All my learning" in browser.get(f"/learning/{know}").text

    def test_with_one_course_it_goes_without_saying(
        self, browser_for: Callable[..., Any], world: World, know: UUID
    ) -> None:
        assert "All my learning" not in browser_for(world.pa).get(f"/learning/{know}").text

    def test_the_coordinator_sees_each_course_on_a_line(
        self, browser_for: Callable[..., Any], world: World, know: UUID, small: UUID
    ) -> None:
        page = browser_for(world.coordinator).get("/learners").text
        assert page.count(f'/people/{world.pa}"') == 2
        assert 'data-label="Course">Small course' in page
        assert 'data-label="Course">Knowledge for tests' in page
