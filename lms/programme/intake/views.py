"""Pages of lists: taken in, columns said, mended, brought in, taken back; and the PAs as such a list."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.shelves import shelf
from lms.core.web.forms import LmsForm
from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import NotFound, Refused
from lms.funding.board import sheets as files
from lms.learning.catalogue import Courses
from lms.learning.titles import titles
from lms.people import queries as people
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.intake import exporting, labels, queries, reading, services, sheets, tables, undoing
from lms.programme.intake.forms import LARGEST_POST, ColumnsForm, StartForm, UploadForm, WhoForm
from lms.programme.intake.queries import BatchView
from lms.programme.intake.words import Field, State

AT_ONCE = 25
LOOK_AGAIN = 4
"""Seconds after which a page is asked for again by the browser while the worker has the list; no script is needed."""

pages = room("intake", __name__)


@pages.get("/desk/people-in")
@requires(Role.COORDINATOR)
def batches() -> ResponseReturnValue:
    """An authority's lists, newest first."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.batches_in(unit(), here, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    return render_template(
        "lms/programme/intake/batches.html",
        authority=here,
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        states=labels.STATES,
    )


@pages.route("/desk/people-in/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def upload() -> ResponseReturnValue:
    """Choose a list; nobody comes in by that."""
    here, form = authority_for(Role.COORDINATOR), UploadForm()
    chosen = form.chosen() if form.validate_on_submit() else None
    if chosen is not None:
        try:
            batch_id = services.upload(
                unit(),
                house().files,
                once=form.key(),
                authority_id=here,
                data=chosen.stream.read(reading.LARGEST + 1),
                name=chosen.filename or "",
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".batch", batch_id=batch_id))
    return render_template("lms/programme/intake/upload.html", form=form, authority=here, fields=labels.FIELDS)


upload.largest_post = LARGEST_POST  # type: ignore[attr-defined]  # a list is larger than other posts


@pages.get("/desk/people-in/<uuid:batch_id>")
@requires(Role.COORDINATOR)
def batch(batch_id: UUID) -> ResponseReturnValue:
    """How a list stands, and what can be done with it next."""
    found = _own(batch_id)
    if found.state is State.COLUMNS:
        return redirect(url_for(".columns", batch_id=batch_id))
    return _page(found, _start_form())


def _page(found: BatchView, form: StartForm) -> Response:
    number, looked_at = page_number(), found.state is State.LOOKED_AT
    offset = (number - 1) * AT_ONCE
    wrong, total = queries.mistakes_in(unit(), found.id, offset=offset, limit=AT_ONCE) if looked_at else ([], 0)
    questions = queries.questions_in(unit(), found.id) if looked_at else []
    built = []
    if found.state is State.DONE and found.stopped:
        built = undoing.built_on(unit(), services.own(unit(), found.id, viewer().person_id, now()), limit=AT_ONCE)
    ids = {each.id for each in built}
    page = render_template(
        "lms/programme/intake/batch.html",
        found=found,
        form=form,
        tag=labels.STATES[found.state],
        page=Page(wrong, number, total, AT_ONCE),
        pagination=pagination,
        cell=lambda each: _cell(found, each.row, each.place),
        said=lambda each: _(each.sentence) % each.said if each.said else _(each.sentence),
        questions=questions,
        left=sum(1 for each in questions if each.answer is None),
        same=queries.same_before(unit(), found.id) if looked_at else None,
        names=people.persons(unit(), {found.uploaded_by, *ids}),
        homes=people.organisations(unit(), ids),
        built=built,
        kept=found.tally.get,
    )
    response = Response(page)
    if found.busy:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def _cell(found: BatchView, row: int, place: int | None) -> str:
    """A cell as a spreadsheet names it, with its heading."""
    if place is None or place >= len(found.headings):
        return _("Row %(row)s", row=row)
    return f"{sheets.letter_of(place)}{row} ({found.headings[place]})"


def _start_form() -> StartForm:
    form, called = StartForm(), titles(unit(), language())
    courses = shelf(unit(), Courses).courses
    form.offer([(code, called.get(code, code)) for code, course in courses.items() if course.for_pas])
    return form


@pages.route("/desk/people-in/<uuid:batch_id>/columns", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def columns(batch_id: UUID) -> ResponseReturnValue:
    """Say which column says what; it is remembered for lists with the same headings."""
    found = _own(batch_id)
    if found.state not in {State.COLUMNS, State.LOOKED_AT} or found.sha256 is None:
        return redirect(url_for(".batch", batch_id=batch_id))
    given = {name: str(place) for name, place in found.columns.items()}
    form = ColumnsForm(data={**given, "day_order": found.day_order})
    form.offer(found.headings, [sheets.letter_of(place) for place in range(len(found.headings))])
    if form.validate_on_submit():
        try:
            services.set_columns(
                unit(),
                batch_id=batch_id,
                columns=form.columns,
                order=form.order,
                by=viewer().person_id,
                now=now(),
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            return redirect(url_for(".batch", batch_id=batch_id))
    elif request.method == "GET" and found.stopped:
        form.refuse(_(found.stopped))
    _table, shown = tables.first_rows(house().files.get(found.sha256), 3)
    examples = {
        place: next((cells[place] for _number, cells in shown if place < len(cells) and cells[place]), "")
        for place in range(len(found.headings))
    }
    return render_template(
        "lms/programme/intake/columns.html",
        form=form,
        found=found,
        fields=list(Field),
        examples=examples,
        letter=sheets.letter_of,
    )


@pages.route("/desk/people-in/<uuid:batch_id>/who/<int:row>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def who(batch_id: UUID, row: int) -> ResponseReturnValue:
    """Say who somebody in a row is."""
    found = _own(batch_id)
    question = next((each for each in queries.questions_in(unit(), batch_id) if each.row == row), None)
    if question is None or found.state is not State.LOOKED_AT:
        raise NotFound("question")
    here = people.persons(unit(), set(question.maybe))
    form = WhoForm(data={"who": question.answer})
    form.offer([(id, _called(here[id])) for id in question.maybe if id in here])
    if form.validate_on_submit():
        services.answer(unit(), batch_id=batch_id, row=row, said=form.who.data, by=viewer().person_id, now=now())
        unit().commit()
        left = [each for each in queries.questions_in(unit(), batch_id) if each.answer is None]
        if left:
            return redirect(url_for(".who", batch_id=batch_id, row=left[0].row))
        services.look_again(unit(), batch_id=batch_id, by=viewer().person_id, now=now())
        unit().commit()
        return redirect(url_for(".batch", batch_id=batch_id))
    return render_template("lms/programme/intake/who.html", form=form, found=found, question=question)


def _called(person: people.PersonView) -> str:
    """Somebody who is here, with what tells them from others of the name."""
    more = person.email or person.username
    return f"{person.name} ({more})" if more else person.name


@pages.post("/desk/people-in/<uuid:batch_id>/start")
@requires(Role.COORDINATOR)
def start(batch_id: UUID) -> ResponseReturnValue:
    """Bring them in."""
    found, form = _own(batch_id), _start_form()
    if not form.validate_on_submit():
        return _page(found, form)
    courses = frozenset(code for code, course in shelf(unit(), Courses).courses.items() if course.for_pas)
    try:
        services.start(
            unit(),
            batch_id=batch_id,
            course=form.course.data or None,
            courses=courses,
            invite=bool(form.invite.data),
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return _page(found, form)
    unit().commit()
    return redirect(url_for(".batch", batch_id=batch_id))


@pages.post("/desk/people-in/<uuid:batch_id>/<any(look,undo,close):doing>")
@requires(Role.COORDINATOR)
def do(batch_id: UUID, doing: str) -> ResponseReturnValue:
    """Look again, take everything back, or put the list away."""
    _own(batch_id)
    by, form = viewer().person_id, LmsForm()
    try:
        if doing == "look":
            services.look_again(unit(), batch_id=batch_id, by=by, now=now())
        elif doing == "undo":
            services.undo(unit(), batch_id=batch_id, by=by, now=now())
        else:
            services.close(unit(), house().files, batch_id=batch_id, by=by, now=now())
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".batch", batch_id=batch_id))


@pages.get("/desk/people-in/<uuid:batch_id>/mistakes.csv")
@requires(Role.COORDINATOR)
def mistakes(batch_id: UUID) -> ResponseReturnValue:
    """Everything that is wrong, for mending beside the list."""
    found = _own(batch_id)
    wrong, _total = queries.mistakes_in(unit(), batch_id)
    rows: list[list[files.Cell]] = [
        [
            each.row,
            sheets.letter_of(each.place) if each.place is not None else "",
            found.headings[each.place] if each.place is not None and each.place < len(found.headings) else "",
            _(each.sentence) % each.said if each.said else _(each.sentence),
        ]
        for each in wrong
    ]
    heads = [_("Row"), _("Column"), _("Heading"), _("What to do")]
    return _file(files.as_csv(heads, rows), "text/csv", "to-mend", "csv")


@pages.get("/desk/people-in/pas.csv")
@requires(Role.COORDINATOR)
def pas_csv() -> ResponseReturnValue:
    """The PAs of an authority as CSV, to be brought in again as it is."""
    rows = list(exporting.rows(unit(), authority_for(Role.COORDINATOR), today()))
    return _file(files.as_csv(exporting.HEADS, rows), "text/csv", "pas", "csv")


@pages.get("/desk/people-in/pas.xlsx")
@requires(Role.COORDINATOR)
def pas_xlsx() -> ResponseReturnValue:
    """The same as a workbook."""
    rows = list(exporting.rows(unit(), authority_for(Role.COORDINATOR), today()))
    return _file(files.as_xlsx(exporting.HEADS, rows, title="PAs"), files.XLSX, "pas", "xlsx")


def _file(data: bytes, kind: str, name: str, ending: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{today().isoformat()}.{ending}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _own(batch_id: UUID) -> BatchView:
    """A batch of an authority the viewer coordinates. Raises NotFound for any other."""
    return queries.view_of(services.own(unit(), batch_id, viewer().person_id, now()))
