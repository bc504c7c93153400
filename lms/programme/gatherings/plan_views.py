"""A coordinator's pages: which events there are, and planning, changing, copying and calling one off."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.quality.meetings import queries as meetings
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.pages import Page, addresses, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.learning.catalogue import Courses
from lms.people import households
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.gatherings import labels, planning, queries, rules
from lms.programme.gatherings.doors import pages
from lms.programme.gatherings.forms import CancelForm, CopyForm, PlanForm
from lms.programme.gatherings.queries import GatheringView
from lms.programme.groups import queries as groups

AT_ONCE = 25


@pages.get("/desk/events")
@requires(Role.COORDINATOR)
def planned() -> ResponseReturnValue:
    """Events to come, or those that are over; and meetings of assessors, which quality assurers call."""
    here, number, past = authority_for(Role.COORDINATOR), page_number(), request.args.get("show") == "past"
    offset = (number - 1) * AT_ONCE
    found, total = queries.gatherings_in(unit(), here, now(), past=past, offset=offset, limit=AT_ONCE)
    agree = meetings.meetings_in(unit(), here, offset=0, limit=10)[0]
    return render_template(
        "lms/programme/gatherings/planned.html",
        authority=here,
        past=past,
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        links=addresses(".one", "gathering_id", [each.id for each in found]),
        labels=labels,
        clock_of=rules.clock_of,
        meetings=[each for each in agree if (each.on < today()) is past],
        assures=here in viewer().authorities(Role.QUALITY_ASSURER),
    )


@pages.route("/desk/events/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def plan() -> ResponseReturnValue:
    """Plan an event."""
    here = authority_for(Role.COORDINATOR)
    form = PlanForm(data={"remind": "7, 1", "where": "venue", **_for_group(here)})
    _offer(form, here)
    if form.validate_on_submit():
        try:
            planning.plan(
                unit(), once=form.key(), authority_id=here, plan=form.plan(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The event is planned. People it is open to see it from now on."), "lms_done")
            return redirect(url_for(".one", gathering_id=form.key()))
    return render_template("lms/programme/gatherings/change.html", form=form, authority=here, event=None)


def _for_group(here: UUID) -> dict[str, object]:
    """An event for the group one came from."""
    asked = request.args.get("group", "")
    known = {str(id) for id, _name in groups.names_in(unit(), here)} if asked else set()
    return {"open_to": ["group"], "group": asked} if asked in known else {}


def _offer(form: PlanForm, here: UUID) -> None:
    courses = sorted((each.title.text(language()), code) for code, each in shelf(unit(), Courses).courses.items())
    form.offer(
        [(home.id, home.name) for home in households.employers_in(unit(), here)],
        groups.names_in(unit(), here),
        [(code, title) for title, code in courses],
    )


@pages.route("/desk/events/<uuid:gathering_id>/change", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def change(gathering_id: UUID) -> ResponseReturnValue:
    """Say anew what an event is; when its time or place changes, everybody with a place is told."""
    found = own(gathering_id)
    form = PlanForm(data=PlanForm.filled(_plan_of(found)))
    _offer(form, found.authority_id)
    if form.validate_on_submit():
        try:
            moved = planning.change(
                unit(), gathering_id=gathering_id, plan=form.plan(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. Everybody with a place is told.") if moved else _("Saved."), "lms_done")
            return redirect(url_for(".one", gathering_id=gathering_id))
    return render_template("lms/programme/gatherings/change.html", form=form, authority=found.authority_id, event=found)


@pages.route("/desk/events/<uuid:gathering_id>/copy", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def copy(gathering_id: UUID) -> ResponseReturnValue:
    """The same event on another day, without the people."""
    found, form = own(gathering_id), CopyForm()
    if form.validate_on_submit():
        assert form.on.data is not None
        try:
            another = planning.copied(_plan_of(found), form.on.data)
            planning.plan(
                unit(),
                once=form.key(),
                authority_id=found.authority_id,
                plan=another,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Copied. Nobody has a place yet."), "lms_done")
            return redirect(url_for(".one", gathering_id=form.key()))
    return render_template("lms/programme/gatherings/copy.html", form=form, event=found, clock_of=rules.clock_of)


@pages.route("/desk/events/<uuid:gathering_id>/call-off", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def cancel(gathering_id: UUID) -> ResponseReturnValue:
    """Ask, and call an event off."""
    found, form = own(gathering_id), CancelForm()
    if form.validate_on_submit():
        try:
            planning.cancel(
                unit(), gathering_id=gathering_id, why=form.why.data or "", by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("The event is called off. Everybody with a place is told."), "lms_done")
            return redirect(url_for(".one", gathering_id=gathering_id))
    return render_template("lms/programme/gatherings/cancel.html", form=form, event=found)


def _plan_of(found: GatheringView) -> planning.Plan:
    return planning.plan_of(found)


def own(gathering_id: UUID) -> GatheringView:
    """An event of an authority the viewer coordinates. Raises NotFound for any other."""
    return queries.gathering(unit(), gathering_id, viewer().authorities(Role.COORDINATOR))


def home_name(found: GatheringView) -> str:
    """In whose home it is; empty where it is in nobody's."""
    if found.employer_id is None:
        return ""
    return people.organisations(unit(), [found.employer_id])[found.employer_id].name
