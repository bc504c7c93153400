"""The reader's pages: what waits, one text, and what one says of it."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.assessment.reading import queries, services
from lms.assessment.reading.forms import ReadForm
from lms.core.markdown import html_of
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.pages import PAGE_SIZE, Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import Refused
from lms.learning.catalogue import Courses
from lms.learning.states import WorkState
from lms.learning.writing import waiting
from lms.learning.writing.holding import clock_time
from lms.learning.writing.queries import Piece
from lms.learning.writing.rules import LEASE, Door, door
from lms.people import queries as people
from lms.people.guards import requires, viewer
from lms.people.rules import Role

pages = room("reading", __name__)

MINUTES = int(LEASE.total_seconds() // 60)


@pages.get("/reading")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def queue() -> ResponseReturnValue:
    """What waits to be read, the oldest first."""
    scope, module, number = queries.scope_of(unit(), viewer(), today()), _module(), page_number()
    modules = waiting.modules_waiting(unit(), scope)
    total = sum(count for code, count in modules if module in (None, code))
    found = waiting.waiting(unit(), scope, now=now(), module=module, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "lms/assessment/reading_list.html",
        page=Page(found, number, total),
        pagination=pagination,
        modules=[(code, count, shelf(unit(), Courses).modules.get(code)) for code, count in modules],
        chosen=module,
        now=now(),
        clock=clock_time,
        minutes=MINUTES,
    )


def _module() -> str | None:
    """The module the list is narrowed to; None for all."""
    return request.values.get("module", "").strip()[:40] or None


@pages.post("/reading/next")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def read_next() -> ResponseReturnValue:
    """Open the text that has waited longest."""
    module = _module()
    found = services.read_next(unit(), by=viewer().person_id, now=now(), module=module)
    if found is None:
        flash(_("Nothing is free to read at the moment."), "lms_note")
        return redirect(url_for(".queue", module=module))
    unit().commit()
    return redirect(url_for(".text", work_id=found))


@pages.post("/reading/<uuid:work_id>/open")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def open_text(work_id: UUID) -> ResponseReturnValue:
    """Open one text for a while."""
    try:
        services.open_text(unit(), work_id=work_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
    return redirect(url_for(".text", work_id=work_id))


@pages.post("/reading/<uuid:work_id>/put-back")
@requires(Role.ASSESSOR, Role.COORDINATOR)
def put_back(work_id: UUID) -> ResponseReturnValue:
    """Let others read it."""
    services.put_back(unit(), work_id=work_id, by=viewer().person_id, now=now())
    unit().commit()
    flash(_("Others can read it now. What you saved as a draft is kept for you."), "lms_done")
    return redirect(url_for(".queue"))


@pages.route("/reading/<uuid:work_id>", methods=["GET", "POST"])
@requires(Role.ASSESSOR, Role.COORDINATOR)
def text(work_id: UUID) -> ResponseReturnValue:
    """One text with its earlier versions, and the form while one has it open."""
    piece, capacity, _behalf = queries.readable(unit(), viewer(), work_id, today())
    name = people.person(unit(), piece.learner_id).name
    draft = waiting.draft_of(unit(), work_id, viewer().person_id)
    form = ReadForm(comment=draft.comment if draft else "", judged=draft.judged if draft else None)
    form.for_learner(name)
    if request.method == "POST":
        answer = _keep(form, work_id) if "draft" in request.form else _judge(form, work_id, name)
        if answer is not None:
            return answer
        piece, capacity, _behalf = queries.readable(unit(), viewer(), work_id, today())
    return _page(piece, form, name, capacity)


def _page(piece: Piece, form: ReadForm, name: str, capacity: str) -> ResponseReturnValue:
    held = waiting.held_now(unit(), piece.id)
    open_to = door(held, reader=viewer().person_id, now=now())
    reader = people.person(unit(), held.reader_id).name if held and open_to is Door.OTHERS else None
    form.version.data = str(piece.version)
    return render_template(
        "lms/assessment/reading_text.html",
        piece=piece,
        name=name,
        capacity=capacity,
        form=form,
        open_to=open_to,
        reader=reader,
        until=clock_time(held.until) if held else "",
        waits=piece.state is WorkState.WAITING,
        minutes=MINUTES,
        html_of=html_of,
    )


def _keep(form: ReadForm, work_id: UUID) -> Response:
    """Keep a draft, and say whether one still has the text."""
    mine = services.keep_draft(
        unit(),
        work_id=work_id,
        version=form.read_version(),
        judged=form.said(),
        comment=form.comment.data or "",
        by=viewer().person_id,
        now=now(),
    )
    unit().commit()
    if mine:
        flash(_("Your draft is saved. You have this text for %(minutes)s minutes more.", minutes=MINUTES), "lms_done")
    else:
        flash(_("Your draft is kept, but you do not have this text open any more."), "lms_note")
    return redirect(url_for(".text", work_id=work_id))


def _judge(form: ReadForm, work_id: UUID, name: str) -> Response | None:
    """Save what one says; when it is refused, what was typed is kept as a draft. None: show the page again."""
    said = form.said()
    if not form.validate() or said is None:
        return None
    try:
        services.judge_text(
            unit(),
            id=form.key(),
            work_id=work_id,
            version=form.read_version(),
            judged=said,
            comment=form.comment.data or "",
            by=viewer().person_id,
            now=now(),
            language=language(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        services.keep_draft(
            unit(),
            work_id=work_id,
            version=form.read_version(),
            judged=said,
            comment=form.comment.data or "",
            by=viewer().person_id,
            now=now(),
        )
        unit().commit()
        return None
    unit().commit()
    flash(_("Sent. %(name)s can read what you say.", name=name), "lms_done")
    return redirect(url_for(".queue"))
