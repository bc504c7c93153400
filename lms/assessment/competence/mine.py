"""One's own pages: what I may assess, and the question whether one is close to a learner; the learner's side of it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import allocated
from lms.assessment.asking.queries import profile_of
from lms.assessment.competence import ties
from lms.assessment.competence.countersigning import may_see_for_countersigning
from lms.assessment.competence.forms import EndForm, PersonTieForm, TieForm
from lms.assessment.competence.labels import BASES, MARKS, RELATIONS, TRAININGS
from lms.assessment.competence.people import HOUSEHOLD_ROLES, household_members
from lms.assessment.competence.queries import policy_of
from lms.assessment.competence.rules import TOO_CLOSE, Relation
from lms.assessment.competence.shown import (
    competence_entries,
    mark_entries,
    recorded_for,
    tie_entries,
    training_entries,
)
from lms.assessment.competence.views import pages, rows_of
from lms.assessment.doors import door
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import ANYBODY
from lms.assessment.standing import assessors_for
from lms.core.web.notes import flash
from lms.core.web.pages import own_path
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

_DECIDERS = (Role.ASSESSOR, *HOUSEHOLD_ROLES)


@pages.get("/assess/what-i-may")
@requires(*_DECIDERS)
def mine() -> ResponseReturnValue:
    """What one may decide on, in each authority, and what runs out soon."""
    me = viewer().person_id
    authorities = recorded_for(unit(), me) or sorted(viewer().authorities(*_DECIDERS))
    entries = competence_entries(unit(), me, authorities, today())
    found = []
    for authority in authorities:
        shown = []
        for framework in frameworks_for(unit(), authority).standards():
            rows = rows_of(framework, entries[authority], today())
            if any(row.holds or row.over or row.later for row in rows):
                shown.append((framework, rows))
        found.append(
            {
                "name": people.organisation(unit(), authority).called(language()),
                "frameworks": shown,
                "soon": [one for one in entries[authority] if one.soon],
                "trainings": training_entries(unit(), me, authority, today()),
                "marks": mark_entries(unit(), me, authority, today()),
                "policy": policy_of(unit(), authority),
            }
        )
    return render_template(
        "lms/assessment/competence/mine.html",
        found=found,
        bases=BASES,
        training_names=TRAININGS,
        mark_names=MARKS,
        assesses=viewer().has(Role.ASSESSOR),
        profile=profile_of(unit(), me),
        on=today(),
    )


@pages.route("/assess/<uuid:enrolment_id>/tie", methods=["GET", "POST"])
@requires(*_DECIDERS)
def tie(enrolment_id: UUID) -> ResponseReturnValue:
    """Asked once of whoever is about to decide: are you related, or do you share a home?"""
    enrolment, name, countersigns = _about_to_decide(enrolment_id)
    onward = own_path(request.args.get("next")) or url_for("lms.people.home")
    form = TieForm()
    form.ask(
        _("Are you related to %(name)s, or do you share a home?", name=name),
        _("No, nothing of this"),
    )
    if form.validate_on_submit():
        try:
            ties.declare(
                unit(),
                id=form.key(),
                person_id=viewer().person_id,
                learner_id=enrolment.learner_id,
                relation=form.chosen(),
                since=None if form.chosen() is Relation.NONE else form.since.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            if form.chosen() in TOO_CLOSE:
                if countersigns:  # what waited for them waits for somebody else from now on
                    flash(_("Thank you for saying so. Somebody else countersigns."), "lms_note")
                    return redirect(url_for(".waiting"))
                flash(
                    _("Thank you for saying so. You can write down what you see, as a witness. Somebody else decides."),
                    "lms_note",
                )
            else:
                flash(_("Thank you. You are not asked again."), "lms_done")
            return redirect(onward)
    said = tie_entries(unit(), enrolment.learner_id, today(), person_ids=[viewer().person_id])
    return render_template(
        "lms/assessment/competence/tie.html", form=form, name=name, said=said, relations=RELATIONS, onward=onward
    )


def _about_to_decide(enrolment_id: UUID) -> tuple[EnrolmentView, str, bool]:
    """The enrolment, the learner's name, and whether the viewer only countersigns. Raises NotFound for a stranger."""
    try:
        enrolment, _standing, name = door(enrolment_id, ANYBODY)
    except NotFound:
        enrolment = learning.enrolment(unit(), enrolment_id)
        own = enrolment.learner_id == viewer().person_id
        if own or not may_see_for_countersigning(unit(), viewer(), enrolment_id, today()):
            raise
        return enrolment, people.person(unit(), enrolment.learner_id).name, True
    return enrolment, name, False


@pages.route("/practice/ties", methods=["GET", "POST"])
@requires(Role.PA)
def own_ties() -> ResponseReturnValue:
    """A PA says whether they are close to somebody who may decide on their work."""
    me = viewer().person_id
    found = _those_who_look_at(me)
    form = PersonTieForm()
    form.offer([(str(person), name) for person, name in found.items()])
    form.ask(_("What are they to you?"), _("Nothing of this"))
    if form.validate_on_submit():
        try:
            ties.declare(
                unit(),
                id=form.key(),
                person_id=UUID(form.person.data),
                learner_id=me,
                relation=form.chosen(),
                since=None if form.chosen() is Relation.NONE else form.since.data,
                by=me,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Thank you for saying so. Your training coordinator can see it."), "lms_done")
            return redirect(url_for(".own_ties"))
    return render_template(
        "lms/assessment/competence/own_ties.html",
        form=form,
        found=found,
        said=tie_entries(unit(), me, today()),
        relations=RELATIONS,
        too_close=TOO_CLOSE,
    )


def _those_who_look_at(learner_id: UUID) -> dict[UUID, str]:
    """A learner's assessors, employers and who acts for them, by name."""
    enrolments = [one.id for one in learning.enrolments_of(unit(), learner_id)]
    found = {one.assessor_id: one.assessor_name for one in allocated.assessors_of(unit(), enrolments, today())}
    found |= {one.id: one.name for one in household_members(unit(), learner_id, today())}
    return dict(sorted(found.items(), key=lambda each: (each[1], each[0])))


@pages.route("/people/<uuid:person_id>/ties", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def ties_of_learner(person_id: UUID) -> ResponseReturnValue:
    """A coordinator sees, adds and ends what is said about ties between a PA and those who may decide."""
    ours = viewer().authorities(Role.COORDINATOR)
    if not people.holds(unit(), person_id, Role.PA, ours, today()):
        raise NotFound("learner")
    name = people.person(unit(), person_id).name
    found = _those_who_look_at(person_id)
    for authority in ours:
        found |= {one.id: one.name for one in assessors_for(unit(), authority, today()) if one.id != person_id}
    form = PersonTieForm()
    form.offer([(str(person), called) for person, called in sorted(found.items(), key=lambda each: each[1])])
    form.ask(_("What are they to %(name)s?", name=name), _("Nothing of this"))
    if form.validate_on_submit():
        try:
            ties.declare(
                unit(),
                id=form.key(),
                person_id=UUID(form.person.data),
                learner_id=person_id,
                relation=form.chosen(),
                since=None if form.chosen() is Relation.NONE else form.since.data,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("It is on record."), "lms_done")
            return redirect(url_for(".ties_of_learner", person_id=person_id))
    return render_template(
        "lms/assessment/competence/ties_of_learner.html",
        form=form,
        name=name,
        person_id=person_id,
        said=tie_entries(unit(), person_id, today()),
        relations=RELATIONS,
        too_close=TOO_CLOSE,
    )


@pages.route("/people/<uuid:person_id>/ties/<uuid:relation_id>/end", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def end_tie(person_id: UUID, relation_id: UUID) -> ResponseReturnValue:
    """A tie is over: from the day after, it keeps nobody from deciding. It stays on record."""
    said = next((one for one in tie_entries(unit(), person_id, today()) if one.id == relation_id), None)
    ours = viewer().authorities(Role.COORDINATOR)
    if said is None or not people.holds(unit(), person_id, Role.PA, ours, today()):
        raise NotFound("relation")
    someone, back = people.person(unit(), said.person_id), url_for(".ties_of_learner", person_id=person_id)
    form = EndForm(last_day=today())
    if form.validate_on_submit() and form.last_day.data:
        try:
            ties.end(
                unit(),
                relation_id=relation_id,
                last_day=form.last_day.data,
                reason=form.reason.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Ended. It stays on record."), "lms_done")
            return redirect(back)
    what = _(RELATIONS[said.relation])
    return render_template("lms/assessment/competence/end.html", form=form, someone=someone, what=what, back=back)
