"""What the demonstration's PAs say about lessons and questions, and what an author answers."""

from uuid import UUID, uuid4

from lms.demo.people import Stage
from lms.demo.study import Learner
from lms.demo.words import REPORTED, REPORTED_QUESTION, THANKED
from lms.learning import checks
from lms.learning.authoring import services
from lms.learning.authoring.rules import Rating


def rated(learner: Learner, code: str, *ratings: Rating) -> None:
    """The learner said how they found the first lessons of a module."""
    for lesson, rating in zip(learner.module(code).lessons, ratings, strict=False):
        services.rate_lesson(
            learner.db,
            enrolment_id=learner.enrolment_id,
            module=code,
            lesson=lesson.code,
            rating=rating,
            by=learner.person_id,
            now=learner.later(minutes=1),
        )


def reported_a_lesson(learner: Learner, code: str, number: int) -> UUID:
    """The learner reported a mistake in a lesson, counted from 1; returns the report."""
    report_id = uuid4()
    services.report_lesson(
        learner.db,
        report_id=report_id,
        enrolment_id=learner.enrolment_id,
        module=code,
        lesson=learner.module(code).lessons[number - 1].code,
        text=REPORTED,
        by=learner.person_id,
        now=learner.later(minutes=2),
    )
    return report_id


def reported_a_question(learner: Learner, attempt_id: UUID) -> None:
    """The learner reported the first question of a check they had handed in."""
    question = checks.own_attempt(learner.db, attempt_id, learner.person_id).questions[0]
    services.report_question(
        learner.db,
        report_id=uuid4(),
        attempt_id=attempt_id,
        question=question.code,
        text=REPORTED_QUESTION,
        by=learner.person_id,
        now=learner.later(minutes=3),
    )


def answered(stage: Stage, learner: Learner, report_id: UUID, authority: str, author: str) -> None:
    """An author dealt with a report two days later."""
    services.deal_with(
        stage.db,
        report_id=report_id,
        authority_id=stage.places[authority],
        note=THANKED,
        by=stage.persons[author],
        now=learner.later(days=2),
    )
