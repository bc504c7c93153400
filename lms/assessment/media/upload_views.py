"""Uploads that go on where they stopped: the server's half of tus 1.0, for whoever is signed in.

Nothing here holds the database while bytes come or a file is looked at: on a bus that takes minutes.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.media import queries, services, taking, tus
from lms.assessment.media.doors import authority_of, harmless
from lms.assessment.media.halves import ChecksumWrong, Lost, NoRoom, Taken
from lms.assessment.media.labels import KINDS, length_of, size_of
from lms.assessment.media.making.made import Busy
from lms.assessment.media.queries import UploadView
from lms.assessment.media.rules import MB, MOST_EVER, FileKind, InIt
from lms.core.web.rooms import room
from lms.core.web.state import close_unit, house, now, unit
from lms.core.web.texts import _, say_refusal
from lms.core.words import N_, NotFound, Refused
from lms.people.guards import signed_in, viewer

pages = room("uploads", __name__)

LARGEST_PIECE = 8 * MB
"""Bytes of one PATCH. The browser sends less at a time, since many gates let no more than 1 MB through."""

View = TypeVar("View", bound=Callable[..., Any])


_SAID: Mapping[type[Exception], tuple[int, str]] = {
    taking.WrongOffset: (409, N_("Something else has come meanwhile. Ask how much is here, and go on from there.")),
    Taken: (423, N_("The piece before is still on its way.")),
    ChecksumWrong: (tus.CHECKSUM_MISMATCH, N_("This piece came damaged. Send it again.")),
    NoRoom: (503, N_("There is no room for this at the moment. Nothing is half kept. Try again later.")),
    Busy: (503, N_("Many files are being looked at just now. Nothing is lost. Try again in a minute.")),
}
"""What went wrong, in the protocol's own codes and in words for the person."""


def _telling(view: View) -> View:
    """Answer what the view raises with its code; the body is a sentence."""

    @wraps(view)
    def told(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except tus.BadHeader as wrong:
            return _plain(str(wrong), 400)
        except Refused as refusal:
            return _plain(say_refusal(refusal), 422)
        except Lost:
            raise NotFound("upload") from None
        except tuple(_SAID) as wrong:
            status, sentence = _SAID[type(wrong)]
            answer = _plain(_(sentence), status)
            if status == 503:
                answer.headers["Retry-After"] = "60"
            return answer

    return cast(View, told)


def _plain(sentence: str, status: int) -> Response:
    return Response(sentence, status=status, mimetype="text/plain")


@pages.after_request
def speak_tus(response: Response) -> Response:
    """Every answer names the version of the protocol; what is asked for beforehand names what can be done."""
    response.headers["Tus-Resumable"] = tus.VERSION
    if request.method == "OPTIONS":
        response.headers["Tus-Version"] = tus.VERSION
        response.headers["Tus-Extension"] = tus.EXTENSIONS
        response.headers["Tus-Max-Size"] = str(max(MOST_EVER.values()) * MB)
        response.headers["Tus-Checksum-Algorithm"] = ",".join(tus.ALGORITHMS)
    return response


def _speaks_tus() -> Response | None:
    if request.headers.get("Tus-Resumable") == tus.VERSION:
        return None
    answer = _plain("Tus-Resumable has to be 1.0.0.", 412)
    answer.headers["Tus-Version"] = tus.VERSION
    return answer


@pages.post("/evidence/uploads")
@signed_in
@_telling
def begin() -> ResponseReturnValue:
    """Begin an upload: how long it is, of what kind, and what was answered about who is in it."""
    if wrong := _speaks_tus():
        return wrong
    length, told = tus.number(request.headers.get, "Upload-Length"), tus.metadata(request.headers.get)
    upload_id = services.begin_upload(
        unit(),
        person_id=viewer().person_id,
        authority_id=authority_of(told.get("for", "")),
        length=length,
        kind=_one_of(FileKind, told.get("kind")),
        name=told.get("name", ""),
        fingerprint=told.get("fingerprint", ""),
        in_it=_one_of(InIt, told.get("in_it")),
        allowed=told.get("allowed") == "yes",
        now=now(),
    )
    taking.halves_of(house()).begin(upload_id, length)
    unit().commit()
    answer = Response(status=201)
    answer.headers["Location"] = url_for(".upload", upload_id=upload_id)
    return _with_place(answer, queries.own_upload(unit(), upload_id, viewer().person_id, now=now()))


Choice = TypeVar("Choice", FileKind, InIt)


def _one_of(kind: type[Choice], said: str | None) -> Choice | None:
    return next((each for each in kind if each.value == said), None)


@pages.get("/evidence/uploads/<uuid:upload_id>")
@signed_in
@_telling
def upload(upload_id: UUID) -> ResponseReturnValue:
    """How much of one's own upload is here, and what it is once it was looked at."""
    found = queries.own_upload(unit(), upload_id, viewer().person_id, now=now())
    if not found.looked and not taking.halves_of(house()).part(upload_id).exists():
        raise NotFound("upload")
    return _with_place(jsonify(_said_of(found)), found)


@pages.route("/evidence/uploads/<uuid:upload_id>", methods=["PATCH"])
@signed_in
@_telling
def receive(upload_id: UUID) -> ResponseReturnValue:
    """Take the next piece of one's own upload."""
    found = queries.own_upload(unit(), upload_id, viewer().person_id, now=now())
    by, moment = viewer().person_id, now()
    close_unit()
    if wrong := _speaks_tus():
        return wrong
    if request.mimetype != tus.OFFSET_BYTES:
        return _plain(f"Content-Type has to be {tus.OFFSET_BYTES}.", 415)
    offset = tus.number(request.headers.get, "Upload-Offset")
    if (request.content_length or 0) > found.length - offset:
        return _plain(_("More came than was said at the beginning."), 413)
    reached = taking.receive(
        house(),
        upload_id=upload_id,
        by=by,
        offset=offset,
        stream=request.stream,
        checksum=tus.checksum(request.headers.get),
        now=moment,
    )
    return _with_place(Response(status=204), reached)


receive.largest_post = LARGEST_PIECE  # type: ignore[attr-defined]  # a piece of a file is larger than other posts


@pages.delete("/evidence/uploads/<uuid:upload_id>")
@signed_in
@_telling
def cancel(upload_id: UUID) -> ResponseReturnValue:
    """Throw one's own upload away."""
    halves = taking.halves_of(house())
    services.cancel_upload(unit(), upload_id=upload_id, by=viewer().person_id, halves=halves, now=now())
    unit().commit()
    return Response(status=204)


@pages.post("/evidence/uploads/<uuid:upload_id>/look")
@signed_in
@_telling
def look(upload_id: UUID) -> ResponseReturnValue:
    """Have one's own whole upload looked at and made harmless; what it is, or why it is not taken."""
    by, moment = viewer().person_id, now()
    queries.own_upload(unit(), upload_id, by, now=moment)
    close_unit()
    return jsonify(_said_of(taking.look(house(), upload_id=upload_id, by=by, now=moment)))


@pages.get("/evidence/uploads/<uuid:upload_id>/thumbnail")
@signed_in
def thumbnail(upload_id: UUID) -> ResponseReturnValue:
    """The small picture of one's own upload."""
    found = queries.own_upload(unit(), upload_id, viewer().person_id, now=now())
    path = taking.halves_of(house()).thumbnail(upload_id)
    if not found.has_thumbnail or not path.exists():
        raise NotFound("thumbnail")
    return harmless(Response(path.read_bytes(), mimetype=services.THUMBNAIL_TYPE))


def _with_place(response: Response, found: UploadView) -> Response:
    response.headers["Upload-Offset"] = str(found.offset)
    response.headers["Upload-Length"] = str(found.length)
    if not found.done:
        response.headers["Upload-Expires"] = tus.moment(found.expires_at)
    return response


def _said_of(found: UploadView) -> dict[str, Any]:
    refused = _(found.refused) % {"most": found.refused_most} if found.refused else None
    state = "refused" if refused else "ready" if found.ready else "whole" if found.done else "half"
    small = url_for(".thumbnail", upload_id=found.id) if found.has_thumbnail else None
    return {
        "id": str(found.id),
        "state": state,
        "refused": refused,
        "kind": _(KINDS[found.kind]) if found.kind else None,
        "size": size_of(found.size) if found.size else None,
        "plays": length_of(found.seconds) if found.seconds else None,
        "thumbnail": small,
    }
