"""What learners say: how they found a lesson, and that something is wrong with a lesson or a question."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.content import Words
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.audiences import STUDENTS
from lms.learning.authoring import queries, services
from lms.learning.authoring.queries import ReportView
from lms.learning.authoring.rules import Rating
from lms.learning.authoring.views import pages
from lms.learning.doors import beside, courses
from lms.people.guards import requires, viewer


@pages.post("/learning/<uuid:enrolment_id>/<module>/lessons/<lesson>/rating")
@requires(*STUDENTS)
def rate_lesson(enrolment_id: UUID, module: str, lesson: str) -> ResponseReturnValue:
    """One press on one of three buttons."""
    rating = request.form.get("rating", "")
    if rating not in {str(each) for each in Rating}:
        raise NotFound("rating")
    here: dict[str, Any] = {"enrolment_id": enrolment_id, "module": module, "lesson": lesson}
    back = url_for("lms.learning.lesson_page", **here)
    try:
        services.rate_lesson(unit(), **here, rating=Rating(rating), by=viewer().person_id, now=now())
    except Refused as refusal:
        return _back(back, say_refusal(refusal), "lms_note")
    unit().commit()
    return _back(back, _("Thank you. You can change it at any time."), "lms_done")


@pages.post("/learning/<uuid:enrolment_id>/<module>/lessons/<lesson>/report")
@requires(*STUDENTS)
def report_lesson(enrolment_id: UUID, module: str, lesson: str) -> ResponseReturnValue:
    """Something is wrong in this lesson; words are welcome and not needed."""
    here: dict[str, Any] = {"enrolment_id": enrolment_id, "module": module, "lesson": lesson}
    back = url_for("lms.learning.lesson_page", **here)
    try:
        services.report_lesson(unit(), **_sent(), **here)
    except Refused as refusal:
        return _back(back, say_refusal(refusal), "lms_note")
    unit().commit()
    return _back(back, _("Thank you. The people who write the lessons look at it and answer here."), "lms_done")


@pages.post("/learning/checks/<uuid:attempt_id>/report/<question>")
@requires(*STUDENTS)
def report_question(attempt_id: UUID, question: str) -> ResponseReturnValue:
    """Something is wrong with this question."""
    back = url_for("lms.learning.result_page", attempt_id=attempt_id)
    try:
        services.report_question(unit(), **_sent(), attempt_id=attempt_id, question=question)
    except Refused as refusal:
        return _back(back, say_refusal(refusal), "lms_note")
    unit().commit()
    return _back(back, _("Thank you. The people who write the questions look at it."), "lms_done")


@pages.get("/learning/reports")
@requires(*STUDENTS)
def my_reports() -> ResponseReturnValue:
    """What one has reported, about lessons and questions, and what was written back."""
    found = queries.reports_by(unit(), viewer().person_id)
    return render_template("lms/learning/my_reports.html", reports=[(each, _titles(each)) for each in found])


def _titles(report: ReportView) -> tuple[Words | None, Words | None]:
    """What a report is about: the titles of its module and its lesson, as far as they are still on the shelf."""
    module = courses().modules.get(report.module)
    lesson = next((each for each in module.lessons if each.code == report.lesson), None) if module else None
    return module.title if module else None, lesson.title if lesson else None


def _sent() -> dict[str, Any]:
    text = request.form.get("text", "")
    return {"report_id": OnceForm().key(), "text": text, "by": viewer().person_id, "now": now()}


def _back(where: str, sentence: str, kind: str) -> Response:
    flash(sentence, kind)
    return redirect(where)


beside.reports = queries.answered_to
