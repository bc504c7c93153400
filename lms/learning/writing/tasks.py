"""What a text was written for, as authored. Part of the queries of writing."""

from dataclasses import dataclass
from textwrap import shorten

from lms.core.content import Words
from lms.core.words import NotFound
from lms.learning.catalogue import Courses, Module
from lms.learning.questions import Written
from lms.learning.states import WorkKind

LONGEST_TITLE = 90
SHORTEST_TITLE = 40
"""Characters of the title that a question gets from its own beginning."""


@dataclass(frozen=True)
class Task:
    """What a text was written for: its title, what was asked, and what its reader looks for, as authored.

    A question has no title of its own. It gets its beginning, so that lists and links stay short.
    """

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
    text = question.text
    return Task(Words(en=opening(text.en), cy=opening(text.cy) if text.cy else None), text, question.look_for)


def opening(text: str) -> str:
    """How a text begins: whole sentences where they fit in a title, else as many words as do."""
    short = shorten(text, LONGEST_TITLE, placeholder=" …")
    end = max(short.rfind(mark) for mark in (". ", "? ", "! ")) + 1
    return short[:end] if end >= SHORTEST_TITLE and short.endswith("…") else short
