"""The coordinator's pages: who has an assessor, and giving a learner one."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import allocated, allocating, places
from lms.assessment.asking import queries as asking
from lms.assessment.asking.forms import GiveForm, HandOverForm
from lms.assessment.competence.views import name_of
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.standing import assessors_for
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("allocation", __name__)


@pages.get("/assessors")
@requires(Role.COORDINATOR)
def learners() -> ResponseReturnValue:
    """The authority's learners with something left to show, those without an assessor first."""
    authority, number = authority_for(Role.COORDINATOR), page_number()
    open_ = allocated.learners_to_allocate(unit(), authority, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/assessment/learners.html",
        page=Page(open_.found, number, open_.total),
        pagination=pagination,
        lonely=open_.lonely,
        asked=asking.count_waiting(unit(), [authority]),
        authority=authority,
        titles=titles_of(authority),
    )


@pages.route("/people/<uuid:learner_id>/assessor", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def allocate(learner_id: UUID) -> ResponseReturnValue:
    """Choose an assessor for a learner; those they have stand above."""
    enrolments = _enrolments(learner_id)
    name = people.person(unit(), learner_id).name
    if not enrolments:
        return render_template("lms/assessment/nothing_to_show.html", name=name)
    enrolment = _asked_for(enrolments)
    theirs = places.units_of(unit(), enrolment)
    called = {placed.unit.code: name_of(placed.unit) for placed in theirs}
    form = GiveForm(since=today())
    offered = _offered(enrolment)
    form.offer_people(offered)
    form.offer(list(called.items()))
    if form.validate_on_submit() and form.since.data:
        try:
            allocating.allocate_assessor(
                unit(),
                id=form.key(),
                enrolment_id=enrolment.id,
                assessor_id=UUID(form.assessor.data),
                since=form.since.data,
                until=form.until.data,
                units=form.units.data or [],
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            chosen = people.person(unit(), UUID(form.assessor.data)).name
            flash(_("%(assessor)s now assesses %(name)s.", assessor=chosen, name=name), "lms_done")
            return redirect(url_for(".allocate", learner_id=learner_id, enrolment=enrolment.id))
    return render_template(
        "lms/assessment/allocate.html",
        form=form,
        name=name,
        learner_id=learner_id,
        enrolment=enrolment,
        title=theirs[0].framework.title,
        others=[(one, places.units_of(unit(), one)[0].framework.title) for one in enrolments if one != enrolment],
        offered=offered,
        called=called,
        several=len(theirs) > 1,
        held=allocated.allocations_of(unit(), enrolment.id, today()),
    )


@pages.post("/people/<uuid:learner_id>/assessor/<uuid:allocation_id>/end")
@requires(Role.COORDINATOR)
def end(learner_id: UUID, allocation_id: UUID) -> ResponseReturnValue:
    """Let today be an assessor's last day with a learner."""
    allocating.end_allocation(unit(), allocation_id=allocation_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Today is their last day as assessor of this learner."), "lms_done")
    return redirect(url_for(".allocate", learner_id=learner_id))


@pages.route("/people/<uuid:learner_id>/assessor/<uuid:allocation_id>/hand-over", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def hand_over(learner_id: UUID, allocation_id: UUID) -> ResponseReturnValue:
    """Let another assessor take over what one has of a learner."""
    enrolments = {one.id: one for one in _enrolments(learner_id)}
    held = allocated.assessors_of(unit(), list(enrolments), today())
    row = next((one for one in held if one.id == allocation_id), None)
    if row is None:
        raise NotFound("allocation")
    name = people.person(unit(), learner_id).name
    form = HandOverForm()
    form.offer_people([each for each in _offered(enrolments[row.enrolment_id]) if each[0] != str(row.assessor_id)])
    if form.validate_on_submit():
        try:
            allocating.hand_over(
                unit(),
                id=form.key(),
                allocation_id=allocation_id,
                to=UUID(form.assessor.data),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            chosen = people.person(unit(), UUID(form.assessor.data)).name
            flash(_("%(assessor)s now assesses %(name)s.", assessor=chosen, name=name), "lms_done")
            return redirect(url_for(".allocate", learner_id=learner_id, enrolment=row.enrolment_id))
    return render_template("lms/assessment/asking/hand_over.html", form=form, name=name, learner_id=learner_id, row=row)


def titles_of(authority: UUID) -> dict[str, str]:
    """What each framework is called, by code."""
    known = frameworks_for(unit(), authority).by_edition.values()
    return {each.code: each.title.text(language()) for each in known}


def _offered(enrolment: EnrolmentView) -> list[tuple[str, str]]:
    """Who can be chosen for an enrolment, by name."""
    found = [a for a in assessors_for(unit(), enrolment.authority_id, today()) if a.id != enrolment.learner_id]
    return [(str(a.id), f"{a.name} ({a.email})" if a.email else a.name) for a in found]


def _enrolments(learner_id: UUID) -> list[EnrolmentView]:
    """A PA's enrolments with practice behind one's walls, the newest first; none for a PA of ours without. NotFound."""
    ours = viewer().authorities(Role.COORDINATOR)
    found = [
        one
        for one in learning.enrolments_of(unit(), learner_id)
        if one.authority_id in ours and places.units_of(unit(), one)
    ]
    if not found and not people.holds(unit(), learner_id, Role.PA, ours, today()):
        raise NotFound("learner")
    return found[::-1]


def _asked_for(enrolments: Sequence[EnrolmentView]) -> EnrolmentView:
    """The enrolment an address names, else the newest. Raises NotFound."""
    asked = request.args.get("enrolment", "")
    found = next((one for one in enrolments if asked in {"", str(one.id)}), None)
    if found is None:
        raise NotFound("enrolment")
    return found
