"""The pages of an individual employer, and of somebody acting for one: say what you saw your PA do, in one step."""

from uuid import UUID, uuid5

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import places, queries, services, worklists
from lms.assessment.competence.asking_ties import question_first
from lms.assessment.competence.labels import WHY
from lms.assessment.content import Criterion, Line, Placed
from lms.assessment.deciding import pagewords
from lms.assessment.doors import door
from lms.assessment.evidence import at_home
from lms.assessment.forms import LABELS, HouseholdForm
from lms.assessment.queries import UnitRecord
from lms.assessment.rules import HOUSEHOLD, Standing, may_be_signed_off
from lms.assessment.sharing import queries as sharing
from lms.assessment.signing.pagewords import withdrawal_of
from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("household", __name__)


@pages.get("/my-pas")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def my_pas() -> ResponseReturnValue:
    """The PAs of the household, and what waits to be seen of each."""
    found = worklists.work_of_employer(unit(), viewer(), today())
    shared = people.persons(unit(), sharing.shared_with_households(unit(), viewer(), today()))
    return render_template(
        "lms/assessment/my_pas.html",
        found=found,
        labels=LABELS,
        letting=sorted(shared.values(), key=lambda each: (each.name, each.id)),
        showing=at_home.showing_standards(unit(), viewer(), today()),
        pas=people.pas_of(unit(), viewer().organisations(Role.EMPLOYER, Role.REPRESENTATIVE), today()),
    )


@pages.get("/my-pas/<uuid:enrolment_id>")
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def standards(enrolment_id: UUID) -> ResponseReturnValue:
    """What the standards ask a PA to do at work, to choose what was seen; where the PA stands is theirs to share."""
    enrolment, standing, name = door(enrolment_id, HOUSEHOLD)
    asked = question_first(enrolment)
    if asked is not None:
        return asked
    units = [placed for placed in places.units_of(unit(), enrolment) if placed.framework.is_standards]
    if not units:
        raise NotFound("standards")
    may = at_home.may_decide(unit(), enrolment, standing, units=units, by=viewer().person_id, on=today())
    return render_template(
        "lms/assessment/evidence/at_home.html",
        enrolment=enrolment,
        name=name,
        units=[placed for placed in units if placed.unit.practice],
        may=may,
        decides=[placed for placed in units if may[placed.unit.code].yes],
        why=WHY,
        seen=at_home.told_by(unit(), enrolment, standing),
        **pagewords.words(),
    )


@pages.route("/my-pas/<uuid:enrolment_id>/<criterion>", methods=["GET", "POST"])
@requires(Role.EMPLOYER, Role.REPRESENTATIVE)
def seen(enrolment_id: UUID, criterion: str) -> ResponseReturnValue:
    """The one page: which day, what was seen, yes or not yet, and the sign-off."""
    enrolment, standing, name = door(enrolment_id, HOUSEHOLD)
    placed, line = places.lines_of(unit(), enrolment, [criterion])[criterion]
    if placed.framework.is_standards:
        return question_first(enrolment) or _of_standard(enrolment, standing, name, placed, line)
    record = queries.unit_record_with(unit(), enrolment, criterion)
    asked = record.placed.criterion(criterion)
    if asked is None:
        raise NotFound("criterion")
    form = HouseholdForm()
    form.since(london_day(enrolment.enrolled_at), today())
    form.for_learner(name, _statement(record, asked, standing))
    if form.validate_on_submit():
        try:
            _save(form, record, asked, standing)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_said(form, name), "lms_done")
            return redirect(url_for(".my_pas"))
    return render_template(
        "lms/assessment/seen.html",
        form=form,
        record=record,
        criterion=asked,
        name=name,
        labels=LABELS,
        seen=record.seen_by_household(standing),
        can_sign=may_be_signed_off(record.state) and record.seen_done_by(viewer().person_id),
        named=record.names_signer_to(standing),
        **withdrawal_of(record.sign_off),
    )


def _of_standard(
    enrolment: EnrolmentView, standing: Standing, name: str, placed: Placed, line: Line
) -> ResponseReturnValue:
    """The same page for a point of a standard: it decides where the household may, and else keeps what was seen."""
    answers = at_home.may_decide(unit(), enrolment, standing, units=[placed], by=viewer().person_id, on=today())
    may = answers[placed.unit.code]
    form = HouseholdForm()
    form.since(london_day(enrolment.enrolled_at), today())
    form.for_learner(name, None)
    if not may.yes:
        form.only_tells()
    if form.validate_on_submit():
        try:
            at_home.save(
                unit(),
                form,
                enrolment,
                standing=standing,
                line=line,
                by=viewer().person_id,
                now=now(),
                language=language(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Thank you. What you saw is saved, and %(name)s can read it.", name=name), "lms_done")
            return redirect(url_for(".standards", enrolment_id=enrolment.id))
    return render_template(
        "lms/assessment/evidence/seen_standard.html",
        form=form,
        enrolment=enrolment,
        name=name,
        placed=placed,
        line=line,
        decides=may.yes,
        why=WHY[may.why] if may.why is not None else "",
        **pagewords.words(),
    )


def _statement(record: UnitRecord, asked: Criterion, standing: Standing) -> str | None:
    """What to confirm, when this criterion is all that is missing; None while another one is missing as well."""
    others = [lacking for lacking in record.missing if lacking.criterion != asked.code]
    return None if others else record.placed.framework.statements.for_(standing.capacity).text(language())


def _save(form: HouseholdForm, record: UnitRecord, asked: Criterion, standing: Standing) -> None:
    """Observation, judgement and sign-off through the same services as an assessor's, in one transaction."""
    services.record_observation_and_judge(
        unit(),
        id=form.key(),
        enrolment_id=record.enrolment.id,
        criterion=asked.code,
        seen=form.seen(),
        by=viewer().person_id,
        now=now(),
        among={standing.capacity},
        language=language(),
    )
    if form.signs_off():
        services.sign_off(
            unit(),
            id=uuid5(form.key(), "sign-off"),  # follows from the form's number, so that a double tap signs once
            enrolment_id=record.enrolment.id,
            unit=record.placed.unit.code,
            by=viewer().person_id,
            now=now(),
            among={standing.capacity},
            language=language(),
        )


def _said(form: HouseholdForm, name: str) -> str:
    if form.signs_off():
        return _("Thank you. You have signed this off, and it counts for %(name)s from now on.", name=name)
    return _("Thank you. What you saw is saved, and %(name)s can read it.", name=name)
