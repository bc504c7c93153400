"""The lines desk: what is not certain about published frameworks, looked up line by line in the official documents."""

from typing import Any
from uuid import UUID

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.assessment.content import Framework, Frameworks, Line
from lms.assessment.lines import pack, queries, services
from lms.assessment.lines.forms import CorrectForm, WhereForm
from lms.assessment.lines.labels import KINDS, LOOKED, SIMULATION, SOURCES, WHY
from lms.assessment.lines.rules import counts, simulated, why_look_up
from lms.core.shelves import shelf
from lms.core.web.notes import flash
from lms.core.web.pages import Page, page_number, pagination
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import authority_for, requires, viewer
from lms.people.rules import Role

pages = room("lines", __name__)

LINES_ON_A_PAGE = 20
SHOWN = ("to-look-up", "looked-up", "all")


def _held() -> Frameworks:
    return queries.frameworks_for(unit(), authority_for(Role.ADMIN))


def _standards(code: str) -> Framework:
    """A published set of standards: our own frameworks have nothing to be looked up. Raises NotFound."""
    found = _held().framework(code)
    if not found.is_standards:
        raise NotFound("framework")
    return found


def _labels() -> dict[str, Any]:
    return {
        "kinds": KINDS,
        "sources": SOURCES,
        "simulation": SIMULATION,
        "looked": LOOKED,
        "why": WHY,
        "simulated": simulated,
        "why_look_up": why_look_up,
    }


@pages.get("/frameworks")
@requires(Role.ADMIN)
def frameworks() -> ResponseReturnValue:
    """Every published framework: how much of it is certain, and what was looked up."""
    editions = [(framework, counts(framework.lines.values())) for framework in _held().standards()]
    exported = queries.any_looked_up(unit(), authority_for(Role.ADMIN))
    sections = list(shelf(unit(), Frameworks).sections.values())
    return render_template(
        "lms/assessment/lines/frameworks.html", editions=editions, exported=exported, sections=sections
    )


@pages.get("/frameworks/corrections.zip")
@requires(Role.ADMIN)
def corrections() -> Response:
    """What this authority looked up, as a content pack."""
    name, content = pack.corrections_pack(unit(), authority_for(Role.ADMIN))
    answer = make_response(content)
    answer.mimetype = "application/zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.get("/frameworks/<framework>")
@requires(Role.ADMIN)
def framework(framework: str) -> ResponseReturnValue:
    """The lines of a framework: those to look up, those that were, or all; of every standard or of one."""
    found, number = _standards(framework), page_number()
    show = request.args.get("show") if request.args.get("show") in SHOWN else SHOWN[0]
    standard = next((each for each in found.units if each.code == request.args.get("standard")), None)
    lines = [line for line in (standard.lines if standard else found.lines.values()) if _is_shown(line, str(show))]
    start = (number - 1) * LINES_ON_A_PAGE
    return render_template(
        "lms/assessment/lines/framework.html",
        framework=found,
        counted=counts(found.lines.values()),
        page=Page(lines[start : start + LINES_ON_A_PAGE], number, len(lines), LINES_ON_A_PAGE),
        pagination=pagination,
        show=show,
        standard=standard,
        **_labels(),
    )


def _is_shown(line: Line, show: str) -> bool:
    if show == "looked-up":
        return bool(line.standing)
    return show == "all" or bool(why_look_up(line))


@pages.route("/frameworks/<framework>/lines/<key>", methods=["GET", "POST"])
@requires(Role.ADMIN)
def line(framework: str, key: str) -> ResponseReturnValue:
    """One line with what is not certain about it and its history; confirming it says that it stands as it is."""
    found, form = _standards(framework), WhereForm()
    shown = found.line(key)
    if form.validate_on_submit():
        try:
            services.confirm_line(
                unit(),
                check_id=form.key(),
                authority_id=authority_for(Role.ADMIN),
                framework=framework,
                key=key,
                place=form.place(),
                by=viewer().person_id,
                now=now(),
                seen=form.seen.data or "",
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            return _done(framework, key, _("Confirmed. The line stands as it is."))
    form.look_at(shown)
    return render_template(
        "lms/assessment/lines/line.html",
        framework=found,
        standard=found.unit(shown.unit),
        line=shown,
        form=form,
        history=_history(authority_for(Role.ADMIN), found, key),
        following=_next_to_look_up(found, key),
        **_labels(),
    )


def _next_to_look_up(found: Framework, key: str) -> Line | None:
    """The next line that is not certain, after this one, or from the beginning."""
    keys = list(found.lines)
    here = keys.index(key)
    around = (found.lines[each] for each in (*keys[here + 1 :], *keys[:here]))
    return next((each for each in around if why_look_up(each)), None)


def _history(authority_id: UUID, found: Framework, key: str) -> Any:
    return queries.history(unit(), authority_id, framework=found.code, edition=found.edition, key=key)


@pages.route("/frameworks/<framework>/lines/<key>/correct", methods=["GET", "POST"])
@requires(Role.ADMIN)
def correct(framework: str, key: str) -> ResponseReturnValue:
    """Correct a line by the official document, in our own words."""
    found, form = _standards(framework), CorrectForm()
    shown = found.line(key)
    if request.method == "GET":
        form.fill(shown)
    if form.validate_on_submit():
        try:
            services.correct_line(
                unit(),
                check_id=form.key(),
                authority_id=authority_for(Role.ADMIN),
                framework=framework,
                key=key,
                said=form.said(shown),
                place=form.place(),
                by=viewer().person_id,
                now=now(),
                seen=form.seen.data or "",
            )
        except Refused as refusal:
            unit().rollback()
            form.refuse(say_refusal(refusal))
        else:
            return _done(framework, key, _("Corrected. It holds for your authority from now on."))
    form.look_at(shown)
    return render_template(
        "lms/assessment/lines/correct.html",
        framework=found,
        standard=found.unit(shown.unit),
        line=shown,
        form=form,
        **_labels(),
    )


def _done(framework: str, key: str, sentence: str) -> Response:
    unit().commit()
    flash(sentence, "lms_done")
    return redirect(url_for(".line", framework=framework, key=key))
