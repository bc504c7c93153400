"""Where assessors see what learners learned before, and decide whether it counts. Coordinators see what waits."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.reading.queries import scope_of
from lms.assessment.rules import Capacity
from lms.assessment.standing import standings
from lms.certification.prior.forms import DecideForm
from lms.certification.prior.shown import shown
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.papers import download
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.prior import queries, services
from lms.learning.prior.queries import OfferView
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("prior_desk", __name__)


@pages.get("/prior-learning/waiting")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def waiting() -> ResponseReturnValue:
    """What waits for a decision, the oldest first."""
    scope, number = scope_of(unit(), viewer(), today()), page_number()
    found = queries.waiting(unit(), scope, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    page = Page(shown(found), number, queries.count_waiting(unit(), scope))
    return render_template(
        "lms/certification/prior/waiting.html",
        page=page,
        pagination=pagination,
        decides={each.id for each in found if each.enrolment_id in scope.enrolments},
    )


@pages.route("/prior-learning/<uuid:offer_id>/decision", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def decide(offer_id: UUID) -> ResponseReturnValue:
    """Look at what was offered, and accept all, some or none of it, with a reason."""
    found, behalf = _for_assessor(offer_id)
    (seen,) = shown([found])
    form = DecideForm()
    form.offer([(code, words.text(language())) for code, words in seen.outcomes])
    if form.validate_on_submit():
        try:
            services.decide(
                unit(),
                id=form.key(),
                offer_id=offer_id,
                accepted=form.kept,
                reason=form.reason.data or "",
                by=viewer().person_id,
                behalf=behalf,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your decision is recorded. %(name)s reads it now.", name=found.learner_name), "lms_done")
            return redirect(url_for(".waiting"))
    return render_template("lms/certification/prior/decide.html", form=form, seen=seen, offer=found)


@pages.get("/prior-learning/<uuid:offer_id>/handed-in")
@requires(Role.ASSESSOR)
def paper(offer_id: UUID) -> Response:
    """The paper a learner handed in, for the assessor who decides."""
    found, _behalf = _for_assessor(offer_id)
    if found.paper is None:
        raise NotFound("paper")
    return download(found.paper, "prior-learning")


def _for_assessor(offer_id: UUID) -> tuple[OfferView, UUID]:
    """An offer whose learner is allocated to the viewer today, and on whose behalf they decide. NotFound otherwise."""
    found = queries.offer(unit(), offer_id)
    enrolment = learning.enrolment(unit(), found.enrolment_id)
    ties = standings(unit(), viewer(), enrolment, on=today(), today=today(), among={Capacity.ASSESSOR})
    if not ties or found.learner_id == viewer().person_id:
        raise NotFound("offer")
    return found, sorted(tie.behalf for tie in ties)[0]
