"""The coordinator's pages: who has an assessor, and giving a learner one."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import allocated, allocating, queries
from lms.assessment.forms import AllocateForm
from lms.assessment.standing import assessors_for
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
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
    found, total = allocated.learners_to_allocate(
        unit(), authority, today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    lonely = allocated.count_without_assessor(unit(), [authority], today())
    return render_template(
        "lms/assessment/learners.html", page=Page(found, number, total), pagination=pagination, lonely=lonely
    )


@pages.route("/people/<uuid:learner_id>/assessor", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def allocate(learner_id: UUID) -> ResponseReturnValue:
    """Choose an assessor for a learner; those they have stand above."""
    enrolment = _enrolment(learner_id)
    name = people.person(unit(), learner_id).name
    if enrolment is None:
        return render_template("lms/assessment/nothing_to_show.html", name=name)
    form = AllocateForm(since=today())
    offered = [a for a in assessors_for(unit(), enrolment.authority_id, today()) if a.id != learner_id]
    form.offer([(str(a.id), f"{a.name} ({a.email})" if a.email else a.name) for a in offered])
    if form.validate_on_submit() and form.since.data:
        try:
            allocating.allocate_assessor(
                unit(),
                id=form.key(),
                enrolment_id=enrolment.id,
                assessor_id=UUID(form.assessor.data),
                since=form.since.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            chosen = people.person(unit(), UUID(form.assessor.data)).name
            flash(_("%(assessor)s now assesses %(name)s.", assessor=chosen, name=name), "lms_done")
            return redirect(url_for(".allocate", learner_id=learner_id))
    return render_template(
        "lms/assessment/allocate.html",
        form=form,
        name=name,
        learner_id=learner_id,
        offered=offered,
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


def _enrolment(learner_id: UUID) -> EnrolmentView | None:
    """The enrolment to allocate for; None for a PA of ours who is not on a course with practice. Raises NotFound."""
    ours = viewer().authorities(Role.COORDINATOR)
    try:
        return queries.enrolment_of_learner(unit(), learner_id, ours)
    except NotFound:
        if people.holds(unit(), learner_id, Role.PA, ours, today()):
            return None
        raise
