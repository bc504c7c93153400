"""A key that is put right in the very moment in which somebody hands in a check."""

from concurrent.futures import ThreadPoolExecutor, wait
from uuid import UUID, uuid4

import pytest

from lms.core.house import House
from lms.learning import checks, marking, services
from lms.learning.authoring import services as authors
from lms.learning.questions import OneAnswer
from lms.learning.questions.samples import sample_answer
from lms.learning.states import Why
from tests.world import World

# On SQLite writers wait for each other from their first statement, so nobody can come between.
pytestmark = pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)

A_MOMENT = 0.5
"""Seconds: more than marking again takes when it waits for nobody."""


@pytest.fixture
def answered(house: House, world: World) -> UUID:
    """An attempt of the first PA with every question answered rightly, not handed in."""
    now = house.clock()
    with house.database.writing() as db:
        who = {"by": world.pa, "now": now}
        enrolment = services.enrol(db, learner_id=world.pa, authority_id=world.authority, course="PAI", **who)
        attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", **who)
        for question in checks.own_attempt(db, attempt_id, world.pa).questions:
            answer = sample_answer(question, right=True)
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=answer, **who)
    return attempt_id


def test_a_check_on_its_way_in_is_marked_again_too(house: House, world: World, answered: UUID) -> None:
    now = house.clock()
    with house.database.unit(writing=True) as slow, ThreadPoolExecutor() as worker:
        services.hand_in(slow, attempt_id=answered, by=world.pa, now=now)
        attempt = checks.own_attempt(slow, answered, world.pa)
        asked = next(each for each in attempt.questions if isinstance(each, OneAnswer))
        with house.database.writing() as db:
            authors.correct_key(
                db,
                correction_id=(correction := uuid4()),
                authority_id=world.authority,
                module=attempt.module.code,
                edition=attempt.module.edition,
                question=asked.code,
                key=sample_answer(asked, right=False),
                reason="The other answer is the right one.",
                by=world.admin,
                now=now,
            )
        marked = worker.submit(authors.remark, house, str(correction), now)
        wait([marked], timeout=A_MOMENT)
        slow.commit()
        marked.result()
    with house.database.reading() as db:
        assert [each.why for each in marking.trail_of(db, answered)] == [Why.HANDED_IN, Why.KEY_CORRECTED]
