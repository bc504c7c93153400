"""A learner's way to the certificate of PAI-1, through the services of learning and assessment."""

from datetime import datetime
from uuid import UUID, uuid4

from lms.assessment import services as assessment
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import checks
from lms.learning import services as learning
from lms.learning.catalogue import Courses
from lms.learning.questions.samples import sample_answer
from tests.world import World

UNIT, CRITERION = "PAI-1-P", "PAI-1-P.1"


def enrolled(db: Db, world: World, now: datetime, *, learner: UUID | None = None) -> UUID:
    """The world's PA on the induction."""
    return learning.enrol(
        db, learner_id=learner or world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
    )


def studies_all_but_the_end(db: Db, enrolment_id: UUID, learner: UUID, now: datetime) -> UUID:
    """Every lesson, the activity, and every answer of the check; returns the attempt, which waits to be handed in."""
    module = shelf(db, Courses).module_in("PAI", "PAI-1")
    for lesson in module.lessons:
        learning.study_lesson(db, enrolment_id=enrolment_id, lesson=lesson.code, by=learner, now=now)
    assert module.activity is not None
    learning.write_activity(
        db, enrolment_id=enrolment_id, activity=module.activity.code, text="My own plan.", by=learner, now=now
    )
    attempt = learning.start_or_resume_attempt(db, enrolment_id=enrolment_id, module="PAI-1", by=learner, now=now)
    for question in checks.own_attempt(db, attempt, learner).questions:
        learning.give_answer(
            db,
            attempt_id=attempt,
            question=question.code,
            options=sample_answer(question, right=True),
            by=learner,
            now=now,
        )
    return attempt


def studies(db: Db, enrolment_id: UUID, learner: UUID, now: datetime) -> None:
    """All the learning of PAI-1."""
    attempt = studies_all_but_the_end(db, enrolment_id, learner, now)
    learning.hand_in(db, attempt_id=attempt, by=learner, now=now)


def is_seen(db: Db, enrolment_id: UUID, employer: UUID, now: datetime) -> None:
    """The employer saw it and found it met."""
    seen = assessment.Seen(on=london_day(now), text="Asked first, then did it my way.", judgement=Judgement.MET)
    assessment.record_observation_and_judge(
        db, id=uuid4(), enrolment_id=enrolment_id, criterion=CRITERION, seen=seen, by=employer, now=now
    )


def signs_off(db: Db, enrolment_id: UUID, employer: UUID, now: datetime) -> None:
    """The employer signs the unit off."""
    assessment.sign_off(db, id=uuid4(), enrolment_id=enrolment_id, unit=UNIT, by=employer, now=now)


def earns(db: Db, world: World, now: datetime, *, learner: UUID | None = None, employer: UUID | None = None) -> UUID:
    """The whole way; returns the enrolment."""
    enrolment_id = enrolled(db, world, now, learner=learner)
    studies(db, enrolment_id, learner or world.pa, now)
    is_seen(db, enrolment_id, employer or world.employer_person, now)
    signs_off(db, enrolment_id, employer or world.employer_person, now)
    return enrolment_id
