"""Where a step of study leads: endpoint and arguments, without Flask, so that home cards can say it too."""

from typing import Any
from uuid import UUID

from lms.learning.rules import OpenCheck, Step, StepKind, Studied
from lms.learning.shelf.sections import place

Way = tuple[str, dict[str, Any]]


def way_to(enrolment_id: UUID, step: Step, studied: Studied) -> Way:
    """The page of a step; in a lesson or check that was begun, the very section or question to go on with."""
    here: dict[str, Any] = {"enrolment_id": enrolment_id, "module": step.module.code}
    if step.sent_back:
        return "lms.writing.text_page", {"work_id": studied.sent_back[step.code]}
    if step.kind is StepKind.LESSON:
        at = {"_anchor": place(step.section)} if step.section else {}
        return "lms.learning.lesson_page", {**here, "lesson": step.code, **at}
    if step.kind is StepKind.ACTIVITY:
        return "lms.learning.activity_page", here
    begun = studied.open.get(step.module.code)
    return way_into(begun) if begun is not None else ("lms.learning.check_page", here)


def way_into(check: OpenCheck) -> Way:
    """The question to go on with, or the page that shows every answer when none is left."""
    if check.at is None:
        return "lms.learning.answers_page", {"attempt_id": check.attempt_id}
    return "lms.learning.question_page", {"attempt_id": check.attempt_id, "number": check.at}
