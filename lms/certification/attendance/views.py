"""The pages of workshops: recorded by a coordinator, corrected until the certificates are issued, and issued."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification import queries as certificates
from lms.certification.attendance import queries, services
from lms.certification.attendance.finding import MOST_LINES, Found, found_in, lines_of
from lms.certification.attendance.forms import ListForm, PeopleForm, WorkshopForm
from lms.certification.attendance.issuing import issue_to_all
from lms.certification.attendance.labels import PLACES
from lms.certification.attendance.queries import WorkshopView
from lms.certification.attendance.rules import hours_of
from lms.certification.bulk import queries as batches
from lms.certification.life import labels
from lms.core.web.forms import OnceForm
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, addresses, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, _n, say_refusal
from lms.core.words import Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("attendance", __name__)


@pages.get("/certificates/workshops")
@requires(Role.COORDINATOR)
def workshops() -> ResponseReturnValue:
    """An authority's workshops, the newest first."""
    authority, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.workshops_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/certification/attendance/workshops.html",
        authority=authority,
        page=Page(found, number, total),
        pagination=pagination,
        hours_of=hours_of,
        places=PLACES,
    )


@pages.route("/certificates/workshops/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def record_workshop() -> ResponseReturnValue:
    """Record a workshop that was held."""
    authority = authority_for(Role.COORDINATOR)
    form = WorkshopForm(data={"on": today()})
    form.prepare()
    if form.validate_on_submit():
        try:
            services.record_workshop(
                unit(), id=form.key(), authority_id=authority, held=form.held(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Recorded. Now say who was there."), "lms_done")
            return redirect(url_for(".add_people", workshop_id=form.key()))
    return render_template("lms/certification/attendance/record.html", form=form, authority=authority, found=None)


@pages.route("/certificates/workshops/<uuid:workshop_id>/correct", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def correct_workshop(workshop_id: UUID) -> ResponseReturnValue:
    """Correct what is recorded of a workshop."""
    found = _own(workshop_id)
    form = WorkshopForm(data=WorkshopForm.filled(found))
    form.prepare()
    if form.validate_on_submit():
        try:
            services.correct_workshop(
                unit(), workshop_id=workshop_id, held=form.held(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Corrected."), "lms_done")
            return redirect(url_for(".workshop", workshop_id=workshop_id))
    return render_template(
        "lms/certification/attendance/record.html", form=form, authority=found.authority_id, found=found
    )


@pages.get("/certificates/workshops/<uuid:workshop_id>")
@requires(Role.COORDINATOR)
def workshop(workshop_id: UUID) -> ResponseReturnValue:
    """One workshop: what is recorded, who was there, and its certificates."""
    found = _own(workshop_id)
    present = queries.present(unit(), workshop_id)
    names = people.persons(unit(), [each.person_id for each in present])
    listed, number = sorted(present, key=lambda each: names[each.person_id].name.casefold()), page_number()
    shown = listed[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    given = certificates.of_sources(unit(), [each.id for each in shown])
    return render_template(
        "lms/certification/attendance/workshop.html",
        found=found,
        page=Page(shown, number, len(listed)),
        pagination=pagination,
        names=names,
        certificates=given,
        certificates_at=addresses(
            "lms.life.one", "certificate_id", [one.id for some in given.values() for one in some]
        ),
        take_off_at=addresses(
            ".take_off", "attendance_id", [each.id for each in shown if not each.settled], workshop_id=workshop_id
        ),
        labels=labels,
        standings={each: _(said) for each, said in labels.STANDINGS.items()},
        today=today(),
        open_ones=sum(not each.settled for each in present),
        batch=batches.latest_about(unit(), found.authority_id, str(found.id)),
        hours_of=hours_of,
        places=PLACES,
    )


@pages.route("/certificates/workshops/<uuid:workshop_id>/people", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def add_people(workshop_id: UUID) -> ResponseReturnValue:
    """Tick who was there, among the PAs of the authority who are not on the list yet."""
    found, form = _own(workshop_id), PeopleForm()
    page = _offer(found, form)
    if form.validate_on_submit():
        return _add(found, [UUID(each) for each in form.people.data or ()])
    return _people_page(found, form, ListForm(formdata=None), page)


@pages.post("/certificates/workshops/<uuid:workshop_id>/list")
@requires(Role.COORDINATOR)
def add_list(workshop_id: UUID) -> ResponseReturnValue:
    """Take in a pasted list. Who is found is added; lines nobody answers to come back to be mended."""
    found, form = _own(workshop_id), ListForm()
    looked: Found | None = None
    if form.validate_on_submit():
        lines = lines_of(form.listed.data or "")
        if len(lines) > MOST_LINES:
            form.refuse(_("Paste at most %(most)s lines at a time.", most=MOST_LINES))
        else:
            looked = found_in(lines, people.people_in(unit(), found.authority_id, Role.PA, today()))
            if not looked.unknown and not looked.several:
                return _add(found, looked.people)
            services.note_attendance(
                unit(), workshop_id=workshop_id, people_ids=looked.people, by=viewer().person_id, now=now()
            )
            unit().commit()
            form = _left_over(looked)
    ticking = PeopleForm(formdata=None)
    return _people_page(found, ticking, form, _offer(found, ticking), looked)


def _left_over(looked: Found) -> ListForm:
    """The form with the lines nobody answers to, each to be mended."""
    form = ListForm(formdata=None, data={"listed": "\n".join((*looked.unknown, *looked.several))})
    left = len(looked.unknown) + len(looked.several)
    text = _n("%(num)s line is left: see why below it.", "%(num)s lines are left: see why below them.", left)
    form.listed.errors = [text]
    return form


def _offer(found: WorkshopView, form: PeopleForm) -> Page[people.PersonView]:
    """Put one page of PAs into the form; those on the list already are left out."""
    search, number = request.args.get("name", "").strip()[:100], page_number()
    there = {each.person_id for each in queries.present(unit(), found.id)}
    offset = (number - 1) * PAGE_SIZE
    some = people.people_in(unit(), found.authority_id, Role.PA, today(), offset=offset, limit=PAGE_SIZE, search=search)
    total = people.count_people_in(unit(), found.authority_id, Role.PA, today(), search=search)
    form.offer([each for each in some if each.id not in there])
    return Page(some, number, total)


def _people_page(
    found: WorkshopView, form: PeopleForm, listing: ListForm, page: Page[people.PersonView], looked: Found | None = None
) -> ResponseReturnValue:
    return render_template(
        "lms/certification/attendance/people.html",
        found=found,
        form=listing if listing.errors or listing.form_errors else form,
        ticking=form,
        listing=listing,
        looked=looked,
        page=page,
        pagination=pagination,
        search=request.args.get("name", "").strip()[:100],
    )


def _add(found: WorkshopView, ids: list[UUID] | tuple[UUID, ...]) -> ResponseReturnValue:
    try:
        new = services.note_attendance(unit(), workshop_id=found.id, people_ids=ids, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_n("%(num)s person is added.", "%(num)s people are added.", len(new)), "lms_done")
    return redirect(url_for(".workshop", workshop_id=found.id))


@pages.post("/certificates/workshops/<uuid:workshop_id>/people/<uuid:attendance_id>/take-off")
@requires(Role.COORDINATOR)
def take_off(workshop_id: UUID, attendance_id: UUID) -> ResponseReturnValue:
    """Take somebody off the list who was not there."""
    _own(workshop_id)
    try:
        services.take_back(
            unit(), workshop_id=workshop_id, attendance_id=attendance_id, by=viewer().person_id, now=now()
        )
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("Taken off the list."), "lms_done")
    return redirect(url_for(".workshop", workshop_id=workshop_id))


@pages.route("/certificates/workshops/<uuid:workshop_id>/issue", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def issue(workshop_id: UUID) -> ResponseReturnValue:
    """Look at the list once more, then have the certificates issued."""
    found, form = _own(workshop_id), OnceForm()
    waiting = [each for each in queries.present(unit(), workshop_id) if not each.settled]
    if form.validate_on_submit():
        try:
            batch_id = issue_to_all(unit(), id=form.key(), workshop=found, by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            if batch_id is None:
                return redirect(url_for(".workshop", workshop_id=workshop_id))
            return redirect(url_for("lms.bulk.batch", batch_id=batch_id))
    names = people.persons(unit(), {each.person_id for each in waiting})
    return render_template(
        "lms/certification/attendance/issue.html",
        form=form,
        found=found,
        names=sorted((each.name for each in names.values()), key=str.casefold),
        hours_of=hours_of,
        places=PLACES,
    )


def _own(workshop_id: UUID) -> WorkshopView:
    """A workshop of an authority the viewer coordinates. Raises NotFound for any other."""
    return queries.workshop(unit(), workshop_id, viewer().authorities(Role.COORDINATOR))
