"""A PA's own page of what is held about their checks, and what an employer may know of a decision."""

from datetime import date
from uuid import UUID, uuid4

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.register.checks import desk, labels, queries, rules, services
from lms.register.checks.doors import asked_about, checks_of, given, own_authority, pages
from lms.register.checks.forms import EmployersForm, OnDayForm, SureForm
from lms.register.checks.kinds import RightToAsk
from lms.register.checks.queries import DisclosureView
from lms.register.disclosures import MayStart, Starter, who_may_start_an_enhanced_check
from lms.register.reaching.queries import contact_of

__all__ = ["desk", "pages"]
_OWN = "/register/<uuid:authority_id>/checks"
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


@pages.get(_OWN)
@requires(Role.PA)
def mine(authority_id: UUID) -> ResponseReturnValue:
    """What is held about one's own checks: what, until when, who saw it, and what one can do about it."""
    authority, me = own_authority(authority_id), viewer().person_id
    checks = checks_of(me, authority_id)
    found = queries.disclosures_of(unit(), me, authority_id)
    said = queries.consent_of(unit(), me, authority_id)
    on = OnDayForm(request.args)
    asked = on.on.data if on.validate() and on.on.data else today()
    seen_by = {*(r.by for r in checks.others), *(view.seen_by for view in found)}
    by = seen_by | {s.by for view in found for s in view.steps} | {r.by for v in found for r in v.reviews if r.by}
    return render_template(
        "lms/register/checks/mine.html",
        authority=authority,
        checks=checks,
        disclosures=found,
        consent=said,
        given=RightToAsk.GIVEN,
        may_ask=asked_about(checks, found, said),
        update_service=any(getattr(rule, "update_service_accepted", False) for rule in checks.needed),
        join_by={view.id: day for view in found if (day := rules.join_by(view.disclosure.issued_on)) >= today()},
        names=people.persons(unit(), by),
        employers=people.organisations(unit(), {id for view in found for id in view.employers}),
        starters=[(_(labels.STARTERS[s]), _(labels.MAY_START[_start(s, asked).why])) for s in Starter],
        asked_on=asked,
        on=on,
        labels=labels,
        contact=contact_of(unit(), authority_id),
        form=on if on.errors else None,
        sure=SureForm(),
    )


@pages.route(f"{_OWN}/consent", methods=["GET", "POST"])
@requires(Role.PA)
def consent(authority_id: UUID) -> ResponseReturnValue:
    """Agree that the update service is asked about one's certificate, or take that back."""
    authority, form = own_authority(authority_id), SureForm()
    said = queries.consent_of(unit(), viewer().person_id, authority_id)
    if form.validate_on_submit():
        wanted = request.form.get("given") == "yes"
        services.say_consent(
            unit(),
            once=form.key(),
            person_id=viewer().person_id,
            authority_id=authority_id,
            given=wanted,
            now=now(),
        )
        unit().commit()
        flash(
            _("You agreed to status checks. You can take that back at any time.")
            if wanted
            else _("You took it back. Nobody asks the update service about you from now on."),
            "lms_done",
        )
        return redirect(url_for(".mine", authority_id=authority_id))
    return render_template("lms/register/checks/consent.html", form=form, authority=authority, given=given(said))


@pages.route(f"{_OWN}/<uuid:record_id>/review", methods=["GET", "POST"])
@requires(Role.PA)
def ask_review(authority_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Ask that a decision about one's certificate is looked at again. There is nothing to write."""
    authority, view, form = own_authority(authority_id), _own(authority_id, record_id), SureForm()
    if form.validate_on_submit():
        try:
            services.ask_review(
                unit(),
                once=form.key(),
                record_id=record_id,
                authority_id=authority_id,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("You asked for a review. Somebody who had no part in the decision looks at it."), "lms_done")
            return redirect(url_for(".mine", authority_id=authority_id))
    if request.method == "GET" and not view.may_review.allowed:
        raise NotFound("decision")
    return render_template(
        "lms/register/checks/ask_review.html", form=form, authority=authority, view=view, labels=labels
    )


@pages.route(f"{_OWN}/<uuid:record_id>/employers", methods=["GET", "POST"])
@requires(Role.PA)
def employers(authority_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """Choose which of one's employers may know a decision, and take it back."""
    authority, view = own_authority(authority_id), _own(authority_id, record_id)
    if view.decision is None:
        raise NotFound("decision")
    mine_all = people.employers_of(unit(), viewer().person_id, today())
    form = EmployersForm(employers=[str(id) for id in view.employers])
    form.offer([(str(each.id), each.called(language())) for each in mine_all])
    if form.validate_on_submit():
        chosen = set(form.employers.data or [])
        _let_know(authority_id, view, {e.id for e in mine_all if str(e.id) in chosen})
        unit().commit()
        flash(_("That is saved."), "lms_done")
        return redirect(url_for(".mine", authority_id=authority_id))
    return render_template(
        "lms/register/checks/employers.html",
        form=form,
        authority=authority,
        view=view,
        labels=labels,
        any_employer=bool(mine_all),
    )


@pages.get("/register/told")
@requires(*HOUSEHOLD)
def told() -> ResponseReturnValue:
    """What PAs agreed to let one's household know of a decision about their check."""
    found = queries.told_to(unit(), viewer().organisations(*HOUSEHOLD))
    theirs = people.employed_by(unit(), None, [each.pa_id for each in found], today())
    here = [each for each in found if (each.pa_id, each.employer_id) in theirs]
    return render_template(
        "lms/register/checks/told.html",
        told=here,
        names=people.persons(unit(), {each.pa_id for each in here}),
        authorities=people.organisations(unit(), {each.authority_id for each in here}),
        labels=labels,
    )


def _start(starter: Starter, on: date) -> MayStart:
    """Who may start a check for a PA's work, which is paid and eligible."""
    return who_may_start_an_enhanced_check(starter, on=on, conditions=("paid_role", "role_eligible"))


def _own(authority_id: UUID, record_id: UUID) -> DisclosureView:
    view = queries.disclosure_behind(unit(), record_id, [authority_id])
    if view.person_id != viewer().person_id or not view.has_content:
        raise NotFound("disclosure")
    return view


def _let_know(authority_id: UUID, view: DisclosureView, chosen: set[UUID]) -> None:
    me = viewer().person_id
    for employer_id in sorted(chosen - set(view.employers)):
        services.let_employer_know(
            unit(),
            once=uuid4(),
            record_id=view.id,
            authority_id=authority_id,
            employer_id=employer_id,
            by=me,
            now=now(),
        )
    for employer_id in sorted(set(view.employers) - chosen):
        services.end_employer_knowing(
            unit(), record_id=view.id, authority_id=authority_id, employer_id=employer_id, by=me, now=now()
        )
