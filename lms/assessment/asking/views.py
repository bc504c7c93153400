"""The pages of asking for an assessor: a PA's and an employer's, a coordinator's, and an assessor's own time."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.asking import opening, queries, services
from lms.assessment.asking.forms import AskForm, ChooseForm, CloseForm, ProfileForm
from lms.assessment.asking.labels import DAYS, OUTCOMES
from lms.assessment.asking.queries import RequestView
from lms.assessment.asking.rules import Outcome, Profile
from lms.assessment.competence.labels import RELATIONS
from lms.assessment.competence.views import name_of
from lms.assessment.content import Framework
from lms.assessment.doors import door
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Capacity
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("asking", __name__)


@pages.route("/practice/assessor", methods=["GET", "POST"])
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """A PA asks for an assessor, or sees what became of the request."""
    authorities = people.authorities_of(unit(), viewer().person_id, today())
    if not authorities:
        raise NotFound("authority")
    return _ask(viewer().person_id, authorities[0].id, name=None, here=url_for(".mine"))


@pages.route("/my-pas/<uuid:pa_id>/assessor", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def for_pa(pa_id: UUID) -> ResponseReturnValue:
    """An employer, or who acts for one, asks for their PA; a stranger's PA is not there."""
    homes = viewer().organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    home = people.employer_for(unit(), pa_id, homes, today())
    behind = people.organisation(unit(), home).wall if home else None
    if behind is None:
        raise NotFound("PA")
    name = people.person(unit(), pa_id).name
    return _ask(pa_id, behind, name=name, here=url_for(".for_pa", pa_id=pa_id))


def _ask(learner_id: UUID, authority: UUID, *, name: str | None, here: str) -> ResponseReturnValue:
    """The one page: the request that runs, or the form for a new one."""
    framework = opening.edition_for(unit(), learner_id, authority)
    last = queries.newest_of(unit(), learner_id)
    form = AskForm()
    form.offer([(each.code, name_of(each)) for each in framework.units])
    if form.validate_on_submit():
        try:
            services.ask(
                unit(),
                id=form.key(),
                learner_id=learner_id,
                authority_id=authority,
                units=form.units.data or [],
                place=form.place.data or "",
                days=form.chosen_days(),
                suits=form.suits.data or "",
                language=form.language.data or "",
                needs=form.needs.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your training coordinator has your request and will answer."), "lms_done")
            return redirect(here)
    return render_template(
        "lms/assessment/asking/ask.html",
        form=form,
        name=name,
        framework=framework,
        last=last,
        asked=_asked_units(framework, last),
        given=queries.given_for(unit(), last, today()) if last else (),
        called=name_of_code(framework),
        days=DAYS,
        outcomes=OUTCOMES,
        may_withdraw=last is not None and _may_withdraw(last),
    )


def _asked_units(framework: Framework, last: RequestView | None) -> list[str]:
    """The standards of a request, in order, as pages name them."""
    return [name_of(each) for each in framework.units if last is not None and each.code in last.units]


def name_of_code(framework: Framework) -> dict[str, str]:
    """How each standard is called, by code."""
    return {each.code: name_of(each) for each in framework.units}


def _may_withdraw(asked: RequestView) -> bool:
    return viewer().person_id in {asked.learner_id, asked.asked_by} or asked.behalf in viewer().organisations(
        Role.EMPLOYER, Role.REPRESENTATIVE
    )


@pages.post("/assessor-requests/<uuid:request_id>/withdraw")
@requires(Role.PA, Role.EMPLOYER, Role.REPRESENTATIVE)
def withdraw(request_id: UUID) -> ResponseReturnValue:
    """Take a request back."""
    asked = queries.request(unit(), request_id)
    services.withdraw(unit(), request_id=request_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("The request is taken back. You can ask again whenever you like."), "lms_done")
    own = asked.learner_id == viewer().person_id
    return redirect(url_for(".mine") if own else url_for(".for_pa", pa_id=asked.learner_id))


@pages.get("/assessor-requests")
@requires(Role.COORDINATOR)
def requests() -> ResponseReturnValue:
    """The open requests of an authority, who waits longest first."""
    authority, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.waiting_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    names = people.persons(unit(), {one.learner_id for one in found} | {one.asked_by for one in found})
    return render_template(
        "lms/assessment/asking/requests.html",
        page=Page(found, number, total),
        pagination=pagination,
        names=names,
    )


@pages.get("/assessor-requests/<uuid:request_id>")
@requires(Role.COORDINATOR)
def request_page(request_id: UUID) -> ResponseReturnValue:
    """One request, and every assessor of the authority with reasons, in the order to look at them."""
    asked, framework = _for_coordinator(request_id)
    given = queries.given_for(unit(), asked, today())
    open_ = tuple(each.code for each in framework.units if each.code in queries.still_open_of(asked, given))
    names = people.persons(unit(), {asked.learner_id, asked.asked_by})
    enrolment = opening.opened_of(unit(), asked.learner_id, asked.authority_id)
    return render_template(
        "lms/assessment/asking/request.html",
        asked=asked,
        enrolment=enrolment,
        framework=framework,
        name=names[asked.learner_id].name,
        asker=names[asked.asked_by].name,
        units=_asked_units(framework, asked),
        given=given,
        left=open_,
        called=name_of_code(framework),
        numbers={each.code: each.number or each.code for each in framework.units},
        fits=queries.fits(unit(), asked, open_ or asked.units, today()) if asked.outcome is None else (),
        days=DAYS,
        relations=RELATIONS,
        outcomes=OUTCOMES,
        on=today(),
    )


@pages.route("/assessor-requests/<uuid:request_id>/choose/<uuid:assessor_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def choose(request_id: UUID, assessor_id: UUID) -> ResponseReturnValue:
    """Give one assessor some or all of what was asked for."""
    asked, framework = _for_coordinator(request_id)
    given = queries.given_for(unit(), asked, today())
    left = tuple(each.code for each in framework.units if each.code in queries.still_open_of(asked, given))
    fit = next((one for one in queries.fits(unit(), asked, left, today()) if one.person_id == assessor_id), None)
    if fit is None:
        raise NotFound("assessor")
    form = ChooseForm()
    called = name_of_code(framework)
    form.offer([(code, called[code]) for code in left])
    if not form.is_submitted():
        form.units.data = list(fit.can)
    if form.validate_on_submit():
        try:
            services.give(
                unit(),
                id=form.key(),
                request_id=request_id,
                assessor_id=assessor_id,
                units=form.units.data or [],
                until=form.until.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("%(name)s is chosen. Those who asked are told.", name=fit.name), "lms_done")
            return redirect(url_for(".request_page", request_id=request_id))
    return render_template(
        "lms/assessment/asking/choose.html",
        form=form,
        fit=fit,
        asked=asked,
        name=people.person(unit(), asked.learner_id).name,
        called=called,
        over=asked.outcome is not None,
    )


@pages.post("/assessor-requests/<uuid:request_id>/open")
@requires(Role.COORDINATOR)
def open_standards(request_id: UUID) -> ResponseReturnValue:
    """Open the standards for a learner whose household asked, before an assessor is found."""
    asked, _framework = _for_coordinator(request_id)
    try:
        services.open_asked(unit(), request_id=request_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("The standards are open for this learner."), "lms_done")
    return redirect(url_for(".request_page", request_id=asked.id))


@pages.route("/assessor-requests/<uuid:request_id>/close", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def close(request_id: UUID) -> ResponseReturnValue:
    """Be done with a request for now, with a word to those who asked."""
    asked, _framework = _for_coordinator(request_id)
    form = CloseForm()
    if form.validate_on_submit():
        try:
            services.close(unit(), request_id=request_id, words=form.words.data or "", by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Those who asked can read your word."), "lms_done")
            return redirect(url_for(".requests"))
    return render_template(
        "lms/assessment/asking/close.html", form=form, asked=asked, name=people.person(unit(), asked.learner_id).name
    )


def _for_coordinator(request_id: UUID) -> tuple[RequestView, Framework]:
    """A request of an authority one coordinates, with its framework. Raises NotFound."""
    asked = queries.request(unit(), request_id)
    if asked.authority_id not in viewer().authorities(Role.COORDINATOR):
        raise NotFound("request")
    return asked, frameworks_for(unit(), asked.authority_id).framework(asked.framework)


@pages.get("/assess/<uuid:enrolment_id>/before-you-come")
@requires(Role.ASSESSOR)
def before(enrolment_id: UUID) -> ResponseReturnValue:
    """What those who asked want an assessor to know before they come."""
    enrolment, _standing, name = door(enrolment_id, {Capacity.ASSESSOR})
    last = queries.newest_of(unit(), enrolment.learner_id)
    behind = last is not None and last.authority_id == enrolment.authority_id and last.outcome is not Outcome.WITHDRAWN
    return render_template(
        "lms/assessment/asking/before.html", name=name, asked=last if behind else None, days=DAYS, enrolment=enrolment
    )


@pages.route("/assess/my-time", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def profile() -> ResponseReturnValue:
    """Where, when and for how many learners one can work."""
    said = queries.profile_of(unit(), viewer().person_id) or Profile()
    form = ProfileForm(
        places="\n".join(said.places),
        days=[str(day) for day in said.days],
        languages=", ".join(said.languages),
        most=said.most,
        away_from=said.away_from,
        away_until=said.away_until,
    )
    if form.validate_on_submit():
        try:
            services.keep_profile(unit(), person_id=viewer().person_id, profile=form.said(), now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Coordinators see it when they look for an assessor."), "lms_done")
            return redirect(url_for("lms.competence.mine"))
    return render_template("lms/assessment/asking/profile.html", form=form)
