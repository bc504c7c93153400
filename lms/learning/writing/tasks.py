"""What a text was written for, as authored. Part of the queries of writing."""

from dataclasses import dataclass

from lms.core.content import Words
from lms.core.words import NotFound
from lms.learning.catalogue import Courses, Module
from lms.learning.questions import Written
from lms.learning.states import WorkKind


@dataclass(frozen=True)
class Task:
    """What a text was written for, as authored: its title, what was asked, and what its reader looks for."""

    title: Words
    asked: Words
    look_for: tuple[Words, ...] = ()


def module_of(courses: Courses, course: str, code: str, edition: str | None) -> Module | None:
    """The module a text was written in; None when nobody teaches it any more."""
    try:
        return courses.module_in(course, code, edition)
    except NotFound:
        return None


def task_of(module: Module | None, kind: WorkKind, code: str) -> Task | None:
    """What a text was written for; None when it is no longer asked."""
    if module is None:
        return None
    if kind is WorkKind.ACTIVITY:
        activity = module.activity
        same = activity is not None and activity.code == code
        return Task(activity.title, activity.prompt) if same and activity else None
    question = module.by_code().get(code)
    if not isinstance(question, Written):
        return None
    return Task(question.text, question.text, question.look_for)
