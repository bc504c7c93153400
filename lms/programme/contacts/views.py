"""Pages: whom somebody turns to, what was spoken, and one's own contact."""

import csv
import io
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.cells import in_cell
from lms.core.clock import london_day
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people import households
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role, told_apart
from lms.programme.contacts import labels, queries, services
from lms.programme.contacts.forms import ContactForm, NoteForm
from lms.programme.contacts.services import Spoken, Whose
from lms.programme.contacts.staff import HOUSEHOLD, staff_in
from lms.programme.contacts.words import Way, Whom, WithWhom

pages = room("contacts", __name__)


@pages.get("/desk/contacts")
@requires(Role.COORDINATOR)
def contacts() -> ResponseReturnValue:
    """PAs or employers, each with whom they turn to."""
    authority, search, number = (
        authority_for(Role.COORDINATOR),
        request.args.get("name", "").strip()[:100],
        page_number(),
    )
    whom = Whom.EMPLOYER if request.args.get("of") == Whom.EMPLOYER else Whom.PA
    offset = (number - 1) * PAGE_SIZE
    found: list[tuple[UUID, str]]
    if whom is Whom.PA:
        total = people.count_people_in(unit(), authority, Role.PA, today(), search=search)
        rows = people.people_in(unit(), authority, Role.PA, today(), offset=offset, limit=PAGE_SIZE, search=search)
        found = told_apart((row.id, row.name, row.email or row.username) for row in rows)
    else:
        total = households.count_employers_in(unit(), authority, search=search)
        homes = households.employers_in(unit(), authority, search=search, offset=offset, limit=PAGE_SIZE)
        found = [(home.id, home.name) for home in homes]
    named = queries.reached(unit(), whom, [id for id, _name in found], today())
    return render_template(
        "lms/programme/contacts/contacts.html",
        authority=authority,
        whom=whom,
        search=search,
        page=Page(found, number, total),
        pagination=pagination,
        named={each.of: each.name for each in named if each.authority_id == authority},
    )


def _whose(kind: str, id: UUID) -> tuple[Whose, str]:
    """Whom a page is about, and their name; anybody else's answers 404."""
    whose = Whose(authority_for(Role.COORDINATOR), Whom(kind), id)
    return whose, services.coordinators_own(unit(), whose, by=viewer().person_id, on=today())


def _there(whose: Whose) -> str:
    return url_for(".one", kind=whose.whom.value, id=whose.id, authority=whose.authority_id)


@pages.route("/desk/contacts/<any(pa, employer):kind>/<uuid:id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def one(kind: str, id: UUID) -> ResponseReturnValue:
    """One PA or employer: whom they turn to, and the notes."""
    whose, name = _whose(kind, id)
    form = ContactForm()
    form.offer([(str(each.id), each.name) for each in staff_in(unit(), whose.authority_id, today()).values()])
    known = queries.contact_of(unit(), whose.authority_id, whose.whom, whose.id)
    if form.validate_on_submit():
        try:
            services.name_contact(
                unit(),
                whose,
                once=form.key(),
                contact_id=UUID(form.contact.data) if form.contact.data else None,
                email=form.email.data or "",
                phone=form.phone.data or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. They see it on their page from now on."), "lms_done")
            return redirect(_there(whose))
    elif request.method == "GET" and known is not None:
        form.contact.data, form.email.data, form.phone.data = str(known.contact_id), known.email, known.phone
    number = page_number()
    notes, total = queries.notes_of(
        unit(), whose.authority_id, whose.whom, whose.id, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    return render_template(
        "lms/programme/contacts/one.html",
        form=form,
        whose=whose,
        name=name,
        known=known,
        page=Page(notes, number, total),
        pagination=pagination,
        writers=people.persons(unit(), {note.by for note in notes}),
        labels=labels,
    )


@pages.route("/desk/contacts/<any(pa, employer):kind>/<uuid:id>/notes/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def new_note(kind: str, id: UUID) -> ResponseReturnValue:
    """Write down that somebody was spoken to."""
    whose, name = _whose(kind, id)
    return _note(whose, name, None)


@pages.route("/desk/contacts/<any(pa, employer):kind>/<uuid:id>/notes/<uuid:note_id>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def correct_note(kind: str, id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Correct a note by a new one; the old one stays beside it."""
    whose, name = _whose(kind, id)
    return _note(whose, name, queries.note(unit(), whose.authority_id, whose.whom, whose.id, note_id))


def _note(whose: Whose, name: str, before: queries.NoteView | None) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        assert form.on.data is not None
        spoken = Spoken(form.on.data, Way(form.way.data), WithWhom(form.with_whom.data), form.said.data or "")
        try:
            services.write_note(
                unit(),
                whose,
                spoken,
                once=form.key(),
                by=viewer().person_id,
                now=now(),
                corrects=before.id if before else None,
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your note is saved."), "lms_done")
            return redirect(_there(whose))
    elif request.method == "GET":
        form.on.data = before.on if before else today()
        if before is not None:
            form.way.data, form.with_whom.data, form.said.data = before.way, before.with_whom, before.said
    return render_template(
        "lms/programme/contacts/note.html", form=form, whose=whose, name=name, before=before, there=_there(whose)
    )


@pages.post("/desk/contacts/<any(pa, employer):kind>/<uuid:id>/notes.csv")
@requires(Role.COORDINATOR)
def export(kind: str, id: UUID) -> ResponseReturnValue:
    """Everything that is written about somebody, for the person who asked for it; that it was taken out is kept."""
    whose, _name = _whose(kind, id)
    notes = services.exported(unit(), whose, by=viewer().person_id, now=now())
    unit().commit()
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow([_("Day"), _("How?"), _("With whom?"), _("What was said"), _("Written on"), _("Corrected later")])
    for note in notes:
        sheet.writerow(
            [
                note.on.isoformat(),
                _(labels.WAYS[note.way]),
                _(labels.WITH[note.with_whom]),
                in_cell(note.said),
                london_day(note.at).isoformat(),
                _("Yes") if note.corrected_by else _("No"),
            ]
        )
    return Response(
        "\ufeff" + written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=contact-notes.csv", "Cache-Control": "no-store"},
    )


@pages.get("/my-contact")
@requires(Role.PA, *HOUSEHOLD)
def mine() -> ResponseReturnValue:
    """Whom one turns to, and how they are reached."""
    someone = viewer()
    found = queries.reached(unit(), Whom.PA, [someone.person_id], today()) if someone.has(Role.PA) else []
    here = someone.authorities(Role.PA)
    found = [each for each in found if each.authority_id in here]
    found += queries.reached(unit(), Whom.EMPLOYER, someone.organisations(*HOUSEHOLD), today())
    if not (here or someone.has(*HOUSEHOLD)):
        raise NotFound("contact")
    places = people.organisations(unit(), {each.authority_id for each in found})
    return render_template("lms/programme/contacts/mine.html", found=found, places=places)
