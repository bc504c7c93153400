"""The same thing asked for from several sides in the same moment, and things that changed while somebody looked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment.models import Allocation
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import Refused
from lms.learning import checks
from lms.learning import services as learning
from lms.learning.questions.samples import sample_answer
from lms.people import second_factor, sessions
from tests.world import World

PASSWORD = "three small owls"

# On SQLite writers wait for each other from their first statement, so nobody can come between.
between_writers = pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


def facts(house: House, kind: str) -> int:
    with house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


@pytest.fixture
def enrolment(house: House, world: World) -> UUID:
    with house.database.writing() as db:
        return learning.enrol(
            db,
            learner_id=world.pa,
            authority_id=world.authority,
            course="PAI",
            by=world.coordinator,
            now=house.clock(),
        )


def test_one_code_lets_one_of_many_browsers_in(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    secret, now = second_factor.new_secret(), house.clock()
    with house.database.writing() as db:
        sessions.set_password(db, person_id=world.admin, password=PASSWORD, by=world.admin, now=now)
        before = now - timedelta(days=1)
        code = second_factor.code_now(secret, before)
        second_factor.turn_on(db, person_id=world.admin, secret=secret, code=code, now=before)
    browsers = [browser_for() for _ in range(4)]
    for browser in browsers:
        browser.submit("/sign-in", {"email": "ada.admin@example.com", "password": PASSWORD})
    sent = {"code": second_factor.code_now(secret, now)}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda browser: browser.post("/sign-in/code", sent), browsers))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 302]


@between_writers
def test_a_code_used_elsewhere_meanwhile_does_not_count(house: House, world: World) -> None:
    secret, now = second_factor.new_secret(), house.clock()
    with house.database.writing() as db:
        before = now - timedelta(days=1)
        code = second_factor.code_now(secret, before)
        second_factor.turn_on(db, person_id=world.admin, secret=secret, code=code, now=before)
    code = second_factor.code_now(secret, now)
    with house.database.unit(writing=True) as slow:
        assert second_factor.owed(slow, world.admin)
        with house.database.writing() as db:
            assert second_factor.accept(db, world.admin, code, now=now)
        assert not second_factor.accept(slow, world.admin, code, now=now)


def test_guesses_sent_all_at_once_are_slowed(house: House, world: World, browser_for: Callable[..., Any]) -> None:
    with house.database.writing() as db:
        sessions.set_password(db, person_id=world.pa, password=PASSWORD, by=world.pa, now=house.clock())
    browsers = [browser_for() for _ in range(12)]
    for browser in browsers:
        browser.token("/sign-in")

    def guess(browser: Any) -> int:
        sent = {"email": "Pat.Morgan@example.com ", "password": "a wrong password"}
        return int(browser.post("/sign-in", sent).status_code)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, browsers))
    assert answers.count(200) == 5
    assert answers.count(429) == 7


@between_writers
def test_an_answer_after_handing_in_elsewhere_is_not_called_saved(house: House, world: World, enrolment: UUID) -> None:
    now, pa = house.clock(), world.pa
    with house.database.writing() as db:
        attempt_id = learning.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=pa, now=now)
        attempt = checks.own_attempt(db, attempt_id, pa)
        for question in attempt.questions:
            first = sample_answer(question, right=True)
            learning.give_answer(db, attempt_id=attempt_id, question=question.code, options=first, by=pa, now=now)
    asked = attempt.questions[0]
    other = sample_answer(asked, right=False)
    with house.database.unit(writing=True) as slow:
        assert checks.own_attempt(slow, attempt_id, pa).finished_at is None
        with house.database.writing() as db:
            learning.hand_in(db, attempt_id=attempt_id, by=pa, now=now)
        with pytest.raises(Refused):
            learning.give_answer(slow, attempt_id=attempt_id, question=asked.code, options=other, by=pa, now=now)
        learning.hand_in(slow, attempt_id=attempt_id, by=pa, now=now)
        slow.commit()
    assert facts(house, "CheckPassed") + facts(house, "CheckNotPassed") == 1


@between_writers
def test_ending_an_allocation_from_two_sides_is_recorded_once(house: House, world: World, enrolment: UUID) -> None:
    now, by = house.clock(), world.coordinator
    with house.database.writing() as db:
        given = allocating.allocate_assessor(
            db, id=uuid4(), enrolment_id=enrolment, assessor_id=world.assessor, since=london_day(now), by=by, now=now
        )
    with house.database.unit(writing=True) as slow:
        looked_at = slow.get(Allocation, given)  # as two requests do that begin in the same moment
        assert looked_at is not None
        assert looked_at.until is None
        with house.database.writing() as db:
            allocating.end_allocation(db, allocation_id=given, by=by, now=now)
        allocating.end_allocation(slow, allocation_id=given, by=by, now=now)
        slow.commit()
    assert facts(house, "AllocationEnded") == 1
