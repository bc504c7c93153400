"""Pages of sign-offs for one person: the PA's own, those of a household or coordinator, and writing one down."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.personal import queries, services
from lms.assessment.personal.forms import LookForm, SignedForForm, StopForm
from lms.assessment.personal.labels import LABELS
from lms.assessment.personal.queries import PersonalView
from lms.assessment.personal.rules import Looked, RecordedAs, State
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("personal", __name__)

_SEEING = (Role.PA, Role.EMPLOYER, Role.REPRESENTATIVE, Role.COORDINATOR)


@pages.get("/for-one-person")
@requires(Role.PA)
def mine() -> ResponseReturnValue:
    """What a PA was signed off for, person by person."""
    found = queries.own(unit(), viewer(), today())
    return render_template("lms/assessment/personal/mine.html", found=found, labels=LABELS)


@pages.get("/people/<uuid:pa_id>/for-one-person")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE, Role.COORDINATOR)
def of_pa(pa_id: UUID) -> ResponseReturnValue:
    """What a PA was signed off for in one's own household, or behind one's wall."""
    found = queries.of_learner(unit(), viewer(), pa_id, today())
    return render_template(
        "lms/assessment/personal/of_pa.html",
        found=found,
        name=people.person(unit(), pa_id).name,
        pa_id=pa_id,
        labels=LABELS,
        may_write=_may_write(pa_id),
        back=_back_from_list(pa_id),
    )


def _may_write(pa_id: UUID) -> bool:
    try:
        return bool(queries.tie(unit(), viewer(), pa_id, today()).homes)
    except NotFound:
        return False


def _back_from_list(pa_id: UUID) -> tuple[str, str]:
    if viewer().has(Role.EMPLOYER, Role.REPRESENTATIVE):
        return _("Your PAs"), url_for("lms.household.my_pas")
    return people.person(unit(), pa_id).name, url_for("lms.desk.person_page", person_id=pa_id)


@pages.route("/people/<uuid:pa_id>/for-one-person/new", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE, Role.ASSESSOR, Role.COORDINATOR)
def write(pa_id: UUID) -> ResponseReturnValue:
    """Write down what a competent person signed a PA off for."""
    tie = queries.tie(unit(), viewer(), pa_id, today())
    name = people.person(unit(), pa_id).name
    sees = tie.recorded_as is not RecordedAs.ASSESSOR
    back = url_for(".of_pa", pa_id=pa_id) if sees else url_for("lms.assessment.people_i_assess")
    form = SignedForForm()
    form.for_homes(tie.homes, today())
    if tie.homes and form.validate_on_submit():
        try:
            services.record(
                unit(),
                id=form.key(),
                learner_id=pa_id,
                signed=form.signed_for(),
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. %(name)s can see it, and so can their employer there.", name=name), "lms_done")
            return redirect(back)
    return render_template(
        "lms/assessment/personal/write.html", form=form, name=name, homes=tie.homes, back=back, sees=sees
    )


@pages.get("/for-one-person/<uuid:personal_id>")
@requires(*_SEEING)
def page(personal_id: UUID) -> ResponseReturnValue:
    """One sign-off with all it says."""
    found = _one(personal_id)
    return render_template(
        "lms/assessment/personal/page.html",
        one=found,
        labels=LABELS,
        own=found.learner_id == viewer().person_id,
        back=_back(found),
        ended=found.state is State.ENDED,
    )


@pages.route("/for-one-person/<uuid:personal_id>/look", methods=["GET", "POST"])
@requires(*_SEEING)
def look(personal_id: UUID) -> ResponseReturnValue:
    """Say that the plan changed, or that somebody competent looked again."""
    found = _one(personal_id)
    form = LookForm()
    if found.learner_id == viewer().person_id:
        form.for_pa()
    if form.validate_on_submit():
        try:
            services.look_again(
                unit(),
                id=form.key(),
                personal_id=personal_id,
                looked=Looked(form.looked.data),
                looked_by=form.looked_by.data or "" if "looked_by" in form else "",
                word=form.word.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_said(Looked(form.looked.data)), "lms_done")
            return redirect(url_for(".page", personal_id=personal_id))
    return render_template("lms/assessment/personal/look.html", form=form, one=found, labels=LABELS)


def _said(looked: Looked) -> str:
    if looked is Looked.PAUSED:
        return _("Saved. Nobody relies on this until somebody competent has looked at it.")
    return _("Saved. It counts on.")


@pages.route("/for-one-person/<uuid:personal_id>/stop", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE, Role.COORDINATOR)
def stop(personal_id: UUID) -> ResponseReturnValue:
    """End it today."""
    found = _one(personal_id)
    if found.learner_id == viewer().person_id:
        raise NotFound("sign-off")
    form = StopForm()
    if form.validate_on_submit():
        try:
            services.stop(unit(), personal_id=personal_id, word=form.word.data or "", by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Stopped. Today is its last day."), "lms_done")
            return redirect(url_for(".page", personal_id=personal_id))
    return render_template("lms/assessment/personal/stop.html", form=form, one=found, labels=LABELS)


def _one(personal_id: UUID) -> PersonalView:
    return queries.one(unit(), viewer(), personal_id, today())


def _back(found: PersonalView) -> tuple[str, str]:
    if found.learner_id == viewer().person_id:
        return _("For one person"), url_for(".mine")
    return found.learner_name, url_for(".of_pa", pa_id=found.learner_id)
