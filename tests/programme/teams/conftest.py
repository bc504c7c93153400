"""A way to study a whole course quickly, and a team."""

from datetime import date, datetime
from uuid import UUID, uuid4

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import queries as learning
from lms.learning import services as study
from lms.learning.audiences import Audience
from lms.learning.catalogue import Courses
from lms.learning.checks import own_attempt
from lms.learning.questions.samples import sample_answer
from lms.programme.teams import queries, services
from lms.programme.teams.queries import TeamView
from tests.world import World


def make_team(
    db: Db, world: World, now: datetime, *, whom: Audience = Audience.STAFF, target: int | None = None, name: str = ""
) -> TeamView:
    """A team of the authority."""
    once = uuid4()
    services.make(
        db, once=once, authority_id=world.authority, name=name or f"Team {once.hex[:6]}", whom=whom, target=target,
        by=world.coordinator, now=now,
    )  # fmt: skip
    return queries.team(db, world.authority, once)


def bring(db: Db, world: World, of: TeamView, person: UUID, now: datetime, *, since: date | None = None) -> None:
    """Somebody is in a team."""
    services.bring_in(db, of, person_id=person, by=world.coordinator, now=now, since=since)


def finish(db: Db, enrolment: UUID, now: datetime) -> None:
    """Study all of a course: every lesson, and the right answer to every question that is asked."""
    taken = learning.enrolment(db, enrolment)
    learner = taken.learner_id
    for module in shelf(db, Courses).modules_of(taken.course):
        for lesson in module.lessons:
            study.study_lesson(db, enrolment_id=enrolment, lesson=lesson.code, by=learner, now=now)
        given = study.start_or_resume_attempt(db, enrolment_id=enrolment, module=module.code, by=learner, now=now)
        for question in own_attempt(db, given, learner).questions:
            right = sample_answer(question, right=True)
            study.give_answer(db, attempt_id=given, question=question.code, options=right, by=learner, now=now)
        study.hand_in(db, attempt_id=given, by=learner, now=now)
