"""Marking and its trail: every result comes from one place, and a pass is never taken away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.core import shelves
from lms.core.content import Problems
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.learning import checks, marking, services
from lms.learning.catalogue import Courses
from lms.learning.content import load
from lms.learning.marking import mark_attempt, result_of, trail_of
from lms.learning.models import Attempt
from lms.learning.questions import Mark, Question, Read
from lms.learning.states import Why
from tests.learning.conftest import Answering
from tests.learning.packs import choices_only
from tests.world import World

EVERY_KIND = Path(__file__).parent / "every_kind" / "modules"


def read_bank() -> list[Question]:
    problems = Problems()
    courses = load([EVERY_KIND], problems)
    return list(courses.modules["NEW-1"].questions)


BANK = read_bank()
BY_MACHINE = [question for question in BANK if not question.by_hand]
(WRITTEN,) = [question for question in BANK if question.by_hand]
NEEDED = WRITTEN.model_copy(update={"read": Read.NEEDED})
RIGHT = {question.code: question.model_answer() for question in BY_MACHINE} | {WRITTEN.code: ("My words",)}
marks = st.sampled_from([Mark.RIGHT, Mark.PARTLY, Mark.WAITING])


@pytest.fixture(scope="module")
def loaded(loaded: shelves.Shelves) -> shelves.Shelves:
    """Here every question has options, so that its key can be turned round."""
    return choices_only(loaded)


def facts(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


@given(st.sets(st.sampled_from([q.code for q in BY_MACHINE])), st.integers(1, 100), marks)
def test_what_a_person_reads_is_outside_the_percent(wrong: set[str], needed_percent: int, said: Mark) -> None:
    answers = {code: () if code in wrong else given_ for code, given_ in RIGHT.items()}
    without = result_of(BY_MACHINE, answers, needed_percent, read={})
    welcome = result_of(BANK, answers, needed_percent, read={WRITTEN.code: said})
    assert (welcome.percent, welcome.passed, welcome.waits) == (without.percent, without.passed, False)
    needed = result_of([*BY_MACHINE, NEEDED], answers, needed_percent, read={WRITTEN.code: said})
    assert needed.percent == without.percent
    assert needed.passed == (without.passed and said is Mark.RIGHT)
    assert needed.waits == (without.passed and said is not Mark.RIGHT)


@given(st.sets(st.sampled_from([q.code for q in BY_MACHINE])), st.integers(1, 100), marks)
def test_a_pass_is_never_taken_away(wrong: set[str], needed_percent: int, said: Mark) -> None:
    answers = {code: () if code in wrong else given_ for code, given_ in RIGHT.items()}
    again = result_of([*BY_MACHINE, NEEDED], answers, needed_percent, read={WRITTEN.code: said}, passed_before=True)
    assert again.passed
    assert not again.waits


def test_nobody_passes_a_check_without_questions() -> None:
    assert result_of([], {}, 1, read={}) == marking.Result(0, passed=False, waits=False, marks={})


def test_a_mark_for_a_question_that_is_gone_changes_nothing() -> None:
    assert "GONE" not in result_of(BY_MACHINE, RIGHT, 80, read={"GONE": Mark.RIGHT}).marks


@pytest.mark.parametrize(("right", "kind"), [(True, "CheckPassed"), (False, "CheckNotPassed")])
def test_handing_in_begins_the_trail(
    db: Db, world: World, answer_all: Answering, now: datetime, *, right: bool, kind: str
) -> None:
    attempt_id = answer_all(db, right=right)
    for _ in range(2):
        services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    (first,) = trail_of(db, attempt_id)
    row = db.get_one(Attempt, attempt_id)
    assert (first.number, first.why, first.by, first.at) == (1, Why.HANDED_IN, world.pa, now)
    assert (first.percent, first.passed) == (row.percent, row.passed) == (100 if right else 0, right)
    assert {code: mark.value for code, mark in first.marks.items()} == row.marks
    assert (facts(db, "CheckMarked"), facts(db, kind)) == (1, 1)


Correct = Callable[[Db, UUID, UUID], None]


@pytest.fixture
def correct(house: House) -> Correct:
    """Corrects the key of PAI-1 the other way round: what somebody answered becomes right, all else wrong."""
    shelf = house.shelves[Courses]
    assert isinstance(shelf, Courses)

    def corrected(db: Db, attempt_id: UUID, learner: UUID) -> None:
        attempt = checks.own_attempt(db, attempt_id, learner)

        def mended(question: Any) -> Any:
            given_ = attempt.answers.get(question.code, ())
            turned = {True: given_, False: {option.code for option in question.options} - set(given_)}
            right = turned[not (attempt.finished_at and attempt.passed)]
            options = [option.model_copy(update={"right": option.code in right}) for option in question.options]
            return question.model_copy(update={"options": tuple(options)})

        questions = tuple(mended(q) if q.code in attempt.answers else q for q in attempt.module.questions)
        module = attempt.module.model_copy(update={"questions": questions})
        db.info["shelves"] = {**house.shelves, Courses: replace(shelf, modules={**shelf.modules, "PAI-1": module})}

    return corrected


def remark(db: Db, attempt_id: UUID, by: UUID, now: datetime) -> marking.Result:
    return mark_attempt(db, db.get_one(Attempt, attempt_id), why=Why.KEY_CORRECTED, by=by, now=now)


def test_marking_again_without_a_change_is_no_news(db: Db, world: World, answer_all: Answering, now: datetime) -> None:
    attempt_id = answer_all(db)
    services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    assert remark(db, attempt_id, world.admin, now).passed
    assert len(trail_of(db, attempt_id)) == 1
    assert (facts(db, "CheckPassed"), facts(db, "CheckMarked")) == (1, 1)


def test_a_corrected_key_never_takes_a_pass_away(
    db: Db, world: World, answer_all: Answering, now: datetime, correct: Correct
) -> None:
    attempt_id = answer_all(db)
    services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    correct(db, attempt_id, world.pa)
    again = remark(db, attempt_id, world.admin, now)
    row = db.get_one(Attempt, attempt_id)
    assert (again.percent, again.passed) == (row.percent, row.passed) == (0, True)
    first, second = trail_of(db, attempt_id)
    assert (first.percent, first.passed) == (100, True)
    assert (second.number, second.percent, second.passed) == (2, 0, True)
    assert (second.why, second.by) == (Why.KEY_CORRECTED, world.admin)
    assert (facts(db, "CheckPassed"), facts(db, "CheckNotPassed"), facts(db, "CheckMarked")) == (1, 0, 2)


@pytest.fixture
def all_but_the_check(house: House, world: World, enrolment: UUID, now: datetime) -> None:
    """Everything of PAI-1 is done except for its check, committed."""
    shelf = house.shelves[Courses]
    assert isinstance(shelf, Courses)
    with house.database.writing() as db:
        for lesson in shelf.modules["PAI-1"].lessons:
            services.study_lesson(db, enrolment_id=enrolment, lesson=lesson.code, by=world.pa, now=now)
        services.write_activity(db, enrolment_id=enrolment, activity="PAI-1-A1", text="My plan", by=world.pa, now=now)


@pytest.mark.usefixtures("all_but_the_check")
def test_a_corrected_key_gives_a_pass_and_finishes_the_module_once(
    db: Db, world: World, answer_all: Answering, now: datetime, correct: Correct
) -> None:
    attempt_id = answer_all(db, right=False)
    services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    assert (facts(db, "CheckNotPassed"), facts(db, "ModuleStudied")) == (1, 0)
    correct(db, attempt_id, world.pa)
    for _ in range(2):
        assert remark(db, attempt_id, world.admin, now).passed
    assert (facts(db, "CheckPassed"), facts(db, "ModuleStudied")) == (1, 1)
