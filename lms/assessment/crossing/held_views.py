"""The pages of awards somebody holds: telling of one, taking that back, and seeing the proof of another's."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.content import Framework
from lms.assessment.crossing import services
from lms.assessment.crossing.doors import pages
from lms.assessment.crossing.forms import AwardForm
from lms.assessment.crossing.queries import awards_of
from lms.assessment.crossing.saying import held_since
from lms.assessment.knowledge.looking import look
from lms.assessment.knowledge.places import Places
from lms.assessment.knowledge.views import own_frameworks
from lms.assessment.lines.queries import frameworks_for
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role


@pages.route("/care-certificate/held", methods=["GET", "POST"])
@requires(Role.PA)
def held() -> ResponseReturnValue:
    """The awards one says one holds, and telling of another."""
    standards = {each.code: each for each in own_frameworks().standards()}
    form = AwardForm()
    form.offer(list(standards.values()))
    if form.validate_on_submit() and form.awarded_on.data:
        try:
            _hold(form, standards[form.edition.data])
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It stands beside what you show here, as you told us."), "lms_done")
            return redirect(url_for(".held"))
    return render_template(
        "lms/assessment/crossing/held.html",
        form=form,
        awards=awards_of(unit(), viewer().person_id),
        standards=standards,
        held_since=held_since,
        back=Places().start(),
    )


def _hold(form: AwardForm, framework: Framework) -> None:
    assert form.awarded_on.data is not None
    services.hold(
        unit(),
        id=form.key(),
        framework=framework,
        awarded_on=form.awarded_on.data,
        day_known=form.awarded_on.day_known,
        signed_by=form.signed_by.data or "",
        proof=form.proof.data or "",
        by=viewer().person_id,
        now=now(),
    )


@pages.post("/care-certificate/held/<uuid:award_id>/take-back")
@requires(Role.PA)
def take_back(award_id: UUID) -> ResponseReturnValue:
    """Take back what one said of an award."""
    services.take_back(unit(), award_id=award_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Taken back. It is shown nowhere any more."), "lms_done")
    return redirect(url_for(".held"))


@pages.get("/learners/<uuid:person_id>/care-certificate/held")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def learners_held(person_id: UUID) -> ResponseReturnValue:
    """The awards a learner says they hold, for those who look after their learning."""
    tie = look(unit(), viewer(), person_id, today())
    return render_template(
        "lms/assessment/crossing/learners_held.html",
        name=people.person(unit(), person_id).name,
        person_id=person_id,
        awards=awards_of(unit(), person_id),
        standards={each.code: each for each in frameworks_for(unit(), tie.authority_id).standards()},
        held_since=held_since,
        back=Places(person_id).start(),
    )


@pages.post("/learners/<uuid:person_id>/care-certificate/held/<uuid:award_id>/seen")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def seen(person_id: UUID, award_id: UUID) -> ResponseReturnValue:
    """Say that one has seen the proof of an award."""
    if person_id == viewer().person_id:
        raise NotFound("award")
    services.see(unit(), award_id=award_id, learner_id=person_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Noted that you have seen the proof."), "lms_done")
    return redirect(url_for(".learners_held", person_id=person_id))
