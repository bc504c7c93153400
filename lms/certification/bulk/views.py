"""The pages of batches: who would get a certificate and who not, start, stop, go on, lists and files to take along."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID, uuid4

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.bulk import outcomes, queries, services
from lms.certification.bulk.choices import choice, choices
from lms.certification.bulk.forms import BeginForm
from lms.certification.bulk.labels import LINES, SHOWN, STATES
from lms.certification.bulk.packing import ZIP
from lms.certification.bulk.queries import BatchView, LineView
from lms.certification.bulk.rules import Line
from lms.certification.bulk.sheets import sheet
from lms.core import i18n
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, addresses, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("bulk", __name__)

MOST_PRINTED = 2000
"""Lines of a list for paper: forty pages. Longer ones go into a spreadsheet."""


@pages.get("/certificates/batches")
@requires(Role.COORDINATOR)
def batches() -> ResponseReturnValue:
    """An authority's batches, the newest first."""
    authority, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.batches_in(unit(), authority, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/certification/bulk/batches.html",
        authority=authority,
        page=Page(found, number, total),
        pagination=pagination,
        states=STATES,
        Line=Line,
    )


@pages.route("/certificates/batches/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def begin() -> ResponseReturnValue:
    """Choose a certificate and a course; nothing is issued by that."""
    authority, form = authority_for(Role.COORDINATOR), BeginForm()
    form.offer(choices(unit()))
    if form.validate_on_submit():
        wanted = choice(unit(), form.what.data or "")
        if wanted is None:
            raise NotFound("kind")
        batch_id = services.begin(
            unit(),
            id=form.key(),
            authority_id=authority,
            wanted=wanted.wanted(language()),
            by=viewer().person_id,
            now=now(),
        )
        unit().commit()
        if batch_id != form.key():
            flash(_("This is open already, so here it is. You can find out again how it stands."), "lms_note")
        return redirect(url_for(".batch", batch_id=batch_id))
    return render_template("lms/certification/bulk/begin.html", form=form, authority=authority)


@pages.get("/certificates/batches/<uuid:batch_id>")
@requires(Role.COORDINATOR)
def batch(batch_id: UUID) -> ResponseReturnValue:
    """One batch: its numbers first, what can be done next, and the list."""
    found, number, wanted = _own(batch_id), page_number(), _wanted()
    listed = queries.lines(
        unit(), batch_id, [wanted] if wanted else (), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE
    )
    names = people.persons(unit(), {each for each in (found.asked_by, found.started_by) if each})
    return render_template(
        "lms/certification/bulk/batch.html",
        found=found,
        names=names,
        page=Page(listed, number, found.tally[wanted] if wanted else found.tally.total),
        pagination=pagination,
        wanted=wanted,
        shown=[each for each in SHOWN if found.tally[each]],
        states=STATES,
        lines=LINES,
        why=why_in(language()),
        printed=queries.count_printed(unit(), batch_id) if found.tally.with_certificate else 0,
        downloads=queries.downloads_of(unit(), batch_id),
        once=uuid4(),
        Line=Line,
        said={each: _(tag.text) for each, tag in LINES.items()},
        people_at=addresses("lms.desk.person_page", "person_id", [each.person_id for each in listed]),
        certificates_at=addresses(
            "lms.life.one", "certificate_id", [each.certificate_id for each in listed if each.certificate_id]
        ),
    )


@pages.post("/certificates/batches/<uuid:batch_id>/<any(look, start, again, stop, close, files):doing>")
@requires(Role.COORDINATOR)
def do(batch_id: UUID, doing: str) -> ResponseReturnValue:
    """Find out anew, start or go on, try again what went wrong, stop, put away, or have the files packed."""
    found, by = _own(batch_id), viewer().person_id
    try:
        if doing == "files":
            services.ask_for_files(unit(), id=_once(), batch_id=batch_id, by=by, now=now())
        else:
            _DO[doing](unit(), batch_id=batch_id, by=by, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_(_DONE[doing]), "lms_done")
    if doing == "close":
        return redirect(url_for(".batches", authority=found.authority_id))
    return redirect(url_for(".batch", batch_id=batch_id))


_DO: Mapping[str, Callable[..., None]] = {
    "look": services.look_again,
    "start": services.start,
    "again": services.try_again,
    "stop": services.stop,
    "close": services.close,
}
_DONE = {
    "look": N_("The list is being made anew. You can leave this page and come back."),
    "start": N_("The certificates are being issued. You can leave this page and come back."),
    "again": N_("What went wrong is tried again. You can leave this page and come back."),
    "stop": N_("Stopped. What is issued stays issued. You can go on at any time."),
    "close": N_("Put away. What is issued stays issued."),
    "files": N_("The files are being packed. You can leave this page and come back."),
}


@pages.get("/certificates/batches/<uuid:batch_id>/list.csv")
@requires(Role.COORDINATOR)
def as_sheet(batch_id: UUID) -> Response:
    """The list as a file for a spreadsheet: everybody, or only those in one state."""
    found, why = _own(batch_id), why_in(language())
    heads = [_("Name"), _("How it stands"), _("Why"), _("Certificate number"), _("E-mail")]
    rows = [
        [each.name, _(LINES[each.state].text), " ".join(why(each)), each.number, each.email or ""]
        for each in queries.lines(unit(), batch_id, _states())
    ]
    response = Response(sheet(heads, rows), mimetype="text/csv")
    name = (
        f"certificates-{found.kind}-{found.code or found.about}"[:80] if not found.listed else "certificates-workshop"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{today().isoformat()}.csv"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@pages.get("/certificates/batches/<uuid:batch_id>/print")
@requires(Role.COORDINATOR)
def as_paper(batch_id: UUID) -> ResponseReturnValue:
    """The list on paper, by the browser: everybody, or only those in one state."""
    found = _own(batch_id)
    return render_template(
        "lms/certification/bulk/print.html",
        found=found,
        listed=queries.lines(unit(), batch_id, _states(), limit=MOST_PRINTED),
        wanted=_wanted(),
        total=found.tally[wanted] if (wanted := _wanted()) else found.tally.total,
        authority=people.organisation(unit(), found.authority_id).called(language()),
        lines=LINES,
        why=why_in(language()),
        today=today(),
        Line=Line,
    )


@pages.get("/certificates/batches/<uuid:batch_id>/files/<uuid:download_id>/<int:part>")
@requires(Role.COORDINATOR)
def part(batch_id: UUID, download_id: UUID, part: int) -> Response:
    """One ZIP of certificates with its list. It holds names, so it is kept by no browser on the way."""
    _own(batch_id)
    file = queries.part_file(unit(), batch_id, download_id, part)
    sent = () if request.method == "HEAD" else house().files.part(file.sha256, 0, file.size)
    response = Response(sent, mimetype=ZIP)
    response.content_length = file.size
    response.headers["Content-Disposition"] = f'attachment; filename="certificates-{part}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def why_in(tongue: str) -> Callable[[LineView], list[str]]:
    """Gives the sentences of why a line stands as it does, in a language."""

    def written(on: date) -> str:
        return i18n.day(on, tongue)

    return lambda line: outcomes.lines(line.why, _, tongue, written)


def _wanted() -> Line | None:
    """The state a list is narrowed to; anything that is none means all."""
    asked = request.args.get("only", "")
    return Line(asked) if asked in set(Line) else None


def _states() -> list[Line]:
    return [wanted] if (wanted := _wanted()) else []


def _once() -> UUID:
    """The number of the form, so that a double tap asks for one download."""
    try:
        return UUID(request.form.get("once", ""))
    except ValueError:
        return uuid4()


def _own(batch_id: UUID) -> BatchView:
    """A batch of an authority the viewer coordinates. Raises NotFound for any other."""
    return queries.batch(unit(), batch_id, viewer().authorities(Role.COORDINATOR))
