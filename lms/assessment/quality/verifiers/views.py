"""The pages of verifiers: who may read what, given and ended by the authority; and what a verifier reads."""

from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.deciding import pagewords
from lms.assessment.deciding.shown import practice_of
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.quality import access
from lms.assessment.quality.doors import pages
from lms.assessment.quality.forms import AccessForm
from lms.assessment.quality.looking import note_look
from lms.assessment.quality.meetings.queries import units
from lms.assessment.quality.samples.views import reading
from lms.assessment.quality.verifiers import queries, services
from lms.assessment.quality.verifiers.rules import Access
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]

_STAFF = (Role.QUALITY_ASSURER, Role.COORDINATOR)


@pages.get("/quality/verifiers")
@requires(*_STAFF)
def verifiers() -> ResponseReturnValue:
    """Who from outside may read what, until when, and what they looked at."""
    authority, number = authority_for(*_STAFF), page_number()
    looks, total = queries.looks_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/assessment/quality/verifiers.html",
        authority=authority,
        accesses=queries.accesses_in(unit(), authority, today()),
        page=Page(looks, number, total),
        pagination=pagination,
        there=people.count_people_in(unit(), authority, Role.VERIFIER, today()),
        may_plan=viewer().has(Role.QUALITY_ASSURER),
    )


@pages.route("/quality/verifiers/new", methods=["GET", "POST"])
@requires(*_STAFF)
def give_access() -> ResponseReturnValue:
    """Let a verifier read one learner's record, or one standard, for a period."""
    authority = authority_for(*_STAFF)
    search = request.args.get("name", "").strip()[:100]
    form = AccessForm(data={"since": today(), "until": today() + timedelta(days=14)})
    form.prepare(
        people.people_in(unit(), authority, Role.VERIFIER, today(), limit=100),
        _called(queries.enrolment_choices(unit(), authority, search, today()), authority),
        units(unit()),
    )
    if form.validate_on_submit():
        try:
            _give(form, authority)
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Opened. The verifier is told; each look is written down."), "lms_done")
            return redirect(url_for(".verifiers", authority=authority))
    return render_template("lms/assessment/quality/give_access.html", form=form, authority=authority, search=search)


def _called(choices: list[tuple[UUID, str, str]], authority: UUID) -> list[tuple[UUID, str, str]]:
    """The choices with the title of each framework in place of its code."""
    known = {each.code: each.title.text(language()) for each in frameworks_for(unit(), authority).by_edition.values()}
    return [(enrolment, name, known.get(framework, framework)) for enrolment, name, framework in choices]


def _give(form: AccessForm, authority: UUID) -> None:
    assert form.since.data is not None  # the form asked for both
    assert form.until.data is not None
    framework, _colon, code = (form.unit.data or "").partition(":")
    of_learner = form.what.data == "learner"
    services.give(
        unit(),
        id=form.key(),
        authority_id=authority,
        verifier_id=UUID(form.verifier.data),
        access=Access(
            enrolment_id=UUID(form.enrolment.data) if of_learner and form.enrolment.data else None,
            unit=None if of_learner else code or None,
            work_from=None if of_learner else form.work_from.data,
            work_until=None if of_learner else form.work_until.data,
            since=form.since.data,
            until=form.until.data,
        ),
        framework=None if of_learner else framework,
        by=viewer().person_id,
        now=now(),
    )


@pages.post("/quality/verifiers/<uuid:access_id>/end")
@requires(*_STAFF)
def end_access(access_id: UUID) -> ResponseReturnValue:
    """End an access at once."""
    services.end(unit(), access_id=access_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Ended. They cannot read it any more."), "lms_done")
    return redirect(url_for(".verifiers"))


@pages.get("/verify-records")
@requires(Role.VERIFIER)
def to_verify() -> ResponseReturnValue:
    """What a verifier may read today."""
    number = page_number()
    found, total = queries.readable_by(unit(), viewer(), today(), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/assessment/quality/to_verify.html",
        page=Page(found, number, total),
        pagination=pagination,
        until=queries.until_of(unit(), viewer(), today()),
        unit_tags=pagewords.words()["unit_tags"],
    )


@pages.get("/verify-records/<uuid:enrolment_id>/<unit_code>")
@requires(Role.VERIFIER)
def verify_record(enrolment_id: UUID, unit_code: str) -> ResponseReturnValue:
    """A learner's unit with every decision, evidence, file and sign-off, to be read; that it was opened is logged."""
    enrolment = learning.enrolment(unit(), enrolment_id)
    opened = access.may_read(
        unit(),
        viewer(),
        enrolment_id=enrolment_id,
        authority_id=enrolment.authority_id,
        units=[unit_code],
        on=today(),
    )
    if not opened:
        raise NotFound("record")
    practice = practice_of(unit(), enrolment, only=[unit_code])
    shown = reading(practice, unit_code)
    note_look(viewer(), enrolment_id=enrolment_id, unit=unit_code)
    return render_template(
        "lms/assessment/quality/verify_record.html",
        name=people.person(unit(), enrolment.learner_id).name,
        **shown,
        **pagewords.words(),
    )
