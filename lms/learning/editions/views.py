"""The button that moves to a newer edition, and what pages say before it."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.web.notes import flash
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.learning.audiences import STUDENTS
from lms.learning.catalogue import Module
from lms.learning.doors import Study, courses, own_study, pages
from lms.learning.editions import rules, services
from lms.learning.editions.rules import Offer
from lms.people.guards import requires, viewer


def offer_of(study: Study, kept: Module) -> Offer | None:
    """What can be offered to a learner about one module of theirs; None when they have the newest edition."""
    shelf = courses()
    if kept.code not in shelf.modules or shelf.modules[kept.code] is kept:
        return None
    return rules.offer(kept, shelf.editions_of(kept.code), study.done)


@pages.post("/learning/<uuid:enrolment_id>/<module>/edition")
@requires(*STUDENTS)
def move_edition(enrolment_id: UUID, module: str) -> ResponseReturnValue:
    """Go on with the edition whose changes were read."""
    own_study(enrolment_id).module(module)
    edition = request.form.get("edition", "")[:40]
    try:
        services.move(
            unit(), enrolment_id=enrolment_id, module=module, edition=edition, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("You have the newer edition now. What you had done is still done."), "lms_done")
    return redirect(url_for(".module_page", enrolment_id=enrolment_id, module=module))
