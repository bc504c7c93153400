"""The register team's pages of checks: what is held about one PA, a certificate recorded, and each step after it."""

from collections.abc import Callable, Collection
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.forms import LmsForm
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.register import texts
from lms.register.checks import labels, queries, services, steps
from lms.register.checks.doors import asked_about, checks_of, given, pages, stops
from lms.register.checks.forms import FORMS, CertificateForm, ReviewForm, StatusForm, StepForm, SureForm
from lms.register.checks.kinds import Outcome
from lms.register.checks.queries import DisclosureView
from lms.register.disclosures import FollowUp
from lms.register.doors import TEAM, known_pa
from lms.register.kinds import RequirementKind
from lms.register.somebody_else import SomebodyElse, somebody_else

_ABOUT = "/register/people/<uuid:authority_id>/<uuid:person_id>/checks"
_ONE = f"{_ABOUT}/<uuid:record_id>"


@pages.get(_ABOUT)
@requires(*TEAM)
def person(authority_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """All that is held about one PA's checks, and the next step of each."""
    someone = known_pa(person_id, authority_id)
    checks = checks_of(person_id, authority_id)
    found = queries.disclosures_of(unit(), person_id, authority_id)
    consent = queries.consent_of(unit(), person_id, authority_id)
    return render_template(
        "lms/register/checks/person.html",
        person=someone,
        authority_id=authority_id,
        checks=checks,
        disclosures=found,
        consent=consent,
        may_ask=asked_about(checks, found, consent),
        names=people.persons(unit(), {*(r.by for r in checks.others), *_named(found)}),
        employers=people.organisations(unit(), {id for view in found for id in view.employers}),
        labels=labels,
        states=texts.STATES,
        me=viewer().person_id,
        sure=SureForm(),
    )


@pages.route(f"{_ABOUT}/<code>/certificate", methods=["GET", "POST"])
@requires(*TEAM)
def record(authority_id: UUID, person_id: UUID, code: str) -> ResponseReturnValue:
    """Record a DBS certificate that was seen, or that one was asked for."""
    someone, checks = known_pa(person_id, authority_id), checks_of(person_id, authority_id)
    line = checks.edition.lines.get(code)
    if line is None or line.kind is not RequirementKind.DBS:
        raise NotFound("requirement")
    form = CertificateForm(seen_on=today())
    consent = queries.consent_of(unit(), person_id, authority_id)
    if not given(consent):
        del form.number

    def keep() -> None:
        services.record_certificate(
            unit(),
            once=form.key(),
            person_id=person_id,
            authority_id=authority_id,
            code=code,
            on=form.seen_on.data or today(),
            data=form.data_to_keep(),
            number=form.number.data or "" if "number" in form else "",
            by=viewer().person_id,
            now=now(),
        )

    if form.validate_on_submit() and _done(form, keep):
        flash(_("The certificate is recorded."), "lms_done")
        return redirect(url_for(".person", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/checks/record.html",
        form=form,
        person=someone,
        line=line,
        authority_id=authority_id,
        asks_number="number" in form,
    )


@pages.route(f"{_ONE}/step", methods=["GET", "POST"])
@requires(*TEAM)
def step(authority_id: UUID, person_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """The next step about a certificate with content. A post says itself which step it is."""
    view = _view(authority_id, person_id, record_id)
    return _take(view, authority_id, _step(view.waits_for))


@pages.route(f"{_ONE}/invite", methods=["GET", "POST"])
@requires(*TEAM)
def invite_again(authority_id: UUID, person_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Invite the PA for another time, as long as the talk has not been held."""
    view = _view(authority_id, person_id, record_id)
    if request.method == "GET" and view.waits_for is not FollowUp.DISCUSSED:
        raise NotFound("step")
    return _take(view, authority_id, FollowUp.INVITED)


def _take(view: DisclosureView, authority_id: UUID, taken: FollowUp) -> ResponseReturnValue:
    person_id, record_id = view.person_id, view.id
    someone = known_pa(person_id, authority_id)
    form = FORMS[taken](done_on=today())
    done_on = form.data.get("done_on") or today()

    def take() -> None:
        steps.take_step(
            unit(),
            once=form.key(),
            record_id=record_id,
            authority_id=authority_id,
            step=_chosen(form, taken),
            on=done_on,
            by=viewer().person_id,
            now=now(),
            **form.chosen(),
        )

    if form.validate_on_submit() and _done(form, take):
        flash(_("That is recorded."), "lms_done")
        return redirect(url_for(".person", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/checks/step.html",
        form=form,
        person=someone,
        view=view,
        step=taken,
        title=_(labels.STEPS[taken]),
        me=viewer().person_id,
        else_=_somebody_else(authority_id, view, {view.second_person_other_than}),
        authority_id=authority_id,
        labels=labels,
        names=people.persons(unit(), set(_named([view]))),
    )


@pages.route(f"{_ONE}/status", methods=["GET", "POST"])
@requires(*TEAM)
def status(authority_id: UUID, person_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Record what the update service answered; the page says why it may not be asked, where that is so."""
    someone, view = known_pa(person_id, authority_id), _view(authority_id, person_id, record_id)
    checks = checks_of(person_id, authority_id)
    stop = stops(checks, view, queries.consent_of(unit(), person_id, authority_id))
    form = StatusForm(done_on=today())

    def keep() -> None:
        services.record_status(
            unit(),
            once=form.key(),
            record_id=record_id,
            authority_id=authority_id,
            result=form.answer(),
            on=form.done_on.data or today(),
            by=viewer().person_id,
            now=now(),
        )

    if form.validate_on_submit() and _done(form, keep):
        flash(_("The answer of the update service is recorded."), "lms_done")
        return redirect(url_for(".person", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/checks/status.html",
        form=form,
        person=someone,
        view=view,
        stop=_(services.NOT_ASKED[stop]) if stop else "",
        authority_id=authority_id,
    )


@pages.route(f"{_ONE}/review", methods=["GET", "POST"])
@requires(*TEAM)
def review(authority_id: UUID, person_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Look at a decision again, for somebody who had no part in it."""
    someone, view = known_pa(person_id, authority_id), _view(authority_id, person_id, record_id)
    if view.review is None and request.method == "GET":
        raise NotFound("review")
    form = ReviewForm()
    form.leave_out(view.decision)

    def decide() -> None:
        services.decide_review(
            unit(),
            once=form.key(),
            record_id=record_id,
            authority_id=authority_id,
            outcome=Outcome(form.outcome.data),
            decision=form.anew(),
            by=viewer().person_id,
            now=now(),
        )

    if form.validate_on_submit() and _done(form, decide):
        flash(_("Your review is recorded. The PA is told at once."), "lms_done")
        return redirect(url_for(".person", authority_id=authority_id, person_id=person_id))
    return render_template(
        "lms/register/checks/review.html",
        form=form,
        person=someone,
        view=view,
        authority_id=authority_id,
        labels=labels,
        names=people.persons(unit(), set(_named([view]))),
        had_a_part=viewer().person_id in view.had_a_part,
        else_=_somebody_else(authority_id, view, view.had_a_part),
    )


def _somebody_else(
    authority_id: UUID, view: DisclosureView, had_a_part: Collection[UUID | None]
) -> SomebodyElse | None:
    """Who can do it instead, where the viewer cannot."""
    if viewer().person_id not in had_a_part:
        return None
    besides = {view.person_id, *(each for each in had_a_part if each)}
    return somebody_else(unit(), authority_id, today(), besides=besides, roles=TEAM)


@pages.post(f"{_ONE}/risk-review")
@requires(*TEAM)
def risk_review(authority_id: UUID, person_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Note that a risk review of the direct payment was asked for."""
    known_pa(person_id, authority_id)
    _view(authority_id, person_id, record_id)
    form = SureForm()
    try:
        services.raise_risk_review(
            unit(), once=form.key(), record_id=record_id, authority_id=authority_id, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("That is recorded."), "lms_done")
    return redirect(url_for(".person", authority_id=authority_id, person_id=person_id))


def _view(authority_id: UUID, person_id: UUID, record_id: UUID) -> DisclosureView:
    view = queries.disclosure_behind(unit(), record_id, [authority_id])
    if view.person_id != person_id:
        raise NotFound("disclosure")
    return view


def _step(awaited: FollowUp | None) -> FollowUp:
    """The step a form is about: a post says it itself, so that sending it twice is harmless."""
    sent = request.form.get("step")
    if request.method == "POST" and sent in {each.value for each in FORMS}:
        return FollowUp(sent)
    if awaited is None:
        raise NotFound("step")
    return awaited


def _chosen(form: StepForm, step: FollowUp) -> FollowUp:
    """A second person agrees, or does not: two steps of one form."""
    return FollowUp(form["agrees"].data) if step is FollowUp.AGREED else step


def _named(views: list[DisclosureView]) -> set[UUID]:
    """Everybody whose name stands beside what they did."""
    by = {view.seen_by for view in views} | {each.by for view in views for each in view.steps}
    return by | {each.by for view in views for each in view.reviews if each.by}


def _done(form: LmsForm, do: Callable[[], None]) -> bool:
    try:
        do()
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return False
    unit().commit()
    return True
