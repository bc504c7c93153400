"""A learner's own texts: all of them with their state, one with what was said of it, and a copy to keep."""

from uuid import UUID

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from lms.core.clock import london_day
from lms.core.markdown import html_of
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import Refused
from lms.learning.audiences import STUDENTS
from lms.learning.doors import beside
from lms.learning.writing import queries, services
from lms.learning.writing.forms import AgainForm
from lms.learning.writing.rules import may_write_again
from lms.people.guards import requires, viewer

pages = room("writing", __name__)

beside.activity, beside.answers = queries.activity_piece, queries.pieces_in


@pages.get("/learning/texts")
@requires(*STUDENTS)
def texts() -> ResponseReturnValue:
    """Everything one has written, with where each text stands."""
    own = viewer().person_id
    pieces, kept = queries.pieces_of(unit(), own), queries.kept_by(unit(), own)
    return render_template("lms/learning/texts.html", pieces=pieces, kept=kept)


@pages.route("/learning/texts/<uuid:work_id>", methods=["GET", "POST"])
@requires(*STUDENTS)
def text_page(work_id: UUID) -> ResponseReturnValue:
    """One text: its versions, what was said of each, and writing again when it came back."""
    piece = queries.own_piece(unit(), work_id, viewer().person_id)
    form = AgainForm(text=piece.latest.text)
    if form.validate_on_submit():
        try:
            services.write_again(unit(), work_id=work_id, text=form.text.data or "", by=viewer().person_id, now=now())
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Your new version is sent. It waits to be read."), "lms_done")
            return redirect(url_for(".text_page", work_id=work_id))
    return render_template(
        "lms/learning/text.html", piece=piece, form=form, again=may_write_again(piece.state), html_of=html_of
    )


@pages.post("/learning/texts/<uuid:work_id>/take-back")
@requires(*STUDENTS)
def take_back(work_id: UUID) -> ResponseReturnValue:
    """Have a text back that nobody has read."""
    try:
        services.take_back(unit(), work_id=work_id, by=viewer().person_id, now=now())
    except Refused as refusal:
        flash(say_refusal(refusal), "lms_note")
    else:
        unit().commit()
        flash(_("You have your text back. Nobody else can open it now."), "lms_done")
    return redirect(url_for(".text_page", work_id=work_id))


@pages.get("/learning/texts.html")
@requires(*STUDENTS)
def texts_as_page() -> ResponseReturnValue:
    """A copy of everything one has written, as one page to keep."""
    return _copy("lms/learning/texts_copy.html", "text/html; charset=utf-8", "html")


@pages.get("/learning/texts.txt")
@requires(*STUDENTS)
def texts_as_text() -> ResponseReturnValue:
    """The same as plain text."""
    return _copy("lms/learning/texts_plain.html", "text/plain; charset=utf-8", "txt")


def _copy(template: str, media_type: str, ending: str) -> Response:
    own = viewer().person_id
    pieces, kept = queries.pieces_of(unit(), own), queries.kept_by(unit(), own)
    answer = make_response(render_template(template, pieces=pieces, kept=kept, on=london_day(now())))
    answer.headers["Content-Type"] = media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="palms-texts-{london_day(now())}.{ending}"'
    return answer
