"""The assessor's pages of sitting together, on a site of its own: a host's site knows secrets that we do not."""

from uuid import UUID

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import places
from lms.assessment.doors import door
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.rules import Capacity
from lms.assessment.together import phone, queries, services
from lms.assessment.together.forms import KINDS, PartForm, SecretForm
from lms.assessment.together.queries import SittingView
from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people import second_factor, sessions
from lms.people.guards import requires, viewer
from lms.people.login import sign_out_browser
from lms.people.own_secret import look
from lms.people.rules import Role

pages = room("together", __name__)
phone.add_to(pages)


@pages.get("/together")
@requires(Role.ASSESSOR)
def sittings() -> ResponseReturnValue:
    """What one has begun and not finished."""
    found = queries.open_of(unit(), viewer().person_id)
    names = people.persons(unit(), {each.learner_id for each in found})
    return render_template("lms/assessment/together/sittings.html", found=found, names=names, kinds=KINDS)


@pages.route("/together/start/<uuid:enrolment_id>/<unit_code>", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def start(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """Write one's part."""
    enrolment, _standing, name = door(enrolment_id, {Capacity.ASSESSOR}, unit_code=unit_code)
    placed = places.unit_of(unit(), enrolment, unit_code)
    form = PartForm()
    form.about(
        [(line.key, f"{code_of(line)}: {line.text.text(language())}") for line in placed.unit.lines],
        enrolled_on=london_day(enrolment.enrolled_at),
        today=today(),
    )
    form.begin()
    if form.validate_on_submit():
        try:
            found = services.start(
                unit(),
                id=form.key(),
                enrolment_id=enrolment_id,
                unit=unit_code,
                part=form.part(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".sitting", together_id=found))
    return render_template("lms/assessment/together/part.html", form=form, placed=placed, name=name, found=None)


@pages.get("/together/<uuid:together_id>")
@requires(Role.ASSESSOR)
def sitting(together_id: UUID) -> ResponseReturnValue:
    """One sitting: what stands there, whose turn it is, and what can be done next."""
    found = queries.own(unit(), together_id, viewer().person_id)
    return _shown(found, "sitting.html")


def _shown(found: SittingView, template: str, **values: object) -> str:
    enrolment = learning.enrolment(unit(), found.enrolment_id)
    placed = places.unit_of(unit(), enrolment, found.unit)
    return render_template(
        f"lms/assessment/together/{template}",
        found=found,
        placed=placed,
        lines=[placed.framework.line(key) for key in found.lines],
        name=people.person(unit(), found.learner_id).name,
        kinds=KINDS,
        **values,
    )


@pages.route("/together/<uuid:together_id>/change", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def change(together_id: UUID) -> ResponseReturnValue:
    """Write one's part anew."""
    found = queries.own(unit(), together_id, viewer().person_id)
    enrolment = learning.enrolment(unit(), found.enrolment_id)
    placed = places.unit_of(unit(), enrolment, found.unit)
    form = PartForm()
    form.about(
        [(line.key, f"{code_of(line)}: {line.text.text(language())}") for line in placed.unit.lines],
        enrolled_on=london_day(enrolment.enrolled_at),
        today=today(),
    )
    if not form.is_submitted():
        form.fill(found)
    if form.validate_on_submit():
        try:
            services.change(unit(), together_id=together_id, part=form.part(), by=viewer().person_id, now=now())
        except Refused as refusal:
            unit().rollback()
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".sitting", together_id=together_id))
    name = people.person(unit(), found.learner_id).name
    return render_template("lms/assessment/together/part.html", form=form, placed=placed, name=name, found=found)


@pages.post("/together/<uuid:together_id>/hand-over")
@requires(Role.ASSESSOR)
def hand_over(together_id: UUID) -> ResponseReturnValue:
    """Hand the phone over: this browser is signed out, and shows the learner's part alone."""
    found = queries.own(unit(), together_id, viewer().person_id)
    try:
        key = services.hand_over(unit(), together_id=together_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".sitting", together_id=together_id))
    tongue = people.person(unit(), found.learner_id).language
    sessions.sign_out(unit(), viewer=viewer(), now=now())
    unit().commit()
    sign_out_browser()
    phone.hold(session, key, tongue)
    return redirect(url_for(".their_part"))


@pages.post("/together/<uuid:together_id>/take-up")
@requires(Role.ASSESSOR)
def take_up(together_id: UUID) -> ResponseReturnValue:
    """Take a sitting back that was left on another phone."""
    try:
        services.take_up(unit(), together_id=together_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".sitting", together_id=together_id))


@pages.post("/together/<uuid:together_id>/drop")
@requires(Role.ASSESSOR)
def drop(together_id: UUID) -> ResponseReturnValue:
    """Give a sitting up."""
    try:
        services.drop(unit(), together_id=together_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".sitting", together_id=together_id))
    unit().commit()
    flash(_("Dropped. Nothing of it is evidence."), "lms_done")
    return redirect(url_for(".sittings"))


@pages.route("/together/<uuid:together_id>/record", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def record(together_id: UUID) -> ResponseReturnValue:
    """Confirm it oneself, when the learner has, and one signed in again somewhere else."""
    mine = viewer()
    found = queries.own(unit(), together_id, mine.person_id)
    form = SecretForm()
    form.of(mine.name, with_code=second_factor.owed(unit(), mine.person_id))
    if form.validate_on_submit():
        code = form.code.data if "code" in form else None
        looked = look(mine.person_id, form.password.data or "", code)
        if not looked.right:
            form.refuse(looked.problem)
        else:
            return phone.recorded(together_id, mine.person_id)
    return _shown(found, "record.html", form=form)
