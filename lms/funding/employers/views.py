"""Get training paid: the employer's own page of it, the six questions one a page, and what comes of them."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import OnceForm
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.employers import (
    account,
    applications,
    bank,
    paying_out_views,
    queries,
    rules,
    services,
    showing,
    texts,
)
from lms.funding.employers.answers import Step
from lms.funding.employers.doors import (
    ASKERS,
    Asking,
    applications_here,
    asking,
    begun_here,
    course_title,
    courses_to_choose,
    pages,
    pas_to_choose,
    working_on,
)
from lms.funding.employers.forms import FORMS, CourseForm, StepForm
from lms.people import queries as people
from lms.people.guards import requires, viewer

__all__ = ["account", "applications", "pages", "paying_out_views"]

_PAGES = {Step.HOME: "where"}
"""Templates of questions that are not called like their step."""


@pages.get("/get-training-paid")
@requires(*ASKERS)
def home() -> ResponseReturnValue:
    """What was begun and applied for, who may act, and which account the money goes to."""
    who = asking()
    begun = begun_here(who)
    names = people.persons(unit(), {each.answers.pa_id for each in begun if each.answers.pa_id})
    return render_template(
        "lms/funding/employers/home.html",
        who=who,
        form=OnceForm(),
        open=[each for each in begun if each.claim_id is None],
        names=names,
        applications=applications_here(who),
        account=bank.shown(unit(), who.id) if who.own else None,
        account_gone=bank.cleared(unit(), who.id) if who.own else None,
        course_title=course_title,
        texts=texts,
    )


@pages.post("/get-training-paid/begin")
@requires(*ASKERS)
def begin() -> ResponseReturnValue:
    """Begin the six questions."""
    who, form = asking(), OnceForm()
    try:
        services.begin(unit(), once=form.key(), employer_id=who.id, by=viewer().person_id, now=now())
    except Refused as refusal:
        return render_template("lms/funding/employers/stopped.html", who=who, why=say_refusal(refusal)), 409
    unit().commit()
    return redirect(url_for(".question", enquiry_id=form.key(), step=Step.COURSE))


@pages.route(
    "/get-training-paid/<uuid:enquiry_id>/<any(course,wages,home,'for-whom',booked,costs):step>",
    methods=["GET", "POST"],
)
@requires(*ASKERS)
def question(enquiry_id: UUID, step: str) -> ResponseReturnValue:
    """One of the six questions."""
    who, found = working_on(enquiry_id)
    asked = Step(step)
    if found.claim_id is not None:
        return redirect(url_for(".application_page", claim_id=found.claim_id))
    form = FORMS[asked]()
    _offer(form, who)
    if form.validate_on_submit():
        try:
            answers = services.answer(
                unit(), enquiry_id=enquiry_id, step=asked, given=form.given(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            following = asked.after if not answers.next_step or request.form.get("onwards") else answers.next_step
            if answers.next_step is None or following is None:
                return redirect(url_for(".check", enquiry_id=enquiry_id))
            return redirect(url_for(".question", enquiry_id=enquiry_id, step=following))
    elif request.method == "GET":
        form.begin_with(found.answers)
    return render_template(
        f"lms/funding/employers/{_PAGES.get(asked, asked.value)}.html",
        form=form,
        who=who,
        enquiry=found,
        step=asked,
        Step=Step,
        texts=texts,
    )


def _offer(form: StepForm, who: Asking) -> None:
    if isinstance(form, CourseForm):
        form.offer([(str(pa.id), pa.name) for pa in pas_to_choose(who)], courses_to_choose(who))


@pages.get("/get-training-paid/<uuid:enquiry_id>/answers")
@requires(*ASKERS)
def check(enquiry_id: UUID) -> ResponseReturnValue:
    """All answers on one page, each with a way to change it."""
    who, found = working_on(enquiry_id)
    if found.answers.next_step is not None:
        return redirect(url_for(".question", enquiry_id=enquiry_id, step=found.answers.next_step))
    pa_name, course = _pa_name(found.answers.pa_id), course_title(found.answers.code)
    return render_template(
        "lms/funding/employers/check.html",
        who=who,
        enquiry=found,
        rows=showing.rows(found.answers, pa_name, course, _, language()),
        texts=texts,
    )


@pages.get("/get-training-paid/<uuid:enquiry_id>/result")
@requires(*ASKERS)
def result(enquiry_id: UUID) -> ResponseReturnValue:
    """Which money fits, how much at most, what first, what not to do, and why the other money does not fit."""
    who, found = working_on(enquiry_id)
    if found.answers.next_step is not None:
        return redirect(url_for(".question", enquiry_id=enquiry_id, step=found.answers.next_step))
    outcome = queries.outcome(unit(), found, on=today())
    return render_template(
        "lms/funding/employers/result.html",
        who=who,
        enquiry=found,
        course=course_title(found.answers.code),
        pa_name=_pa_name(found.answers.pa_id),
        fits=[showing.fit(each, outcome, _, language(), own=who.may_accept) for each in outcome.fits],
        others=[showing.other(each, _, language()) for each in outcome.others],
        elsewhere=outcome.elsewhere,
        closed=outcome.closed,
        total=found.answers.total,
        form=OnceForm(),
        rules=rules,
        texts=texts,
    )


def _pa_name(pa_id: UUID | None) -> str:
    if pa_id is None:
        raise NotFound("pa")
    return people.person(unit(), pa_id).name
