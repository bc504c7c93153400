"""Studying on a real database: once only, one's own only, answers kept one by one, and what is recorded."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.core import shelves
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import checks, queries, reactions, services
from lms.learning.activity_texts import activity_text
from lms.learning.catalogue import Module
from lms.learning.models import ActivityText, Answer, Attempt, LessonDone
from lms.people import invitations
from lms.people.events import InvitationAccepted
from lms.people.rules import Role
from tests.learning.conftest import Answering
from tests.learning.packs import choices_only
from tests.world import World


@pytest.fixture(scope="module")
def loaded(loaded: shelves.Shelves) -> shelves.Shelves:
    """Here every question has options; the other kinds are tried in test_kinds_pages."""
    return choices_only(loaded)


def events(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


def study_all(db: Db, module: Module, enrolment: UUID, by: UUID, now: datetime) -> None:
    for lesson in module.lessons:
        services.study_lesson(db, enrolment_id=enrolment, lesson=lesson.code, by=by, now=now)


def write(db: Db, enrolment: UUID, by: UUID, now: datetime, text: str = "My plan", *, finished: bool = True) -> None:
    services.write_activity(
        db, enrolment_id=enrolment, activity="PAI-1-A1", text=text, finished=finished, by=by, now=now
    )


def test_enrolling_twice_is_one_enrolment(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    again = services.enrol(
        db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
    )
    assert again == enrolment
    assert events(db, "LearnerEnrolled") == 1
    (view,) = queries.enrolments_of(db, world.pa)
    assert (view.id, view.course, view.edition) == (enrolment, "PAI", "2026.1")
    assert [each.id for each in queries.enrolments_in(db, world.authority)] == [enrolment]
    assert queries.enrolments_in(db, world.other_authority) == []
    assert queries.enrolments_in(db, world.authority, course="OTHER") == []
    assert queries.learner_of(db, enrolment) == world.pa


def test_an_unknown_course_is_not_found(db: Db, world: World, now: datetime) -> None:
    with pytest.raises(NotFound):
        services.enrol(db, learner_id=world.pa, authority_id=world.authority, course="NO", by=world.pa, now=now)


def test_a_lesson_is_studied_once(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    for _ in range(2):
        services.study_lesson(db, enrolment_id=enrolment, lesson="PAI-1-L1", by=world.pa, now=now)
    assert db.scalar(select(func.count()).select_from(LessonDone)) == 1
    assert events(db, "LessonStudied") == 1


@pytest.mark.parametrize("lesson", ["PAI-1-L99", "", "PAI-9-L1"])
def test_a_lesson_that_is_not_there(db: Db, world: World, enrolment: UUID, now: datetime, lesson: str) -> None:
    with pytest.raises(NotFound):
        services.study_lesson(db, enrolment_id=enrolment, lesson=lesson, by=world.pa, now=now)


def test_nobody_studies_for_somebody_else(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    for stranger in (world.second_pa, world.coordinator, uuid4()):
        with pytest.raises(NotFound):
            services.study_lesson(db, enrolment_id=enrolment, lesson="PAI-1-L1", by=stranger, now=now)
        with pytest.raises(NotFound):
            write(db, enrolment, stranger, now)
        with pytest.raises(NotFound):
            services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=stranger, now=now)
    with pytest.raises(NotFound):
        services.study_lesson(db, enrolment_id=uuid4(), lesson="PAI-1-L1", by=world.pa, now=now)


def test_every_saving_of_an_activity_is_kept(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    write(db, enrolment, world.pa, now, "First", finished=False)
    write(db, enrolment, world.pa, now, "First", finished=False)
    assert "PAI-1-A1" not in queries.studied(db, enrolment).activities
    write(db, enrolment, world.pa, now, "First and second")
    write(db, enrolment, world.pa, now + timedelta(hours=1), "Third", finished=False)
    assert list(db.scalars(select(ActivityText.text).order_by(ActivityText.number))) == [
        "First", "First and second", "Third",
    ]  # fmt: skip
    kept = activity_text(db, enrolment, "PAI-1-A1")
    assert kept is not None
    assert (kept.text, kept.finished) == ("Third", True)
    assert "PAI-1-A1" in queries.studied(db, enrolment).activities


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (services.LONGEST_TEXT + 1)])
def test_text_that_is_refused(db: Db, world: World, enrolment: UUID, now: datetime, text: str) -> None:
    with pytest.raises(Refused):
        write(db, enrolment, world.pa, now, text)


def test_an_attempt_is_resumed_with_the_same_questions(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    def start() -> UUID:
        return services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)

    first = start()
    view = checks.own_attempt(db, first, world.pa)
    assert len(view.questions) == 12
    assert {question.outcome for question in view.questions} == {f"PAI-1.{n}" for n in range(1, 7)}
    assert start() == first
    assert db.scalar(select(func.count()).select_from(Attempt)) == 1


def test_the_database_itself_allows_one_open_attempt(db: Db, enrolment: UUID, now: datetime) -> None:
    for number in (1, 2):
        db.add(
            Attempt(
                enrolment_id=enrolment,
                module="PAI-1",
                number=number,
                edition="1",
                seed="s",
                questions=[],
                started_at=now,
            )
        )
    with pytest.raises(IntegrityError):
        db.flush()


def test_the_latest_answer_counts_and_all_are_kept(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)
    question = checks.own_attempt(db, attempt_id, world.pa).questions[0].code

    def give(*options: str) -> None:
        services.give_answer(db, attempt_id=attempt_id, question=question, options=options, by=world.pa, now=now)

    for choice in ("a", "b", "b", "a"):
        give(choice)
    assert checks.own_attempt(db, attempt_id, world.pa).answers == {question: ("a",)}
    give()
    assert checks.own_attempt(db, attempt_id, world.pa).answers == {}
    assert db.scalar(select(func.count()).select_from(Answer)) == 4


def test_answers_that_are_refused(db: Db, world: World, enrolment: UUID, now: datetime, module: Module) -> None:
    attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)
    drawn = checks.own_attempt(db, attempt_id, world.pa).questions
    elsewhere = next(q.code for q in module.questions if q not in drawn)
    here = {"attempt_id": attempt_id, "now": now}
    with pytest.raises(Refused):
        services.give_answer(db, question=drawn[0].code, options=["z"], by=world.pa, **here)
    with pytest.raises(NotFound):
        services.give_answer(db, question=elsewhere, options=["a"], by=world.pa, **here)
    with pytest.raises(NotFound):
        services.give_answer(db, question=drawn[0].code, options=["a"], by=world.second_pa, **here)
    with pytest.raises(NotFound):
        services.give_answer(db, attempt_id=uuid4(), question=drawn[0].code, options=["a"], by=world.pa, now=now)
    with pytest.raises(NotFound):
        services.hand_in(db, attempt_id=attempt_id, by=world.second_pa, now=now)


def test_handing_in_names_what_has_no_answer(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)
    questions = checks.own_attempt(db, attempt_id, world.pa).questions
    for n, question in enumerate(questions, start=1):
        if n not in (3, 7):
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=["a"], by=world.pa, now=now)
    with pytest.raises(Refused, match="3, 7"):
        services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    assert events(db, "CheckPassed") + events(db, "CheckNotPassed") == 0


def test_handing_in_twice_marks_once(db: Db, world: World, now: datetime, answer_all: Answering) -> None:
    attempt_id = answer_all(db)
    for hours in (0, 1):
        services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now + timedelta(hours=hours))
    view = checks.own_attempt(db, attempt_id, world.pa)
    assert (view.percent, view.passed, view.finished_at) == (100, True, now)
    assert set(view.marks.values()) == {"right"}
    assert events(db, "CheckPassed") == 1
    question = view.questions[0]
    with pytest.raises(Refused):
        services.give_answer(db, attempt_id=attempt_id, question=question.code, options=["a"], by=world.pa, now=now)
    with pytest.raises(Refused):
        services.start_or_resume_attempt(db, enrolment_id=view.enrolment.id, module="PAI-1", by=world.pa, now=now)


def test_not_passed_can_be_tried_again_with_other_questions(
    db: Db, world: World, now: datetime, answer_all: Answering
) -> None:
    first = answer_all(db, right=False)
    services.hand_in(db, attempt_id=first, by=world.pa, now=now)
    assert events(db, "CheckNotPassed") == 1
    second = answer_all(db)
    views = [checks.own_attempt(db, each, world.pa) for each in (first, second)]
    assert [view.number for view in views] == [1, 2]
    assert not {q.code for q in views[0].questions} & {q.code for q in views[1].questions}
    services.hand_in(db, attempt_id=second, by=world.pa, now=now)
    past = checks.past_attempts(db, views[0].enrolment.id, "PAI-1")
    assert [(each.number, each.passed) for each in past] == [(2, True), (1, False)]


@pytest.mark.parametrize("last", ["lesson", "activity", "check"])
def test_a_module_is_studied_once_all_is_done_in_any_order(  # noqa: PLR0917  fixtures
    db: Db, world: World, enrolment: UUID, now: datetime, module: Module, answer_all: Answering, last: str
) -> None:
    attempt_id = answer_all(db)

    def do(part: str) -> None:
        if part == "lesson":
            study_all(db, module, enrolment, world.pa, now)
        elif part == "activity":
            write(db, enrolment, world.pa, now)
        else:
            services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)

    for part in {"lesson", "activity", "check"} - {last}:
        do(part)
    assert queries.modules_passed(db, world.pa) == {}
    do(last)
    assert queries.modules_passed(db, world.pa) == {"PAI-1": now.date()}
    do(last)
    write(db, enrolment, world.pa, now, "More")
    assert events(db, "ModuleStudied") == 1
    assert queries.modules_passed(db, world.second_pa) == {}


def test_answers_survive_the_process(house: House, world: World, enrolment: UUID, now: datetime) -> None:
    with house.database.writing() as db:
        attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)
    with house.database.writing() as db:
        question = checks.own_attempt(db, attempt_id, world.pa).questions[4].code
        services.give_answer(db, attempt_id=attempt_id, question=question, options=["a"], by=world.pa, now=now)
    house.database.engine.dispose()
    with house.database.reading() as db:
        assert checks.own_attempt(db, attempt_id, world.pa).answers == {question: ("a",)}
        assert queries.studied(db, enrolment).open["PAI-1"].answered == {question}


def test_a_pa_who_joins_is_enrolled(house: House, world: World, now: datetime) -> None:
    def joined(role: Role, course: str | None) -> InvitationAccepted:
        return InvitationAccepted(
            about=world.second_pa, invitation_id=uuid4(), authority_id=world.authority, role=role, course=course
        )

    with house.database.writing() as db:
        for fact in (joined(Role.ASSESSOR, "PAI"), joined(Role.PA, None), joined(Role.PA, "GONE")):
            reactions.enrol_on_joining(db, fact, now)
        assert queries.enrolments_of(db, world.second_pa) == []
        for _ in range(2):
            reactions.enrol_on_joining(db, joined(Role.PA, "PAI"), now)
        assert len(queries.enrolments_of(db, world.second_pa)) == 1


def test_joining_by_invitation_enrols_through_the_reactions_table(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        secret = invitations.invite(
            db, name="New Pa", email="new.pa@example.com", role=Role.PA, organisation_id=world.authority,
            authority_id=world.authority, course="PAI", by=world.coordinator, now=now,
        )  # fmt: skip
        assert secret is not None
        person_id = invitations.accept(db, secret, name="New Pa", language="en", password="three words here", now=now)
        (view,) = queries.enrolments_of(db, person_id)
        assert view.authority_id == world.authority


def test_progress_of_many_costs_as_many_queries_as_of_one(
    house: House, world: World, enrolment: UUID, now: datetime, statements: Callable[[], Any]
) -> None:
    with house.database.writing() as db:
        services.enrol(db, learner_id=world.second_pa, authority_id=world.authority, course="PAI", by=world.pa, now=now)
        for person, of in ((world.pa, enrolment),):
            services.study_lesson(db, enrolment_id=of, lesson="PAI-1-L1", by=person, now=now)
    with house.database.reading() as db:
        with statements() as one:
            queries.progress_of(db, [world.pa])
        with statements() as both:
            found = queries.progress_of(db, [world.pa, world.second_pa, world.other_pa])
    assert len(one) == len(both) <= 4
    (mine,), (theirs,), none = found[world.pa], found[world.second_pa], found[world.other_pa]
    assert none == []
    assert mine.next is not None
    assert mine.next.code == "PAI-1-L2"
    assert mine.last == now
    assert (theirs.modules, theirs.modules_done, theirs.last) == (7, 0, None)
    assert 1 <= theirs.ready <= theirs.modules


def test_progress_stays_behind_an_authoritys_wall(db: Db, world: World, enrolment: UUID) -> None:
    found = queries.progress_of(db, [world.pa], authority_id=world.other_authority)
    assert found == {world.pa: []}


def at_once(house: House, *calls: Callable[[Db], object]) -> list[object]:
    """Do several things in the same moment, each in a unit of work of its own."""
    together = Barrier(len(calls))

    def one(call: Callable[[Db], object]) -> object:
        together.wait()
        with house.database.writing() as db:
            return call(db)

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_eight_taps_at_once_begin_one_attempt_and_hand_it_in_once(
    house: House, world: World, enrolment: UUID, now: datetime, answer_all: Answering
) -> None:
    def start(db: Db) -> UUID:
        return services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)

    assert len(set(at_once(house, *[start] * 8))) == 1
    with house.database.writing() as db:
        attempt_id = answer_all(db)
    at_once(house, *[lambda db: services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)] * 8)
    with house.database.reading() as db:
        assert events(db, "CheckPassed") == 1


def test_the_last_parts_done_in_the_same_moment_finish_the_module_once(  # noqa: PLR0917  fixtures
    house: House, world: World, enrolment: UUID, now: datetime, module: Module, answer_all: Answering
) -> None:
    with house.database.writing() as db:
        attempt_id = answer_all(db)
    at_once(
        house,
        lambda db: study_all(db, module, enrolment, world.pa, now),
        lambda db: write(db, enrolment, world.pa, now),
        lambda db: services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now),
    )
    with house.database.reading() as db:
        assert events(db, "ModuleStudied") == 1
        assert list(queries.modules_passed(db, world.pa)) == ["PAI-1"]
