"""The assessor's pages, sign-off, and a PA's own page about practice. The household's page is in `household`."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import allocated, queries, services, worklists
from lms.assessment.doors import door
from lms.assessment.forms import LABELS, ObserveForm, SignOffForm
from lms.assessment.rules import ANYBODY, HOUSEHOLD, Capacity, may_be_signed_off
from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("assessment", __name__)

_ASSESSOR = frozenset({Capacity.ASSESSOR})


@pages.get("/assess")
@requires(Role.ASSESSOR)
def people_i_assess() -> ResponseReturnValue:
    """The learners allocated to the assessor, those who wait first."""
    number = page_number()
    found, total = worklists.work_of_assessor(
        unit(), viewer(), today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/assessment/people_i_assess.html",
        page=Page(found, number, total),
        pagination=pagination,
        labels=LABELS,
    )


@pages.get("/assess/<uuid:enrolment_id>/<unit_code>")
@requires(Role.ASSESSOR)
def unit_page(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """A learner's unit: what is looked at, what was seen and judged, and the next step."""
    enrolment, _standing, name = door(enrolment_id, _ASSESSOR)
    record = queries.unit_record(unit(), enrolment, unit_code)
    return render_template("lms/assessment/unit.html", record=record, name=name, labels=LABELS)


@pages.route("/assess/<uuid:enrolment_id>/<unit_code>/<criterion>", methods=["GET", "POST"])
@requires(Role.ASSESSOR)
def observe(enrolment_id: UUID, unit_code: str, criterion: str) -> ResponseReturnValue:
    """Record what was seen, and judge it."""
    enrolment, _standing, name = door(enrolment_id, _ASSESSOR)
    record = queries.unit_record(unit(), enrolment, unit_code)
    asked = record.placed.criterion(criterion)
    if asked is None:
        raise NotFound("criterion")
    form = ObserveForm()
    form.since(london_day(enrolment.enrolled_at), today())
    form.for_learner(name)
    if form.validate_on_submit():
        try:
            services.record_observation_and_judge(
                unit(),
                id=form.key(),
                enrolment_id=enrolment_id,
                criterion=criterion,
                seen=form.seen(),
                by=viewer().person_id,
                now=now(),
                among=_ASSESSOR,
                language=language(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("What you saw is saved."), "lms_done")
            return redirect(url_for(".unit_page", enrolment_id=enrolment_id, unit_code=unit_code))
    return render_template(
        "lms/assessment/observe.html", form=form, record=record, criterion=asked, name=name, labels=LABELS
    )


@pages.route("/sign-off/<uuid:enrolment_id>/<unit_code>", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE)
def sign_off(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """Confirm the statement and sign a unit off, as an assessor or as a household."""
    enrolment, standing, name = door(enrolment_id, ANYBODY)
    record = queries.unit_record(unit(), enrolment, unit_code)
    form = SignOffForm()
    form.agreed.label.text = record.placed.framework.statements.for_(standing.capacity).text(language())
    if form.validate_on_submit():
        try:
            services.sign_off(
                unit(),
                id=form.key(),
                enrolment_id=enrolment_id,
                unit=unit_code,
                by=viewer().person_id,
                now=now(),
                among={standing.capacity},
                language=language(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("You have signed this off. It counts for %(name)s from now on.", name=name), "lms_done")
            return redirect(_back(enrolment_id, unit_code, standing.capacity))
    home = standing.capacity in HOUSEHOLD
    return render_template(
        "lms/assessment/sign_off.html",
        form=form,
        record=record,
        name=name,
        labels=LABELS,
        back=_back(enrolment_id, unit_code, standing.capacity),
        seen=record.seen_by_household(standing) if home else record.seen,
        can_sign=may_be_signed_off(record.state),
        named=record.names_signer_to(standing),
    )


def _back(enrolment_id: UUID, unit_code: str, capacity: Capacity) -> str:
    if capacity in HOUSEHOLD:
        return url_for("lms.household.my_pas")
    return url_for(".unit_page", enrolment_id=enrolment_id, unit_code=unit_code)


@pages.get("/practice")
@requires(Role.PA)
def practice() -> ResponseReturnValue:
    """A PA's own page: what is looked at, who can look, what was said and where it stands."""
    own = viewer().person_id
    records = queries.practice_of_learner(unit(), own)
    enrolments = list(dict.fromkeys(record.enrolment.id for record in records))
    return render_template(
        "lms/assessment/practice.html",
        records=records,
        assessors=allocated.assessors_of(unit(), enrolments, today()),
        employers=people.employers_of(unit(), own, today()),
        labels=LABELS,
    )
