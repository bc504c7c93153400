"""Home of a PA: one next step with the minutes left, the modules, and the very place where somebody stopped."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.core.cards import Count
from lms.core.content import Words
from lms.core.db import Db
from lms.core.house import House
from lms.core.markdown import html_of
from lms.core.web.saying import say
from lms.core.words import NotFound
from lms.learning import bookmarks, home, queries, rules, services
from lms.learning.catalogue import Courses, Module, Status
from lms.learning.models import ReadingPlace
from lms.learning.rules import ModuleState, Reached, Studied
from lms.learning.shelf.sections import heading, minutes_left, sections, with_places
from tests.clients import Browser
from tests.world import World

LESSON = "PAI-1-L1"


@pytest.fixture
def keep(world: World, enrolment: UUID, now: datetime) -> Callable[..., None]:
    """Keep a place in the first lesson as the PA, or what is said otherwise."""

    def kept(db: Db, **other: Any) -> None:
        usual = {"enrolment_id": enrolment, "module": "PAI-1", "lesson": LESSON, "section": 3, "by": world.pa}
        bookmarks.keep_place(db, **{**usual, "now": now, **other})

    return kept


def reached(module: Module, lesson: str, section: int, now: datetime) -> Studied:
    return Studied(reached={lesson: Reached(section, module.edition, now)})


class TestSections:
    """A place in a lesson is a heading, counted from 1."""

    TEXT = (
        "Before.\n\n## One *thing*\n\nText\n\n### A `code` & more\n\n#### Too small\n\n```\n## no\n```\n\n> ## Quoted\n"
    )

    def test_headings_are_counted_as_the_page_shows_them(self) -> None:
        assert sections(self.TEXT) == ("One thing", "A code & more", "Quoted")
        placed = with_places(html_of(self.TEXT))
        assert re.findall(r'id="(section-\d)"', placed) == ["section-1", "section-2", "section-3"]
        assert placed.replace(' id="section-1"', "").count("<h2") == html_of(self.TEXT).count("<h2")

    def test_every_lesson_has_as_many_places_as_headings(self, courses: Courses) -> None:
        for module in courses.modules.values():
            for lesson in module.lessons:
                for text in filter(None, (lesson.english, lesson.welsh)):
                    found = re.findall(r"<h[23][^>]* id=", with_places(html_of(text.body)))
                    assert len(found) == len(sections(text.body)) > 1, lesson.code

    @given(section=st.integers(-3, 40))
    def test_minutes_left_go_down_to_one_and_never_past_the_whole(self, section: int) -> None:
        lesson = LONG
        left = minutes_left(lesson, section)
        assert 1 <= left <= lesson.minutes
        assert left >= minutes_left(lesson, section + 1) or not 1 <= section < 4
        assert minutes_left(lesson, 1) == lesson.minutes


class _Text:
    body = "## a\n\n## b\n\n## c\n\n## d\n"


class _Long:
    minutes = 9
    english = _Text
    welsh = None


LONG: Any = _Long
"""Four sections and nine minutes."""


class TestRules:
    """Where somebody goes on."""

    def test_the_lesson_read_in_last_comes_next_with_what_is_left_of_it(self, module: Module, now: datetime) -> None:
        third = module.lessons[2]
        studied = reached(module, third.code, 2, now)
        step = rules.next_in(module, studied)
        assert step is not None
        assert (step.code, step.section, step.begun) == (third.code, 2, True)
        assert step.minutes < third.minutes
        assert rules.progress(module, studied).minutes_left < rules.progress(module, Studied()).minutes_left
        assert rules.state(module, studied) is ModuleState.IN_PROGRESS

    def test_of_two_lessons_the_later_read_one(self, module: Module, now: datetime) -> None:
        places = {
            lesson.code: Reached(1, module.edition, now + timedelta(minutes=minutes))
            for lesson, minutes in zip(module.lessons, (1, 9, 5), strict=False)
        }
        step = rules.next_in(module, Studied(reached=places))
        assert step is not None
        assert step.code == module.lessons[1].code

    def test_a_place_in_another_edition_or_a_finished_lesson_is_none(self, module: Module, now: datetime) -> None:
        place = Reached(2, "1999.1", now)
        assert Studied(reached={LESSON: place}).reached_in(module, module.lesson(LESSON)) is None
        done = replace(reached(module, LESSON, 2, now), lessons=frozenset({LESSON}))
        assert done.reached_in(module, module.lesson(LESSON)) is None
        step = rules.next_in(module, done)
        assert step is not None
        assert step.code == module.lessons[1].code

    def test_a_check_that_was_begun_comes_before_a_lesson_that_was(self, module: Module, now: datetime) -> None:
        begun = rules.OpenCheck(uuid4(), ("a", "b"), frozenset({"a"}))
        step = rules.next_in(module, replace(reached(module, LESSON, 2, now), open={module.code: begun}))
        assert step is not None
        assert step.kind is rules.StepKind.CHECK

    def test_all_done_but_unread_is_waiting(self, module: Module) -> None:
        assert module.activity is not None
        studied = Studied(
            lessons=frozenset(lesson.code for lesson in module.lessons),
            activities=frozenset({module.activity.code}),
            passed=frozenset({module.code}),
            waiting=frozenset({module.activity.code}),
        )
        assert rules.state(module, studied) is ModuleState.WAITING
        assert rules.state(module, replace(studied, passed=frozenset())) is ModuleState.IN_PROGRESS

    def test_the_task_list_says_each_state_and_links_what_can_be_opened(
        self, courses: Courses, module: Module, now: datetime
    ) -> None:
        coming = module.model_copy(update={"code": "X-1", "status": Status.COMING})
        fresh = module.model_copy(update={"code": "X-2", "edition": "other"})
        done = module.model_copy(update={"code": "X-3"})
        studied = replace(reached(module, LESSON, 2, now), finished={"X-3": now})
        tasks = home.tasks_of(courses.courses["PAI"], [module, coming, fresh, done], uuid4(), studied)
        assert tasks is not None
        said = [(task.state.text, bool(task.endpoint)) for task in tasks.items]
        assert said == [("In progress", True), ("Coming", False), ("To do", True), ("Done", True)]


class TestKeeping:
    """The place is the learner's own, and moves."""

    def test_it_moves_and_there_is_one(self, db: Db, keep: Callable[..., None], enrolment: UUID, now: datetime) -> None:
        keep(db)
        keep(db, section=4, now=now + timedelta(minutes=1))
        keep(db, section=2, now=now + timedelta(minutes=2))
        assert db.scalars(select(ReadingPlace.section)).all() == [2]
        studied = queries.studied(db, enrolment)
        assert studied.reached[LESSON] == Reached(2, "2026.1", now + timedelta(minutes=2))
        assert studied.last is None  # nobody else learns from it when somebody was here

    def test_it_is_gone_when_the_lesson_is_finished(
        self, db: Db, keep: Callable[..., None], enrolment: UUID, world: World, now: datetime
    ) -> None:
        keep(db)
        services.study_lesson(db, enrolment_id=enrolment, lesson=LESSON, by=world.pa, now=now)
        keep(db)  # a page that was still open
        assert db.scalars(select(ReadingPlace)).all() == []

    def test_nobody_keeps_one_for_somebody_else(self, db: Db, keep: Callable[..., None], world: World) -> None:
        for stranger in (world.second_pa, world.coordinator, uuid4()):
            with pytest.raises(NotFound):
                keep(db, by=stranger)

    @pytest.mark.parametrize(
        "wrong", [{"section": 0}, {"section": 99}, {"lesson": "PAI-1-L99"}, {"module": "PAI-9"}], ids=str
    )
    def test_what_is_not_there_has_no_place(self, db: Db, keep: Callable[..., None], wrong: dict[str, Any]) -> None:
        with pytest.raises(NotFound):
            keep(db, **wrong)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
class TestPages:
    """What the PA sees."""

    @pytest.fixture
    def path(self, enrolment: UUID) -> str:
        return f"/learning/{enrolment}/PAI-1/lessons/{LESSON}"

    @pytest.fixture
    def pa(self, browser_for: Callable[..., Browser], world: World, enrolment: UUID) -> Browser:
        return browser_for(world.pa)

    def test_home_has_one_next_step_and_seven_modules(self, pa: Browser, courses: Courses) -> None:
        page = pa.get("/").text
        assert page.count("palms-next__action") == 1
        assert page.count('<li class="govuk-task-list__item') == 7
        first = courses.modules["PAI-1"].lessons[0]
        left = rules.progress(courses.modules["PAI-1"], Studied()).minutes_left
        assert f"About {first.minutes} minutes, {left} minutes left in this module." in page

    def test_a_place_kept_on_one_device_is_offered_on_another(
        self, pa: Browser, browser_for: Callable[..., Browser], world: World, path: str, module: Module
    ) -> None:
        assert pa.post(f"{path}/place", {"section": "3"}).status_code == 204
        stopped = heading(module.lessons[0], 3)
        assert stopped is not None
        other = browser_for(world.pa)
        assert f'href="{path}#section-3"' in other.get("/").text
        assert "Go on where you stopped:" in other.get("/").text
        lesson = other.get(path).text
        assert '<a class="govuk-link" href="#section-3">Go on where you stopped: ' in lesson
        assert re.search(r'<h[23][^>]* id="section-3"[^>]*>', lesson)

    @pytest.mark.parametrize("section", ["", "x", "0", "-1", "1.5", "٣", "99", "9" * 50])
    def test_a_section_that_is_none_is_not_found(self, pa: Browser, path: str, section: str) -> None:
        assert pa.post(f"{path}/place", {"section": section}).status_code == 404

    def test_the_step_is_said_in_the_language_of_the_page(self, pa: Browser, house: House, world: World) -> None:
        assert "To do" in pa.get("/").text.replace("\u00a0", " ")
        pa.post("/language", {"language": "cy"})
        page = pa.get("/").text
        assert '<span lang="en">' in page  # the lesson's title has no Welsh yet, and says so to a screen reader
        assert "%(" not in page

    def test_markup_in_a_title_is_shown_as_text(self, app: Any) -> None:
        with app.test_request_context("/"):
            said = say(
                "%(module)s and %(left)s", {"module": Words(en="<b>&"), "left": Count("%(num)s a", "%(num)s b", 1)}
            )
        assert said == "&lt;b&gt;&amp; and 1 a"
