"""The pages of work on many: begin, who is affected and who not, start, stop, go on, take back, lists to take along."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certification.bulk import outcomes
from lms.core import i18n
from lms.core.web.notes import flash
from lms.core.web.pages import Page, addresses, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, today, unit
from lms.core.web.texts import _, language, say_refusal
from lms.core.words import N_, Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role
from lms.programme.bulk import choosing, offering, queries, services
from lms.programme.bulk.forms import NEEDS, BeginForm
from lms.programme.bulk.labels import FATES, HEADS, SHOWN, STATES, WHATS
from lms.programme.bulk.queries import LineView, WorkView
from lms.programme.bulk.services import Wish
from lms.programme.bulk.words import Fate, What
from lms.programme.desk.files import as_csv, as_xlsx

pages = room("bulk_work", __name__)

AT_ONCE = 25


@pages.get("/desk/together")
@requires(Role.COORDINATOR)
def works() -> ResponseReturnValue:
    """An authority's works on many, the newest first."""
    here, number = authority_for(Role.COORDINATOR), page_number()
    found, total = queries.works_in(unit(), here, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    return render_template(
        "lms/programme/bulk/works.html",
        authority=here,
        page=Page(found, number, total, AT_ONCE),
        pagination=pagination,
        states=STATES,
        Fate=Fate,
        links=addresses(".work", "work_id", [each.id for each in found]),
        names=queries.known_by_name(unit(), {each.asked_by for each in found}),
    )


@pages.route("/desk/together/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """Choose what is done and for whom; nothing is done for anybody by that."""
    here, form = authority_for(Role.COORDINATOR), BeginForm()
    form.offer(offering.offered(unit(), here, today()))
    chosen = choosing.read(form.chosen.data or "") or offering.asked_for(request.values, today())
    what = form.kind()
    if form.is_submitted() and form.step.data:
        asked = form.validate() and _is_somebody(form, chosen)
        if asked and what is None:
            form.what.errors = [_("Choose what should be done.")]
        elif asked and what is not None and (form.step.data == "more" or not NEEDS[what]):
            details = form.details(what, today())
            if details is not None and (work_id := _begin(form, here, what, details, chosen)) is not None:
                return redirect(url_for(".work", work_id=work_id))
    more = what is not None and bool(NEEDS[what]) and not (form.what.errors or form.pasted.errors or form.form_errors)
    more = more and bool(form.step.data)
    form.chosen.data = json.dumps(chosen) if chosen else ""
    form.step.data = "more" if more else "what"
    return render_template(
        "lms/programme/bulk/new.html",
        authority=here,
        form=form,
        more=NEEDS[what] if more and what else (),
        what=_(WHATS[what][0]) if more and what else "",
        whats=WHATS,
        chosen=chosen,
        number=offering.count(unit(), here, chosen, today()),
    )


def _is_somebody(form: BeginForm, chosen: Mapping[str, Any]) -> bool:
    if not chosen and not (form.pasted.data or "").strip():
        form.pasted.errors = [_("Paste at least one name, e-mail address or username.")]
        return False
    return True


def _begin(
    form: BeginForm, here: UUID, what: What, details: Mapping[str, Any], chosen: Mapping[str, Any]
) -> UUID | None:
    title = offering.title(unit(), here, what, details)
    try:
        work_id = services.begin(
            unit(),
            id=form.key(),
            authority_id=here,
            wish=Wish(what, title, details),
            chosen=chosen or {"pasted": form.pasted.data or ""},
            by=viewer().person_id,
            now=now(),
        )
    except Refused as refusal:
        form.refuse(say_refusal(refusal))
        return None
    unit().commit()
    return work_id


@pages.get("/desk/together/<uuid:work_id>")
@requires(Role.COORDINATOR)
def work(work_id: UUID) -> ResponseReturnValue:
    """One work: its numbers first, what can be done next, and the list."""
    found, number, wanted = _own(work_id), page_number(), _wanted()
    fates = [wanted] if wanted else []
    listed = queries.lines(unit(), found, fates, offset=(number - 1) * AT_ONCE, limit=AT_ONCE)
    return render_template(
        "lms/programme/bulk/work.html",
        found=found,
        tag=STATES[found.state],
        names=queries.known_by_name(unit(), {found.asked_by, found.started_by}),
        page=Page(listed, number, found.tally[wanted] if wanted else found.tally.total, AT_ONCE),
        pagination=pagination,
        wanted=wanted,
        shown=[each for each in SHOWN if found.tally[each]],
        fates=FATES,
        said={each: _(tag.text) for each, tag in FATES.items()},
        why=why_in(language()),
        refused=_refused(found),
        Fate=Fate,
        once=uuid4(),
        links=addresses(
            "lms.programme_desk.story",
            "person_id",
            [each.person_id for each in listed if each.person_id],
            authority=found.authority_id,
        ),
    )


@pages.post("/desk/together/<uuid:work_id>/<any(look, start, again, stop, close):doing>")
@requires(Role.COORDINATOR)
def do(work_id: UUID, doing: str) -> ResponseReturnValue:
    """Find out anew, start or go on, try again what went wrong, stop, or put away."""
    found = _own(work_id)
    try:
        _DO[doing](unit(), work_id=work_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_(_DONE[doing]), "lms_done")
    if doing == "close":
        return redirect(url_for(".works", authority=found.authority_id))
    return redirect(url_for(".work", work_id=work_id))


@pages.post("/desk/together/<uuid:work_id>/take-back")
@requires(Role.COORDINATOR)
def take_back(work_id: UUID) -> ResponseReturnValue:
    """Look who would be affected if it was taken back; that is a work of its own."""
    found = _own(work_id)
    title = _("Take back: %(what)s", what=found.title)
    try:
        new_id = services.take_back(unit(), id=_once(), work_id=work_id, title=title, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
        return redirect(url_for(".work", work_id=work_id))
    unit().commit()
    return redirect(url_for(".work", work_id=new_id))


_DO: Mapping[str, Callable[..., None]] = {
    "look": services.look_again,
    "start": services.start,
    "again": services.try_again,
    "stop": services.stop,
    "close": services.close,
}
_DONE = {
    "look": N_("The list is being made anew. You can leave this page and come back."),
    "start": N_("It is being done. You can leave this page and come back."),
    "again": N_("What went wrong is tried again. You can leave this page and come back."),
    "stop": N_("Stopped. What is done stays done. You can go on at any time."),
    "close": N_("Put away. What is done stays done."),
}


@pages.get("/desk/together/<uuid:work_id>/list.csv")
@requires(Role.COORDINATOR)
def as_sheet(work_id: UUID) -> Response:
    """The list as CSV: everybody, or only those in one state."""
    return as_csv("for-many", HEADS, _rows(_own(work_id)))


@pages.get("/desk/together/<uuid:work_id>/list.xlsx")
@requires(Role.COORDINATOR)
def as_book(work_id: UUID) -> Response:
    """The same as a spreadsheet."""
    return as_xlsx("for-many", HEADS, _rows(_own(work_id)), _("Work for many"))


def _rows(found: WorkView) -> list[list[Any]]:
    wanted, why = _wanted(), why_in(language())
    said = {each: _(tag.text) for each, tag in FATES.items()}
    return [
        [
            each.name,
            said[each.state],
            " ".join(why(each)),
            each.helper,
            str(each.person_id or ""),
            str(each.enrolment_id or ""),
        ]
        for each in queries.lines(unit(), found, [wanted] if wanted else ())
    ]


def why_in(tongue: str) -> Callable[[LineView], list[str]]:
    """Gives the sentences of why a line stands as it does, in a language."""

    def written(on: date) -> str:
        return i18n.day(on, tongue)

    def why(line: LineView) -> list[str]:
        if "kept" in line.filled:
            return outcomes.lines(line.filled["kept"], _, tongue, written)
        if not line.why:
            return []
        values = {
            name: written(date.fromisoformat(value)) if name == "day" else value for name, value in line.filled.items()
        }
        text = _(line.why)
        return [text % values if values else text]

    return why


def _refused(found: WorkView) -> str:
    """Why nobody could be gathered, where too many were chosen."""
    message = found.chosen.get("refused")
    return _(message) % found.chosen.get("values", {}) if message else ""


def _wanted() -> Fate | None:
    """The state a list is narrowed to; anything that is none means all."""
    asked = request.args.get("only", "")
    return Fate(asked) if asked in set(Fate) else None


def _once() -> UUID:
    """The number of the form, so that a double tap begins one work."""
    try:
        return UUID(request.form.get("once", ""))
    except ValueError:
        return uuid4()


def _own(work_id: UUID) -> WorkView:
    """A work of an authority the viewer coordinates. Raises NotFound for any other."""
    return queries.work(unit(), work_id, viewer().authorities(Role.COORDINATOR))
