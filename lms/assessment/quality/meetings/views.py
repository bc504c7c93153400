"""The pages of standardisation meetings: called and written up by the authority, read by those who were asked."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from lms.assessment.quality.doors import pages
from lms.assessment.quality.forms import AgreedForm, AttendanceForm, MeetingForm, unit_words
from lms.assessment.quality.meetings import queries, services
from lms.assessment.quality.meetings.queries import MeetingView
from lms.assessment.quality.meetings.services import Called
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

__all__ = ["pages"]

_STAFF = (Role.QUALITY_ASSURER, Role.COORDINATOR)


@pages.get("/quality/meetings")
@requires(*_STAFF)
def meetings() -> ResponseReturnValue:
    """An authority's standardisation meetings."""
    authority, number = authority_for(*_STAFF), page_number()
    found, total = queries.meetings_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/assessment/quality/meetings.html",
        authority=authority,
        page=Page(found, number, total),
        pagination=pagination,
        today=today(),
        may_plan=viewer().has(Role.QUALITY_ASSURER),
    )


@pages.route("/quality/meetings/new", methods=["GET", "POST"])
@requires(*_STAFF)
def call_meeting() -> ResponseReturnValue:
    """Call a meeting."""
    authority = authority_for(*_STAFF)
    form = MeetingForm()
    form.prepare(queries.units(unit()), queries.could_come(unit(), authority, today()))
    if form.validate_on_submit():
        assert form.on.data is not None  # the form asked for it
        called = Called(
            on=form.on.data,
            at_time=form.at_time.data or "",
            place=form.place.data or "",
            link=form.link.data or "",
            units=form.units.data or (),
            asked=[UUID(each) for each in form.asked.data or ()],
        )
        try:
            services.call(
                unit(), id=form.key(), authority_id=authority, called=called, by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The meeting is called, and everybody who is asked is told."), "lms_done")
            return redirect(url_for(".meetings", authority=authority))
    return render_template("lms/assessment/quality/call_meeting.html", form=form, authority=authority)


def _own_meeting(meeting_id: UUID) -> MeetingView:
    """A meeting of an authority the viewer looks after. Raises NotFound."""
    for authority in sorted(viewer().authorities(*_STAFF)):
        try:
            return queries.meeting(unit(), meeting_id, authority)
        except NotFound:
            continue
    raise NotFound("meeting")


@pages.get("/quality/meetings/<uuid:meeting_id>")
@requires(*_STAFF)
def meeting(meeting_id: UUID) -> ResponseReturnValue:
    """One meeting: who was asked, who was there, and what was agreed."""
    found = _own_meeting(meeting_id)
    return _meeting_page(found, _attendance(found), AgreedForm(data={"text": found.agreed or ""}))


@pages.post("/quality/meetings/<uuid:meeting_id>/attendance")
@requires(*_STAFF)
def note_attendance(meeting_id: UUID) -> ResponseReturnValue:
    """Write down who was there."""
    found = _own_meeting(meeting_id)
    form = _attendance(found)
    if form.validate_on_submit():
        try:
            services.note_attendance(
                unit(),
                meeting_id=meeting_id,
                authority_id=found.authority_id,
                came=[UUID(each) for each in form.came.data or ()],
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Written down. Being there counts towards what they may assess."), "lms_done")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return _meeting_page(found, form, AgreedForm(formdata=None, data={"text": found.agreed or ""}))


@pages.post("/quality/meetings/<uuid:meeting_id>/agreed")
@requires(*_STAFF)
def note_agreed(meeting_id: UUID) -> ResponseReturnValue:
    """Write down what was agreed."""
    found, form = _own_meeting(meeting_id), AgreedForm()
    if form.validate_on_submit():
        try:
            services.note_agreed(
                unit(),
                id=form.key(),
                meeting_id=meeting_id,
                authority_id=found.authority_id,
                text=form.text.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Everybody who was asked can read it."), "lms_done")
            return redirect(url_for(".meeting", meeting_id=meeting_id))
    return _meeting_page(found, _attendance(found, fresh=True), form)


def _attendance(found: MeetingView, *, fresh: bool = False) -> AttendanceForm:
    came = [str(each) for each in found.came]
    form = AttendanceForm(formdata=None, data={"came": came}) if fresh else AttendanceForm(data={"came": came})
    form.came.choices = [SelectChoice(str(each.id), each.name) for each in found.asked]
    return form


def _meeting_page(found: MeetingView, attendance: AttendanceForm, agreed: AgreedForm) -> ResponseReturnValue:
    wrong = agreed if agreed.errors or agreed.form_errors else attendance
    return render_template(
        "lms/assessment/quality/meeting.html",
        meeting=found,
        form=wrong,
        attendance=attendance,
        agreed=agreed,
        staff=True,
        begun=found.on <= today(),
        unit_words=unit_words,
    )


@pages.get("/meetings")
@requires(Role.ASSESSOR, Role.QUALITY_ASSURER)
def my_meetings() -> ResponseReturnValue:
    """The standardisation meetings somebody was asked to."""
    return render_template(
        "lms/assessment/quality/my_meetings.html",
        meetings=queries.asked_of(unit(), viewer().person_id),
        today=today(),
    )


@pages.get("/meetings/<uuid:meeting_id>")
@requires(Role.ASSESSOR, Role.QUALITY_ASSURER)
def my_meeting(meeting_id: UUID) -> ResponseReturnValue:
    """A meeting somebody was asked to: when, where, about what, and what was agreed."""
    return render_template(
        "lms/assessment/quality/meeting.html",
        meeting=queries.meeting_for(unit(), meeting_id, viewer().person_id),
        staff=False,
        begun=False,
        unit_words=unit_words,
    )
