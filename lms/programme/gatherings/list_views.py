"""A coordinator's pages of one event: who comes, who was there, the code of the room, and certificates."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.standing import assessors_for
from lms.core.clock import london_day
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, say_refusal
from lms.core.words import N_, Refused
from lms.funding.board import sheets
from lms.people import households
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role
from lms.programme.gatherings import attending, labels, placing, queries, rules
from lms.programme.gatherings.attending import Noted
from lms.programme.gatherings.doors import pages
from lms.programme.gatherings.forms import GiveForm
from lms.programme.gatherings.knowing import HOUSEHOLD
from lms.programme.gatherings.plan_views import AT_ONCE, home_name, own
from lms.programme.gatherings.queries import GatheringView, PlaceView
from lms.programme.gatherings.words import Access, Came, Open, Standing

HEADS = (
    N_("Name"),
    N_("Person identifier"),
    N_("Place or waiting list"),
    N_("Asked on"),
    N_("What they need on the day"),
    N_("Was there"),
    N_("Why not"),
)
"""The columns of a file, in this order; new ones come at the end."""


@pages.get("/desk/events/<uuid:gathering_id>")
@requires(Role.COORDINATOR)
def one(gathering_id: UUID) -> ResponseReturnValue:
    """One event: what stands, who comes, who waits."""
    found, number = own(gathering_id), page_number()
    some, total = queries.places(unit(), gathering_id, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    shown = attending.code_now(unit(), gathering_id, now())
    return render_template(
        "lms/programme/gatherings/one.html",
        event=found,
        home=home_name(found),
        page=Page(some, number, total, AT_ONCE),
        pagination=pagination,
        labels=labels,
        access=[labels.ACCESS[Access(each)] for each in found.access],
        open_to=[labels.OPEN[Open(each)] for each in found.open_to],
        clock_of=rules.clock_of,
        code=shown,
        began=now() >= found.starts_at,
        over=now() >= found.ends_at,
        can_show_code=rules.code_times(found.starts_at, found.ends_at, now()) is not None,
        Standing=Standing,
    )


@pages.route("/desk/events/<uuid:gathering_id>/give", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def give(gathering_id: UUID) -> ResponseReturnValue:
    """Tick who gets a place: PAs, employers or assessors."""
    found, form, number = own(gathering_id), GiveForm(), page_number()
    name, of = request.args.get("name", "").strip()[:100], request.args.get("of", "pas")
    some = _could_come(found, of, name)
    there = {each.person_id for each in queries.places(unit(), gathering_id)[0]}
    shown = [each for each in some if each.id not in there]
    on_page = shown[(number - 1) * AT_ONCE : number * AT_ONCE]
    form.offer((str(each.id), each.name) for each in on_page)
    if form.validate_on_submit():
        try:
            ids = [UUID(each) for each in form.people.data or ()]
            new = placing.give(unit(), gathering_id=gathering_id, person_ids=ids, by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            said = _n("%(num)s person is on the list.", "%(num)s people are on the list.", new)
            flash(said + " " + _("They are told."), "lms_done")
            return redirect(url_for(".one", gathering_id=gathering_id))
    return render_template(
        "lms/programme/gatherings/give.html",
        form=form,
        event=found,
        search=name,
        of=of,
        page=Page(on_page, number, len(shown), AT_ONCE),
        pagination=pagination,
    )


def _could_come(found: GatheringView, of: str, name: str) -> list[people.PersonView]:
    """People of the authority who can be given a place, by name."""
    on = max(london_day(found.starts_at), today())
    if of == "employers":
        homes = [each.id for each in households.employers_in(unit(), found.authority_id)]
        every = {p.id: p for role in HOUSEHOLD for p in people.holders_of(unit(), role, homes, on)}.values()
    elif of == "assessors":
        every = {p.id: p for p in assessors_for(unit(), found.authority_id, on)}.values()
    else:
        return people.people_in(unit(), found.authority_id, Role.PA, on, search=name)
    return sorted((p for p in every if name.casefold() in p.name.casefold()), key=lambda each: (each.name, each.id))


@pages.post("/desk/events/<uuid:gathering_id>/people/<uuid:person_id>/take-off")
@requires(Role.COORDINATOR)
def take_off(gathering_id: UUID, person_id: UUID) -> ResponseReturnValue:
    """Take somebody off the list; they are told, and the next who waits gets the place."""
    own(gathering_id)
    try:
        placing.give_back(unit(), gathering_id=gathering_id, person_id=person_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Taken off the list. They are told."), "lms_done")
    return redirect(url_for(".one", gathering_id=gathering_id))


@pages.route("/desk/events/<uuid:gathering_id>/attendance", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def attendance(gathering_id: UUID) -> ResponseReturnValue:
    """Tick who was there, came late, or was not there."""
    found, form, number = own(gathering_id), OnceForm(), page_number()
    every = [each for each in queries.places(unit(), gathering_id)[0] if each.standing is Standing.PLACE]
    some = every[(number - 1) * AT_ONCE : number * AT_ONCE]
    if form.validate_on_submit():
        try:
            attending.note(unit(), gathering_id=gathering_id, noted=_ticked(some), by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved."), "lms_done")
            return redirect(url_for(".one", gathering_id=gathering_id))
    return render_template(
        "lms/programme/gatherings/attendance.html",
        form=form,
        event=found,
        page=Page(some, number, len(every), AT_ONCE),
        pagination=pagination,
        labels=labels,
        typed=request.form,
    )


def _ticked(some: list[PlaceView]) -> dict[UUID, Noted]:
    """What was ticked of the people on this page; what is no such answer is passed over."""
    found = {}
    for each in some:
        said = request.form.get(f"came-{each.person_id}", "")
        if said in set(Came):
            found[each.person_id] = Noted(Came(said), request.form.get(f"why-{each.person_id}", ""))
    return found


@pages.post("/desk/events/<uuid:gathering_id>/code")
@requires(Role.COORDINATOR)
def show_code(gathering_id: UUID) -> ResponseReturnValue:
    """A new code to show in the room."""
    own(gathering_id)
    try:
        attending.open_code(unit(), gathering_id=gathering_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".one", gathering_id=gathering_id) + "#code")


@pages.post("/desk/events/<uuid:gathering_id>/certificates")
@requires(Role.COORDINATOR)
def certificates(gathering_id: UUID) -> ResponseReturnValue:
    """Carry those who were there over to where certificates of attendance are issued."""
    own(gathering_id)
    try:
        attending.certify(unit(), gathering_id=gathering_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".one", gathering_id=gathering_id))
    unit().commit()
    flash(_("The list is carried over. Look at it once more, then issue the certificates."), "lms_done")
    return redirect(url_for("lms.attendance.workshop", workshop_id=gathering_id))


@pages.get("/desk/events/<uuid:gathering_id>/people.csv")
@requires(Role.COORDINATOR)
def people_csv(gathering_id: UUID) -> ResponseReturnValue:
    """Everybody on the list as CSV."""
    rows = _rows(own(gathering_id))
    return _file(sheets.as_csv([_(head) for head in HEADS], rows), "text/csv; charset=utf-8", "event.csv")


@pages.get("/desk/events/<uuid:gathering_id>/people.xlsx")
@requires(Role.COORDINATOR)
def people_xlsx(gathering_id: UUID) -> ResponseReturnValue:
    """The same as a spreadsheet."""
    rows = _rows(own(gathering_id))
    return _file(sheets.as_xlsx([_(head) for head in HEADS], rows, title=_("Event")), sheets.XLSX, "event.xlsx")


def _rows(found: GatheringView) -> list[list[sheets.Cell]]:
    return [
        [
            each.name,
            str(each.person_id),
            _("Place") if each.standing is Standing.PLACE else _("Waiting list"),
            london_day(each.at),
            each.needs,
            _(labels.CAME[each.came]) if each.came else "",
            each.reason,
        ]
        for each in queries.places(unit(), found.id)[0]
    ]


def _file(data: bytes, kind: str, name: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{today().isoformat()}-{name}"'
    return response
