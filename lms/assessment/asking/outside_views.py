"""A coordinator's pages of inviting an assessor from a college or an agency for named learners."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import allocated, places
from lms.assessment.allocation import titles_of
from lms.assessment.asking import outside
from lms.assessment.asking.forms import InviteForm
from lms.assessment.asking.outside import MOST_LEARNERS, Outsider
from lms.assessment.asking.views import pages
from lms.assessment.competence.views import name_of
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.forms import as_id
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role


@pages.get("/assessors/invite")
@requires(Role.COORDINATOR)
def invite_learners() -> ResponseReturnValue:
    """First: for which learners? Those with something left to show, page by page, or by name."""
    authority, number = authority_for(Role.COORDINATOR), page_number()
    search = request.args.get("name", "").strip()[:100]
    open_ = allocated.learners_to_allocate(
        unit(), authority, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE, search=search
    )
    return render_template(
        "lms/assessment/asking/invite_learners.html",
        page=Page(open_.found, number, open_.total),
        pagination=pagination,
        search=search,
        authority=authority,
        waiting=outside.waiting(unit(), authority, now=now()),
        nothing_chosen="chosen" in request.args,
        titles=titles_of(authority),
    )


@pages.route("/assessors/invite/for", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def invite() -> ResponseReturnValue:
    """Then: whom, from where, for which standards, and until when?"""
    authority = authority_for(Role.COORDINATOR)
    enrolments = _enrolments(authority)
    if not enrolments:
        return redirect(url_for(".invite_learners", authority=authority, chosen="0"))
    names = people.persons(unit(), {one.learner_id for one in enrolments})
    units = {placed.unit.code: name_of(placed.unit) for one in enrolments for placed in places.units_of(unit(), one)}
    form = InviteForm()
    form.offer(list(units.items()))
    found = outside.organisations(unit(), authority, today())
    form.offer_places([(str(place.id), place.called(language())) for place in found])
    if form.validate_on_submit() and form.until.data:
        try:
            outside.invite(
                unit(),
                id=form.key(),
                authority_id=authority,
                outsider=_outsider(form, enrolments),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The invitation to %(name)s is on its way.", name=form.name.data), "lms_done")
            return redirect(url_for(".invite_learners", authority=authority))
    return render_template(
        "lms/assessment/asking/invite.html",
        form=form,
        learners=[names[one.learner_id].name for one in enrolments],
        authority=authority,
        places=found,
    )


def _outsider(form: InviteForm, enrolments: list[EnrolmentView]) -> Outsider:
    chosen = set(form.units.data or [])
    theirs = {
        one.id: tuple(p.unit.code for p in places.units_of(unit(), one) if p.unit.code in chosen) for one in enrolments
    }
    organisation = as_id(form.organisation.data)
    if organisation is None or form.until.data is None:
        raise NotFound("organisation")
    if chosen:  # whoever has none of the chosen standards is not meant
        theirs = {enrolment: units for enrolment, units in theirs.items() if units}
    return Outsider(
        name=form.name.data or "",
        email=form.email.data or "",
        language=form.language.data,
        organisation_id=organisation,
        learners=theirs,
        until=form.until.data,
    )


def _enrolments(authority: UUID) -> list[EnrolmentView]:
    """The enrolments an address names. Raises NotFound for one behind another wall."""
    found = []
    for asked in list(dict.fromkeys(request.args.getlist("learner")))[:MOST_LEARNERS]:
        enrolment_id = as_id(asked)
        if enrolment_id is None:
            raise NotFound("learner")
        enrolment = learning.enrolment(unit(), enrolment_id)
        if enrolment.authority_id != authority or enrolment.ended:
            raise NotFound("learner")
        found.append(enrolment)
    return found
