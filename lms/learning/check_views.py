"""The knowledge check: starting, one question a page, looking over the answers, handing in, and what came of it."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.clock import LONDON
from lms.core.web.forms import LmsForm
from lms.core.web.notes import flash
from lms.core.web.state import now, read_once, unit
from lms.core.web.texts import say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import checks, marking, rules, services, uncounted
from lms.learning.answer_forms import answer_form, moved, sent_answer
from lms.learning.audiences import STUDENTS
from lms.learning.catalogue import Module
from lms.learning.checks import AttemptView
from lms.learning.doors import beside, own_study, pages
from lms.learning.outcomes import NumberUsed
from lms.learning.questions import Answer
from lms.learning.ways import Way, way_into
from lms.people.guards import requires, viewer


@pages.route("/learning/<uuid:enrolment_id>/<module>/check", methods=["GET", "POST"])
@requires(*STUDENTS)
def check_page(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """What the check is like; start it, or go on where one stopped."""
    study = own_study(enrolment_id)
    taught = study.module(module)
    if taught.check is None:
        raise NotFound("check")
    if request.method == "POST":
        return _start(enrolment_id, module)
    begun = study.done.open.get(module)
    past = checks.past_attempts(unit(), enrolment_id, module)
    return render_template(
        "lms/learning/check.html",
        study=study,
        module=taught,
        plan=taught.check,
        standing=study.standing(taught),
        begun=begun,
        on_url=_url(way_into(begun)) if begun else None,
        past=past,
        opens=_opens(past[0].finished_at if past else None, taught),
        lessons_left=sum(lesson.code not in study.done.lessons for lesson in taught.lessons),
    )


def _start(enrolment_id: UUID, module: str) -> Response:
    try:
        attempt_id = services.start_or_resume_attempt(
            unit(), enrolment_id=enrolment_id, module=module, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".check_page", enrolment_id=enrolment_id, module=module))
    unit().commit()
    return redirect(_url(way_into(_own(attempt_id).open)))


@pages.route("/learning/checks/<uuid:attempt_id>/questions/<int:number>", methods=["GET", "POST"])
@requires(*STUDENTS)
def question_page(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """One question; saving the answer leads to the next one that has none yet."""
    attempt = _own(attempt_id)
    question = attempt.question(number)
    if attempt.finished_at is not None:
        return redirect(url_for(".result_page", attempt_id=attempt_id))
    form = answer_form(question, attempt.answers.get(question.code, ()), attempt.seed)
    order = moved(question, request.form, attempt.seed) if request.method == "POST" else None
    if order is not None:
        return _move(attempt, number, order)
    if form.validate_on_submit():
        try:
            _give(attempt_id, question.code, form.given())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(_after(attempt, number, question.code))
    return render_template(
        "lms/learning/question.html",
        attempt=attempt,
        question=question,
        number=number,
        changing="change" in request.args,
        given_id=_sent_number() or uuid4(),
        form=form,
    )


def _move(attempt: AttemptView, number: int, order: Answer) -> Response:
    """Keep the order after a step went up or down, and show it, at the step that moved."""
    try:
        _give(attempt.id, attempt.question(number).code, order)
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    name = request.form["move"].partition(":")[0]
    here = url_for(".question_page", attempt_id=attempt.id, number=number, change=request.args.get("change"))
    return redirect(f"{here}#step-answer_{name}" if name.isalnum() else here)


@pages.post("/learning/checks/<uuid:attempt_id>/questions/<int:number>/choice")
@requires(*STUDENTS)
def save_choice(attempt_id: UUID, number: int) -> ResponseReturnValue:
    """Keep an answer the moment it is given, for the page's script: 204 when saved, 409 with a sentence if not."""
    attempt = checks.own_attempt(unit(), attempt_id, viewer().person_id, answers=False)
    question = attempt.question(number)
    try:
        _give(attempt_id, question.code, sent_answer(question, request.form, attempt.seed))
    except Refused as refusal:
        return jsonify(message=say_refusal(refusal)), 409
    unit().commit()
    return "", 204


@pages.route("/learning/checks/<uuid:attempt_id>/answers", methods=["GET", "POST"])
@requires(*STUDENTS)
def answers_page(attempt_id: UUID) -> ResponseReturnValue:
    """Every answer with a way to change it, and handing in."""
    attempt = _own(attempt_id)
    form = LmsForm()
    if request.method == "POST":
        try:
            services.hand_in(unit(), attempt_id=attempt_id, by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".result_page", attempt_id=attempt_id))
    if attempt.finished_at is not None:
        return redirect(url_for(".result_page", attempt_id=attempt_id))
    return render_template(
        "lms/learning/answers.html", attempt=attempt, form=form, papers=beside.papers(unit(), attempt_id)
    )


@pages.get("/learning/checks/<uuid:attempt_id>")
@requires(*STUDENTS)
def result_page(attempt_id: UUID) -> ResponseReturnValue:
    """What came of a check that was handed in, question by question."""
    attempt = _own(attempt_id)
    if attempt.finished_at is None:
        return redirect(_url(way_into(attempt.open)))
    study = own_study(attempt.enrolment.id)
    step, taught = study.next_in(attempt.module), study.module(attempt.module.code)
    return render_template(
        "lms/learning/result.html",
        attempt=attempt,
        study=study,
        step=step,
        taught=taught,
        standing=study.standing(taught),
        passed_since=attempt.module.code in study.done.passed,
        pieces=beside.answers(unit(), attempt_id),
        new_number=uuid4,
        papers=beside.papers(unit(), attempt_id),
        others=uncounted.others(unit(), attempt),
        trail=marking.trail_of(unit(), attempt_id)[1:],
        opens=_opens(attempt.finished_at, attempt.module),
    )


def _opens(finished_at: datetime | None, module: Module) -> datetime | None:
    """From when the check can be tried again, in London time; None when that is now."""
    opens = rules.opens_at(finished_at, module.check)
    return opens.astimezone(LONDON) if opens is not None and opens > now() else None


def _own(attempt_id: UUID) -> AttemptView:
    return read_once(("attempt", attempt_id), lambda: checks.own_attempt(unit(), attempt_id, viewer().person_id))


def _give(attempt_id: UUID, question: str, options: Answer) -> None:
    """Keep an answer under the number its page sent, so that sent twice it is there once."""
    answer: dict[str, Any] = {"attempt_id": attempt_id, "question": question, "options": options}
    try:
        services.give_answer(unit(), **answer, by=viewer().person_id, now=now(), given_id=_sent_number())
    except NumberUsed:  # an old page shown again, and another answer given on it: never lose that
        services.give_answer(unit(), **answer, by=viewer().person_id, now=now())


def _sent_number() -> UUID | None:
    try:
        return UUID(request.form.get("given_id", ""))
    except ValueError:
        return None


def _after(attempt: AttemptView, number: int, question: str) -> str:
    """Where saving an answer leads: to the next question without one, or to all the answers."""
    if "change" not in request.args:
        left = [n for n in attempt.open.unanswered if attempt.questions[n - 1].code != question]
        further = next((n for n in left if n > number), left[0] if left else None)
        if further is not None:
            return url_for(".question_page", attempt_id=attempt.id, number=further)
    return url_for(".answers_page", attempt_id=attempt.id)


def _url(way: Way) -> str:
    endpoint, args = way
    return url_for(endpoint, **args)
