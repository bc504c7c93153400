"""The pages of appeals: a learner asks for a second look and follows it; staff and the second person answer."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from lms.assessment.deciding import pagewords
from lms.assessment.deciding.queries import decisions_of
from lms.assessment.evidence.queries import evidence_of, may_see
from lms.assessment.quality import labels
from lms.assessment.quality.appeals import queries, services
from lms.assessment.quality.appeals.queries import AppealView
from lms.assessment.quality.appeals.rules import WITH_SECOND, WITH_STAFF, Outcome, Stage
from lms.assessment.quality.doors import pages
from lms.assessment.quality.forms import AnswerForm, AskForm, SecondForm
from lms.assessment.quality.planning.queries import policy_of
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]

_STAFF = (Role.QUALITY_ASSURER, Role.COORDINATOR)
_ASKERS = (Role.PA, Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE)
_ANYBODY = (*_ASKERS, *_STAFF)


@pages.route("/appeals/ask/<uuid:decision_id>", methods=["GET", "POST"])
@requires(*_ASKERS)
def ask_appeal(decision_id: UUID) -> ResponseReturnValue:
    """Ask that a decision is looked at again."""
    found = queries.decision_to_appeal(unit(), decision_id, viewer(), today())
    if found.appeal_id is not None:
        return redirect(url_for(".appeal", appeal_id=found.appeal_id))
    form = AskForm()
    if form.validate_on_submit():
        try:
            appeal_id = services.ask(
                unit(),
                id=form.key(),
                decision_id=decision_id,
                why=form.why.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Sent. Thank you for telling us."), "lms_done")
            return redirect(url_for(".appeal", appeal_id=appeal_id))
    return render_template(
        "lms/assessment/quality/ask_appeal.html",
        decision=found,
        own=found.learner_id == viewer().person_id,
        form=form,
        days=policy_of(unit(), found.authority_id).appeal_answer_days,
        **pagewords.words(),
    )


@pages.get("/appeals")
@requires(*_ANYBODY)
def appeals() -> ResponseReturnValue:
    """What one asked for, what one has to look at; and for staff everything in their authority."""
    staff = bool(viewer().authorities(*_STAFF))
    page = None
    if staff:
        number = page_number()
        found, total = queries.in_authority(
            unit(), authority_for(*_STAFF), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
        )
        page = Page(found, number, total)
    return render_template(
        "lms/assessment/quality/appeals.html",
        mine=queries.of_person(unit(), viewer().person_id),
        waiting=queries.waiting_for(unit(), viewer()),
        page=page,
        pagination=pagination,
        appeal_stages=labels.APPEAL_STAGES,
        may_plan=viewer().has(Role.QUALITY_ASSURER),
        **pagewords.words(),
    )


def _appeal(appeal_id: UUID) -> AppealView:
    return queries.appeal_for(unit(), appeal_id, viewer(), today())


@pages.get("/appeals/<uuid:appeal_id>")
@requires(*_ANYBODY)
def appeal(appeal_id: UUID) -> ResponseReturnValue:
    """An appeal, step by step, with what can be done next."""
    return _page(_appeal(appeal_id))


def _page(found: AppealView, form: OnceForm | None = None) -> ResponseReturnValue:
    me = viewer().person_id
    staff = found.authority_id in viewer().authorities(*_STAFF) and me != found.learner_id
    second = me == found.second_id and found.stage in WITH_SECOND
    asker = me in (found.learner_id, found.asked_by)
    decision = next((each for each in decisions_of(unit(), found.enrolment_id) if each.id == found.decision_id), None)
    pieces = []
    if (staff or second or me == found.learner_id) and decision is not None:
        about = [each for each in evidence_of(unit(), found.enrolment_id) if found.key in each.lines]
        pieces = [each for each in about if not each.withdrawn and may_see(unit(), viewer(), each, today())]
    return render_template(
        "lms/assessment/quality/appeal.html",
        appeal=found,
        steps=queries.steps_of(unit(), found.id),
        decision=decision,
        pieces=pieces,
        staff=staff,
        second=second,
        asker=asker,
        own=me == found.learner_id,
        form=form,
        second_form=_named(form, SecondForm) or (_second_form(found) if staff and _may_name(found) else None),
        answer_form=_named(form, AnswerForm) or (_answer_form() if second else None),
        again_form=_named(form, AskForm) or (_ask_again_form() if asker and found.stage is Stage.ANSWERED else None),
        back_form=OnceForm(formdata=None),
        appeal_stages=labels.APPEAL_STAGES,
        appeal_outcomes=labels.OUTCOMES,
        **pagewords.words(),
    )


def _named(form: OnceForm | None, kind: type[OnceForm]) -> OnceForm | None:
    return form if isinstance(form, kind) else None


def _may_name(found: AppealView) -> bool:
    return found.stage in WITH_STAFF or found.stage in WITH_SECOND


def _second_form(found: AppealView, *, sent: bool = False) -> SecondForm:
    form = SecondForm() if sent else SecondForm(formdata=None)
    named = [SelectChoice(str(each.id), each.name) for each in queries.seconds_for(unit(), found, today())]
    form.second.choices = [SelectChoice("", _("Choose")), *named]
    return form


def _answer_form(*, sent: bool = False) -> AnswerForm:
    form = AnswerForm() if sent else AnswerForm(formdata=None)
    form.prepare()
    return form


def _ask_again_form(*, sent: bool = False) -> AskForm:
    return AskForm() if sent else AskForm(formdata=None)


@pages.post("/appeals/<uuid:appeal_id>/acknowledge")
@requires(*_STAFF)
def acknowledge(appeal_id: UUID) -> ResponseReturnValue:
    """Tell the learner that the authority has it."""
    found = _own(appeal_id)
    services.acknowledge(unit(), id=OnceForm().key(), appeal_id=found.id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The learner is told that you have it."), "lms_done")
    return redirect(url_for(".appeal", appeal_id=appeal_id))


@pages.post("/appeals/<uuid:appeal_id>/second")
@requires(*_STAFF)
def name_second(appeal_id: UUID) -> ResponseReturnValue:
    """Ask somebody to look."""
    found = _own(appeal_id)
    form = _second_form(found, sent=True)
    if form.validate_on_submit():
        try:
            services.name_second(
                unit(),
                id=form.key(),
                appeal_id=appeal_id,
                second_id=UUID(form.second.data),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("They are asked, and the learner is told."), "lms_done")
            return redirect(url_for(".appeal", appeal_id=appeal_id))
    return _page(found, form)


def _own(appeal_id: UUID) -> AppealView:
    found = _appeal(appeal_id)
    if found.authority_id not in viewer().authorities(*_STAFF) or found.learner_id == viewer().person_id:
        raise NotFound("appeal")
    return found


@pages.post("/appeals/<uuid:appeal_id>/answer")
@requires(Role.ASSESSOR, Role.QUALITY_ASSURER)
def answer_appeal(appeal_id: UUID) -> ResponseReturnValue:
    """Answer as the second person."""
    found = _appeal(appeal_id)
    if found.second_id != viewer().person_id:
        raise NotFound("appeal")
    form = _answer_form(sent=True)
    if form.validate_on_submit():
        try:
            services.answer(
                unit(),
                id=form.key(),
                appeal_id=appeal_id,
                outcome=Outcome(form.outcome.data),
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Answered. The learner is told."), "lms_done")
            return redirect(url_for(".appeal", appeal_id=appeal_id))
    return _page(found, form)


@pages.post("/appeals/<uuid:appeal_id>/again")
@requires(*_ASKERS)
def ask_again(appeal_id: UUID) -> ResponseReturnValue:
    """Ask for the second stage."""
    found = _appeal(appeal_id)
    form = _ask_again_form(sent=True)
    if form.validate_on_submit():
        try:
            services.ask_again(
                unit(),
                id=form.key(),
                appeal_id=appeal_id,
                why=form.why.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Sent. Somebody else looks at it now."), "lms_done")
            return redirect(url_for(".appeal", appeal_id=appeal_id))
    return _page(found, form)


@pages.post("/appeals/<uuid:appeal_id>/take-back")
@requires(*_ASKERS)
def take_back_appeal(appeal_id: UUID) -> ResponseReturnValue:
    """Take an appeal back."""
    found = _appeal(appeal_id)
    try:
        services.take_back(unit(), id=OnceForm().key(), appeal_id=found.id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".appeal", appeal_id=appeal_id))
    unit().commit()
    flash(_("Taken back. The decision stays as it was."), "lms_done")
    return redirect(url_for(".appeal", appeal_id=appeal_id))
