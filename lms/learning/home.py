"""What learning puts on somebody's home page."""

from datetime import datetime

from lms.core.cards import Card
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import N_
from lms.learning import queries, rules
from lms.learning.catalogue import Courses
from lms.learning.queries import EnrolmentView
from lms.learning.rules import Step, StepKind, Studied
from lms.learning.ways import way_to
from lms.people.rules import Role
from lms.people.viewer import Viewer

_TITLES = {
    StepKind.LESSON: N_("Lesson: %(title)s"),
    StepKind.ACTIVITY: N_("Activity: %(title)s"),
    StepKind.CHECK: N_("Knowledge check: %(module)s"),
}
_BODY = N_("%(module)s. About %(minutes)s minutes. %(left)s minutes are left in this module.")


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:  # noqa: ARG001  every room's cards are asked alike
    """For a PA the next step of each course, first of all; for a coordinator the way to the learners."""
    found = [_learners()] if viewer.has(Role.COORDINATOR) else []
    if not viewer.has(Role.PA):
        return found
    enrolments = queries.enrolments_of(db, viewer.person_id)
    done = queries.studied_in(db, [each.id for each in enrolments])
    courses = shelf(db, Courses)
    return found + [_course(courses, each, done[each.id], viewer.language) for each in enrolments]


def _learners() -> Card:
    return Card(
        weight=45,
        title=N_("How far your PAs are"),
        body=N_("See who is learning, who has stopped, and what each one does next."),
        action=N_("See your learners"),
        endpoint="lms.learning.learners",
    )


def _course(courses: Courses, enrolment: EnrolmentView, studied: Studied, language: str) -> Card:
    step = rules.next_step(courses.modules_of(enrolment.course, enrolment.editions), studied)
    if step is None:
        return Card(
            weight=55,
            title=N_("My induction"),
            body=N_("You have done everything that is ready. Look back at any lesson when you like."),
            action=N_("Look at your modules"),
            endpoint="lms.learning.course_page",
            args={"enrolment_id": enrolment.id},
        )
    return _next(enrolment, step, studied, language)


def _next(enrolment: EnrolmentView, step: Step, studied: Studied, language: str) -> Card:
    far = rules.progress(step.module, studied)
    endpoint, args = way_to(enrolment.id, step, studied)
    started = far.done > 0 or step.begun
    return Card(
        weight=0 if started else 5,
        title=_TITLES[step.kind],
        body=_BODY,
        action=N_("Go on") if started else N_("Start"),
        endpoint=endpoint,
        args=args,
        values={
            "title": step.title.text(language) if step.title else "",
            "module": step.module.title.text(language),
            "minutes": step.minutes,
            "left": far.minutes_left,
        },
        done=far.done,
        total=far.total,
    )
