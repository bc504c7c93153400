"""The pages of a sample: read it, take it, say what one found; what was sent back; and what else was done."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.content import Frameworks
from lms.assessment.deciding import pagewords
from lms.assessment.deciding.latest import Latest
from lms.assessment.deciding.shown import Practice, practice_of
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.media.queries import files_of
from lms.assessment.quality.doors import pages
from lms.assessment.quality.forms import ActivityForm, SayForm, say_form
from lms.assessment.quality.labels import ACTIVITY_NAMES
from lms.assessment.quality.meetings.queries import could_come
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.planning.views import shared_words
from lms.assessment.quality.rules import period_of
from lms.assessment.quality.samples import queries, services
from lms.assessment.quality.samples.queries import SampleView
from lms.assessment.quality.samples.rules import State
from lms.assessment.quality.samples.services import Activity
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]


def _sample(sample_id: UUID) -> SampleView:
    return queries.sample(unit(), sample_id, viewer().authorities(Role.QUALITY_ASSURER))


@pages.route("/quality/samples/<uuid:sample_id>", methods=["GET", "POST"])
@requires(Role.QUALITY_ASSURER)
def sample(sample_id: UUID) -> ResponseReturnValue:
    """A piece of work with every decision and its evidence; whoever has taken it says what they found."""
    found = _sample(sample_id)
    asked = queries.to_look_at(unit(), found)
    mine = found.taken_by == viewer().person_id and found.state in (State.TAKEN, State.ANSWERED)
    days = policy_of(unit(), found.authority_id).answer_days
    form = say_form(_points(found, asked), today() + timedelta(days=days)) if mine else None
    if form is not None and form.validate_on_submit():
        try:
            state = services.say(
                unit(),
                sample_id=sample_id,
                found=form.found(each.id for each in asked),
                due_on=form.due_on.data,
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_said(found, state), "lms_done")
            return redirect(url_for(".plan", authority=found.authority_id, period=found.period))
    return _page(found, form, [each.id for each in asked])


def _points(found: SampleView, asked: Sequence[Latest]) -> dict[UUID, str]:
    """The decisions to say something about, each with the code of its point."""
    lines = {each.id: found.placed.line(each.line) if found.placed else None for each in asked}
    return {each.id: code_of(line) if (line := lines[each.id]) else each.line for each in asked}


def _said(found: SampleView, state: State) -> str:
    if state is State.ACCEPTED:
        return _("Accepted. Thank you.")
    return _("Sent back. %(name)s is told, and hears from you what to do.", name=found.assessor_name)


def _page(found: SampleView, form: SayForm | None, asked: Sequence[UUID]) -> ResponseReturnValue:
    practice = practice_of(unit(), learning.enrolment(unit(), found.enrolment_id), only=[found.unit])
    return render_template(
        "lms/assessment/quality/sample.html",
        sample=found,
        form=form,
        asked=asked,
        why_not=None if form else queries.cannot_look(unit(), found, viewer().person_id, now()),
        steps=queries.steps_of(unit(), found.id),
        **reading(practice, found.unit),
        **shared_words(),
        **pagewords.words(),
    )


def reading(practice: Practice, unit_code: str) -> dict[str, Any]:
    """What a template needs to show a unit with every decision, its evidence and files."""
    stand = practice.unit(unit_code)
    pieces = practice.pieces_of(stand)
    return {"practice": practice, "stand": stand, "files": files_of(unit(), [each.id for each in pieces])}


@pages.post("/quality/samples/<uuid:sample_id>/take")
@requires(Role.QUALITY_ASSURER)
def take(sample_id: UUID) -> ResponseReturnValue:
    """Look at a sample from now on."""
    found = _sample(sample_id)
    try:
        services.take(unit(), sample_id=sample_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".sample", sample_id=found.id))


@pages.post("/quality/samples/<uuid:sample_id>/give-back")
@requires(Role.QUALITY_ASSURER)
def give_back(sample_id: UUID) -> ResponseReturnValue:
    """Leave a sample to somebody else."""
    found = _sample(sample_id)
    try:
        services.give_back(unit(), sample_id=sample_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".sample", sample_id=found.id))
    unit().commit()
    flash(_("It is free for somebody else now."), "lms_done")
    return redirect(url_for(".plan", authority=found.authority_id, period=found.period))


@pages.get("/sent-back")
@requires(Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE)
def sent_back() -> ResponseReturnValue:
    """What a quality assurer sent back to somebody: what to do, by when, and where to decide again."""
    found = queries.sent_back_to(unit(), viewer().person_id)
    frameworks = shelf(unit(), Frameworks)
    placed = {each.decision_id: frameworks.placed(each.framework, each.edition, each.unit) for each in found}
    return render_template(
        "lms/assessment/quality/sent_back.html",
        items=found,
        placed=placed,
        today=today(),
        assesses=viewer().has(Role.ASSESSOR),
        **pagewords.words(),
    )


@pages.route("/quality/activities", methods=["GET", "POST"])
@requires(Role.QUALITY_ASSURER)
def activities() -> ResponseReturnValue:
    """Write down that one watched an assessor or talked with somebody; and what was written in this quarter."""
    authority = authority_for(Role.QUALITY_ASSURER)
    form = ActivityForm()
    form.prepare(_could_be_about(authority))
    if form.validate_on_submit():
        assert form.on.data is not None  # the form asked for it
        try:
            services.record_activity(
                unit(),
                id=form.key(),
                authority_id=authority,
                kind=Activity(form.kind.data),
                about_id=UUID(form.about.data),
                on=form.on.data,
                said=form.said.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Written down."), "lms_done")
            return redirect(url_for(".activities", authority=authority))
    return render_template(
        "lms/assessment/quality/activities.html",
        form=form,
        authority=authority,
        done=queries.activities_of(unit(), authority, period_of(today())),
        activity_words=ACTIVITY_NAMES,
        period=period_of(today()),
    )


def _could_be_about(authority: UUID) -> list[people.PersonView]:
    """Everybody who assesses in an authority, and those whose work was decided in this quarter, by name."""
    learners = people.persons(unit(), queries.learners_in(unit(), authority, period_of(today())))
    found = {each.id: each for each in (*could_come(unit(), authority, today()), *learners.values())}
    found.pop(viewer().person_id, None)
    return sorted(found.values(), key=lambda each: (each.name, each.id))
