"""For views: whoever is about to decide on somebody's work is asked once whether they are close to them."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from lms.assessment import places
from lms.assessment.competence.queries import has_answered, needs_of
from lms.assessment.competence.rules import Needs
from lms.core.web.state import unit
from lms.learning.queries import EnrolmentView
from lms.people.guards import viewer


def question_first(enrolment: EnrolmentView) -> Response | None:
    """The way to the question, and from there back to this page; None for whoever has answered, and where nobody asks.

    Only when a page is opened: what somebody has typed is never lost to it.
    """
    if request.method != "GET" or has_answered(unit(), viewer().person_id, enrolment.learner_id):
        return None
    if all(needs_of(placed.framework) is Needs.NONE for placed in places.units_of(unit(), enrolment)):
        return None
    here = request.full_path.rstrip("?")
    return redirect(url_for("lms.competence.tie", enrolment_id=enrolment.id, next=here))
