"""Files of evidence handed out to those who may see the piece, and the sizes an authority takes."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.media import queries, services
from lms.assessment.media.doors import hand_out, harmless, piece_seen
from lms.assessment.media.limits_form import LimitsForm
from lms.assessment.media.queries import FileView
from lms.assessment.media.rules import MOST_A_DAY_EVER, MOST_EVER, is_track
from lms.assessment.quality.looking import note_look
from lms.core.web.notes import flash
from lms.core.web.rooms import room
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import NotFound, Refused
from lms.people.guards import authority_for, requires, signed_in, viewer
from lms.people.rules import Role

pages = room("media", __name__)


@pages.get("/evidence/<uuid:evidence_id>/files/<int:position>")
@signed_in
def file(evidence_id: UUID, position: int) -> ResponseReturnValue:
    """A file of a piece of evidence, whole or the part a player asks for; `?save=1` to keep it."""
    piece = piece_seen(evidence_id)
    found = queries.file_at(unit(), evidence_id, position)
    rest = not request.headers.get("Range", "bytes=0-").startswith("bytes=0-")  # a player asks for it
    _note(piece, found, "file", part=rest)
    return hand_out(found, queries.bytes_of(unit(), found), save=request.args.get("save") == "1")


def _note(piece: EvidenceView, found: FileView, what: str, *, part: bool) -> None:
    """A verifier's look at a file. Its small picture and its words come with a page, so of these one a day is noted."""
    note_look(
        viewer(), enrolment_id=piece.enrolment_id, unit=piece.units[0], what=what, what_id=found.sha256, part=part
    )


@pages.get("/evidence/<uuid:evidence_id>/files/<int:position>/thumbnail")
@signed_in
def thumbnail(evidence_id: UUID, position: int) -> ResponseReturnValue:
    """The small picture of a file."""
    piece = piece_seen(evidence_id)
    found = queries.file_at(unit(), evidence_id, position)
    if found.thumbnail is None:
        raise NotFound("thumbnail")
    _note(piece, found, "thumbnail", part=True)
    return harmless(Response(house().files.get(found.thumbnail), mimetype=services.THUMBNAIL_TYPE))


@pages.get("/evidence/<uuid:evidence_id>/files/<int:position>/captions")
@signed_in
def captions(evidence_id: UUID, position: int) -> ResponseReturnValue:
    """What is said in a file, with its times, as players read it."""
    piece = piece_seen(evidence_id)
    found = queries.file_at(unit(), evidence_id, position)
    if not is_track(found.captions):
        raise NotFound("captions")
    _note(piece, found, "captions", part=True)
    return harmless(Response(found.captions, mimetype="text/vtt"))


@pages.route("/evidence-files", methods=["GET", "POST"])
@requires(Role.ADMIN)
def limits() -> ResponseReturnValue:
    """How large files of evidence may be here."""
    authority = authority_for(Role.ADMIN)
    held = queries.limits_of(unit(), authority)
    form = LimitsForm(data=vars(held))
    if form.validate_on_submit():
        try:
            services.set_limits(
                unit(), id=form.key(), authority_id=authority, limits=form.limits(), by=viewer().person_id, now=now()
            )
        except Refused as refusal:
            form.refuse(say_refusal(refusal))
        else:
            unit().commit()
            flash(_("Saved. It holds for every file that is begun from now on."), "lms_done")
            return redirect(url_for(".limits", authority=request.args.get("authority")))
    return render_template(
        "lms/assessment/media/limits.html",
        form=form,
        most={k.value: v for k, v in MOST_EVER.items()},
        day=MOST_A_DAY_EVER,
    )
