"""An assessor's pages of countersigning: what waits, and one decision with what it rests on."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.competence import countersigning, reviews
from lms.assessment.competence.asking_ties import question_first
from lms.assessment.competence.forms import CountersignForm
from lms.assessment.competence.labels import RISKS
from lms.assessment.competence.views import name_of, pages
from lms.assessment.deciding import pagewords, queries
from lms.assessment.deciding.labels import FIVE
from lms.assessment.deciding.rules import ReviewOutcome
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.media import queries as media
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role


@pages.get("/assess/countersign")
@requires(Role.ASSESSOR)
def waiting() -> ResponseReturnValue:
    """The decisions of others that wait for a second look, and that one may give."""
    found, number = countersigning.waiting_for(unit(), viewer(), today()), page_number()
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    frameworks = {each.authority_id: frameworks_for(unit(), each.authority_id) for each in shown}
    lines = {
        each.decision_id: frameworks[each.authority_id].framework(each.framework).line(each.line) for each in shown
    }
    units = {
        each.decision_id: name_of(frameworks[each.authority_id].framework(each.framework).unit(each.unit))
        for each in shown
    }
    names = people.persons(unit(), {each.learner_id for each in shown} | {each.decided_by for each in shown})
    return render_template(
        "lms/assessment/competence/countersign_list.html",
        page=Page(shown, number, len(found)),
        pagination=pagination,
        lines=lines,
        units=units,
        names=names,
        code_of=code_of,
    )


@pages.route("/assess/countersign/<uuid:decision_id>", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def countersign(decision_id: UUID) -> ResponseReturnValue:
    """One decision, why it was made and what it rests on; agree, or send it back."""
    one = countersigning.one_waiting(unit(), viewer(), decision_id, today())
    decisions = queries.decisions_of(unit(), one.enrolment_id)
    decision = next((each for each in decisions if each.id == decision_id), None)
    if decision is None:
        raise NotFound("decision")
    asked = question_first(learning.enrolment(unit(), one.enrolment_id))
    if asked is not None:
        return asked
    form = CountersignForm()
    if form.validate_on_submit():
        try:
            reviews.countersign(
                unit(),
                decision_id=decision_id,
                outcome=ReviewOutcome(form.outcome.data),
                word=form.word.data or "",
                action=(form.action.data or "") if form.sends_back else "",
                due_on=form.due_on.data if form.sends_back else None,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            said = _("It is sent back.") if form.sends_back else _("Thank you. The decision counts now.")
            flash(said, "lms_done")
            return redirect(url_for(".waiting"))
    framework = frameworks_for(unit(), one.authority_id).framework(one.framework)
    used = {decision.rests_on, *decision.beside}
    pieces = [each for each in evidence_of(unit(), one.enrolment_id) if each.id in used]
    names = people.persons(unit(), {one.learner_id})
    return render_template(
        "lms/assessment/competence/countersign.html",
        form=form,
        decision=decision,
        line=framework.line(one.line),
        framework=framework,
        unit_name=name_of(framework.unit(one.unit)),
        name=names[one.learner_id].name,
        pieces=pieces,
        files=media.files_of(unit(), [each.id for each in pieces]),
        five=FIVE,
        risks=RISKS,
        **pagewords.words(),
    )
