"""What learning puts on somebody's home page: the one next step of a PA, with everything around it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lms.core.cards import Card, Count, Task, Tasks, TaskState
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import N_
from lms.learning import queries, rules
from lms.learning.audiences import STUDENTS
from lms.learning.catalogue import Course, Courses, Module
from lms.learning.ending import Ending, ended
from lms.learning.queries import EnrolmentView
from lms.learning.rules import ModuleState, Step, StepKind, Studied
from lms.learning.shelf.sections import heading
from lms.learning.shown.rules import knowledge_only
from lms.learning.ways import way_to
from lms.people.rules import Role
from lms.people.viewer import Viewer

_TITLES = {
    StepKind.LESSON: N_("Lesson: %(title)s"),
    StepKind.ACTIVITY: N_("Activity: %(title)s"),
    StepKind.CHECK: N_("Knowledge check: %(module)s"),
}
_STATES = {
    ModuleState.COMING: TaskState(N_("Coming")),
    ModuleState.NOT_STARTED: TaskState(N_("To do"), "blue"),
    ModuleState.IN_PROGRESS: TaskState(N_("In progress"), "light-blue"),
    ModuleState.WAITING: TaskState(N_("Waiting to be read"), "yellow"),
    ModuleState.PRIOR: TaskState(N_("Prior learning"), "grey"),
    ModuleState.FINISHED: TaskState(N_("Done")),
}
_HINTS = {
    ModuleState.COMING: N_("About %(minutes)s of study"),
    ModuleState.NOT_STARTED: N_("About %(minutes)s of study"),
    ModuleState.IN_PROGRESS: N_("%(done)s of %(total)s steps done, about %(minutes)s left"),
    ModuleState.WAITING: N_("You have done your part. Somebody reads what you wrote."),
    ModuleState.PRIOR: N_("You learned this before, and an assessor accepted it."),
}
_ENDS = {
    Ending.WAITING: N_("You have done your part. When what you wrote is read, you are told here."),
    Ending.SO_FAR: N_("You have done everything that is ready. Look back at any lesson when you like."),
    Ending.ALL: N_("This is the knowledge part of your induction. It is not the Care Certificate."),
}
_ALL_STUDIED = N_("%(course)s: you have studied all of it. You can read it again whenever you like.")
_ALL_KNOWN = N_("This is the knowledge part of the standards. What you can do is seen at work.")


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """For whoever studies the one next step with the modules of its course, and a small card for each other course.

    For a coordinator the way to the learners.
    """
    found = [_learners()] if viewer.has(Role.COORDINATOR) else []
    if not viewer.has(*STUDENTS):
        return found
    enrolments = queries.enrolments_of(db, viewer.person_id)
    done = queries.studied_in(db, [each.id for each in enrolments])
    courses = shelf(db, Courses)
    each_course = [_Standing(courses, each, done[each.id]) for each in enrolments]
    each_course.sort(key=lambda standing: standing.order(now))
    return [*found, *(_course(each, now) for each in each_course[:1]), *(_other(each, now) for each in each_course[1:])]


class _Standing:
    """Where a learner is in one course."""

    def __init__(self, courses: Courses, enrolment: EnrolmentView, studied: Studied) -> None:
        self.enrolment, self.studied = enrolment, studied
        self.course = courses.courses.get(enrolment.course)
        self.modules = courses.modules_of(enrolment.course, enrolment.editions)
        self.step = rules.next_step(self.modules, studied)

    def order(self, now: datetime) -> tuple[int, float]:
        """What is most pressing first; of several alike the one studied last, since that is where somebody stopped."""
        last = self.studied.last
        return _weight(self, now), -(last.timestamp() if last else 0.0)

    @property
    def for_pas(self) -> bool:
        """Whether the course is for PAs; one that is gone counts as such."""
        return self.course is None or self.course.for_pas

    @property
    def done(self) -> int:
        """How many modules are done."""
        return sum(
            module.code in self.studied.finished or rules.all_prior(module, self.studied) for module in self.modules
        )


def _learners() -> Card:
    return Card(
        weight=45,
        title=N_("How far your PAs are"),
        body=N_("See who is learning, who has stopped, and what each one does next."),
        action=N_("See your learners"),
        endpoint="lms.learning.learners",
    )


def _weight(of: _Standing, now: datetime) -> int:
    if of.step is None:
        return 12 if ended(of.modules, of.studied).is_news(now) else 55
    if of.step.sent_back:
        return 0
    # What waits for others, as practice does, stands behind study until there is none left: one can always go on.
    fresh = 3 if of.studied.finished else 5
    return 2 if _started(of, of.step) else fresh


def _started(of: _Standing, step: Step) -> bool:
    return rules.progress(step.module, of.studied).done > 0 or step.begun or step.sent_back


def _course(of: _Standing, now: datetime) -> Card:
    """The course somebody goes on with: its next step, and its modules as a list."""
    tasks = tasks_of(of.course, of.modules, of.enrolment.id, of.studied)
    return _next(of, of.step, now, tasks) if of.step is not None else _end(of, now, tasks)


def _other(of: _Standing, now: datetime) -> Card:
    """A further course on a small card. What came back from a reader is never small."""
    if of.step is None:
        return _end(of, now, None)
    if of.step.sent_back:
        return _next(of, of.step, now, None)
    return Card(
        weight=15,
        title=N_("%(course)s"),
        body=N_("Next: %(title)s") if of.step.title else N_("Next: questions about “%(module)s”"),
        action=N_("Go on"),
        endpoint="lms.learning.course_page",
        args={"enrolment_id": of.enrolment.id},
        values={
            "course": of.course.title if of.course else "",
            "title": of.step.title or "",
            "module": of.step.module.title,
        },
        done=of.done,
        total=len(of.modules),
    )


def _end(of: _Standing, now: datetime, tasks: Tasks | None) -> Card:
    """Nothing is left to study. That all of it is done is news for a while, behind what there is to do."""
    end = ended(of.modules, of.studied)
    everything = end.how is Ending.ALL
    course = N_("My induction") if of.for_pas and not knowledge_only(of.modules) else N_("%(course)s")
    return Card(
        weight=_weight(of, now),
        title=N_("Well done. %(done)s.") if everything else course,
        body=_all_done(of) if everything else _ENDS[end.how],
        action=N_("See what comes next") if everything else N_("Look at your modules"),
        endpoint="lms.learning.course_page",
        args={"enrolment_id": of.enrolment.id},
        values={
            "done": Count("The module is done", "All %(num)s modules are done", end.modules),
            "course": of.course.title if of.course else "",
        },
        tasks=tasks,
    )


def _all_done(of: _Standing) -> str:
    if not of.for_pas:
        return _ALL_STUDIED
    return _ALL_KNOWN if knowledge_only(of.modules) else _ENDS[Ending.ALL]


def _next(of: _Standing, step: Step, now: datetime, tasks: Tasks | None) -> Card:
    far = rules.progress(step.module, of.studied)
    endpoint, args = way_to(of.enrolment.id, step, of.studied)
    stopped = heading(step.module.lesson(step.code), step.section) if step.section else None
    return Card(
        weight=_weight(of, now),
        title=_TITLES[step.kind],
        body=_body(step),
        action=N_("Go on where you stopped: %(heading)s")
        if stopped
        else N_("Go on")
        if _started(of, step)
        else N_("Start"),
        endpoint=endpoint,
        args=args,
        values={
            "title": step.title or "",
            "module": step.module.title,
            "heading": stopped or "",
            "minutes": _minutes(step.minutes),
            "left": _minutes(far.minutes_left),
        },
        done=far.done,
        total=far.total,
        tasks=tasks,
    )


def _body(step: Step) -> str:
    if step.sent_back:
        return N_("%(module)s. Somebody has read what you wrote and says what to do next.")
    if step.begun:
        return N_("%(module)s. About %(minutes)s left here, %(left)s in this module.")
    return N_("%(module)s. About %(minutes)s, %(left)s left in this module.")


def tasks_of(course: Course | None, modules: Sequence[Module], enrolment_id: UUID, studied: Studied) -> Tasks | None:
    """The modules of a course as a task list, each with where somebody is in it; None when the course is gone."""
    if course is None:
        return None
    return Tasks(title=course.title, items=[_task(module, enrolment_id, studied) for module in modules])


def _task(module: Module, enrolment_id: UUID, studied: Studied) -> Task:
    state = rules.state(module, studied)
    values: dict[str, object] = {"minutes": _minutes(module.study_minutes)}
    if state is ModuleState.IN_PROGRESS:
        far = rules.progress(module, studied)
        values = {"minutes": _minutes(far.minutes_left), "done": far.done, "total": far.total}
    return Task(
        title=module.title,
        state=_STATES[state],
        hint=_HINTS.get(state, ""),
        values=values,
        endpoint="" if state is ModuleState.COMING else "lms.learning.module_page",
        args={"enrolment_id": enrolment_id, "module": module.code},
    )


def _minutes(num: int) -> Count:
    return Count("%(num)s minute", "%(num)s minutes", num)
