"""What is finished in one course counts in another of the same learner: both ways, later too, and only once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.learning import queries, services
from lms.learning.models import Attempt, Enrolment, LessonDone
from lms.learning.shown.queries import shown_in
from tests.learning.shown.conftest import Learner
from tests.world import World


def done(learner: Learner, course: str) -> set[str]:
    return set(queries.studied(learner.db, learner.on[course]).lessons)


def carried(db: Db) -> list[dict[str, object]]:
    return [row.data for row in db.scalars(select(EventRow).where(EventRow.kind == "LessonCarried"))]


def test_a_lesson_counts_both_ways(learner: Learner) -> None:
    learner.enrol("SMALL")
    learner.read("SMALL", "SMALL-1-L1")
    assert done(learner, "KNOW") == {"SMALL-1-L1"}
    (fact,) = carried(learner.db)
    assert fact == {
        "enrolment_id": str(learner.on["KNOW"]),
        "module": "KNOW-1",
        "lesson": "SMALL-1-L1",
        "carried_from": str(learner.on["SMALL"]),
    }
    row = learner.db.scalars(select(LessonDone).where(LessonDone.enrolment_id == learner.on["KNOW"])).one()
    assert (row.carried_from, row.studied_at) == (learner.on["SMALL"], learner.now)


def test_from_the_knowledge_to_the_induction(learner: Learner) -> None:
    learner.enrol("SMALL")
    learner.read("KNOW", "SMALL-1-L1", module="KNOW-2")
    learner.read("KNOW", "KNOW-1-L1")
    assert done(learner, "SMALL") == {"SMALL-1-L1"}
    rows = learner.db.scalars(select(LessonDone.module).where(LessonDone.enrolment_id == learner.on["KNOW"]))
    assert set(rows) == {"KNOW-2", "KNOW-1"}


def test_whoever_enrols_later_has_what_they_read(learner: Learner) -> None:
    learner.go("KNOW-2")
    learner.read("KNOW", "SMALL-1-L1")
    learner.enrol("SMALL")
    assert done(learner, "SMALL") == {"SMALL-1-L1"}
    assert len(carried(learner.db)) == 1
    learner.enrol("SMALL")
    learner.read("SMALL", "SMALL-1-L1")
    assert len(carried(learner.db)) == 1


def test_a_carried_lesson_finishes_what_lacked_only_it(learner: Learner) -> None:
    learner.enrol("SMALL")
    learner.go("KNOW-2")
    learner.read("SMALL", "SMALL-1-L1")
    assert set(queries.studied(learner.db, learner.on["KNOW"]).finished) == {"KNOW-2"}


def test_nothing_goes_into_a_course_that_ended_or_to_somebody_else(
    learner: Learner, world: World, now: datetime
) -> None:
    learner.enrol("SMALL")
    other = Learner(learner.db, world.second_pa, world.authority, now)
    other.enrol("KNOW")
    learner.db.get_one(Enrolment, learner.on["KNOW"]).ended_at = learner.now
    learner.db.flush()
    learner.read("SMALL", "SMALL-1-L1")
    assert done(learner, "KNOW") == set()
    assert done(other, "KNOW") == set()


class TestQuestionsThatAskTheSame:
    def test_right_in_a_check_that_was_passed(self, learner: Learner) -> None:
        learner.enrol("SMALL")
        attempt = learner.start("SMALL-1", "SMALL")
        while "Q1" not in learner.asked(attempt).values():
            attempt = learner.start("SMALL-1", "SMALL")
        learner.answer(attempt)
        (held,) = shown_in(learner.db, learner.on["KNOW"]).items()
        assert held[0] == "KNOW-1-K1"
        assert (held[1].source_id, held[1].question, held[1].judged_by) == (attempt, "Q1", None)
        assert "KNOW-1-K1" not in learner.asked(learner.start("KNOW-1"))

    def test_also_when_it_was_passed_before_enrolling(self, learner: Learner, world: World, now: datetime) -> None:
        other = Learner(learner.db, world.second_pa, world.authority, now)
        other.enrol("SMALL")
        other.go("SMALL-1", "SMALL")
        other.enrol("KNOW")
        assert set(shown_in(other.db, other.on["KNOW"])) == {"KNOW-1-K1"}

    def test_not_a_wrong_answer_in_a_check_that_was_passed(self, learner: Learner) -> None:
        learner.enrol("SMALL")
        attempt = learner.go("SMALL-1", "SMALL", wrong=("SMALL-1.1",))  # Q1 alone asks for this
        assert learner.db.get_one(Attempt, attempt).passed
        assert shown_in(learner.db, learner.on["KNOW"]) == {}

    def test_not_in_a_check_that_was_not_passed(self, learner: Learner) -> None:
        learner.enrol("SMALL")
        attempt = learner.go("SMALL-1", "SMALL", wrong=("SMALL-1.1", "SMALL-1.2"))
        assert attempt
        assert shown_in(learner.db, learner.on["KNOW"]) == {}


def test_two_devices_in_two_courses_at_the_same_moment(house: House, world: World, now: datetime) -> None:
    """Each takes all enrolments of the learner in one order, so neither waits for the other without end."""
    with house.database.writing() as db:
        learner = Learner(db, world.pa, world.authority, now)
        small, know = learner.enrol("SMALL"), learner.enrol("KNOW")
    start = Barrier(2)

    def read(enrolment: UUID, lesson: str) -> None:
        start.wait()
        with house.database.writing() as db:
            services.study_lesson(db, enrolment_id=enrolment, lesson=lesson, by=world.pa, now=now)

    acts: list[Callable[[], None]] = [lambda: read(small, "SMALL-1-L1"), lambda: read(know, "SMALL-1-L1")]
    with ThreadPoolExecutor(2) as pool:
        for act in [pool.submit(act) for act in acts]:
            act.result()
    with house.database.reading() as db:
        assert queries.studied(db, small).lessons == queries.studied(db, know).lessons == {"SMALL-1-L1"}
        assert len(carried(db)) == 1
