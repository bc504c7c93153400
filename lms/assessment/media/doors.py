"""Who may hand files in and who may see them, and how their bytes go out."""

from collections.abc import Iterable
from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.http import parse_range_header

from lms.assessment.evidence import queries as evidence
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.media.queries import FileView
from lms.assessment.media.rules import FileKind
from lms.assessment.media.services import Keeping
from lms.core.web.state import house, today, unit
from lms.core.words import NotFound
from lms.people.guards import viewer

_FOR = 7 * 24 * 3600
"""Seconds that a page with a form may stay open and still take files."""

ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "video/webm": "webm",
}
"""Every type that is handed out, and how such a file is called when it is saved. There are no others."""


def keeping() -> Keeping:
    """Where this site keeps files: what `media.services.attach` needs."""
    return Keeping.of(house())


def note_for(authority_id: UUID) -> str:
    """A signed note that this viewer may hand in files for an authority: whoever shows them a form has asked."""
    return _notes().dumps(str(authority_id))


def authority_of(note: str) -> UUID:
    """The authority of a note that was made for this viewer. Raises NotFound for any other."""
    try:
        return UUID(_notes().loads(note, max_age=_FOR))
    except (BadSignature, ValueError, TypeError) as wrong:
        raise NotFound("authority") from wrong


def _notes() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"lms-files-{viewer().person_id}")


def piece_seen(evidence_id: UUID) -> EvidenceView:
    """A piece of evidence that this viewer may see, which is then true of its files. NotFound otherwise."""
    piece = evidence.piece(unit(), evidence_id)
    if not evidence.may_see(unit(), viewer(), piece, today()):
        raise NotFound("evidence")
    return piece


def hand_out(file: FileView, size: int, *, save: bool) -> Response:
    """A file's bytes, or the part a player asks for; to be saved where that is wished, and documents always."""
    if file.media_type not in ENDINGS:
        raise NotFound("file")
    start, stop, status = _asked_part(file, size)
    if status == 416:
        response = Response(status=416)
        response.headers["Content-Range"] = f"bytes */{size}"
        return response
    sent: Iterable[bytes] = () if request.method == "HEAD" else house().files.part(file.sha256, start, stop)
    response = Response(sent, status=status, mimetype=file.media_type)
    response.content_length = stop - start
    if status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.set_etag(file.sha256)
    how = "attachment" if save or file.kind is FileKind.DOCUMENT else "inline"
    name = f"evidence-{file.position}.{ENDINGS[file.media_type]}"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    return harmless(response)


def _asked_part(file: FileView, size: int) -> tuple[int, int, int]:
    """First byte, end and status. Several parts at once are answered with the whole, as HTTP allows."""
    asked = parse_range_header(request.headers.get("Range"))
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or not _is_this(file):
        return 0, size, 200
    part = asked.range_for_length(size)
    return (*part, 206) if part else (0, 0, 416)


def _is_this(file: FileView) -> bool:
    named = request.headers.get("If-Range")
    return named is None or named == f'"{file.sha256}"'


def harmless(response: Response) -> Response:
    """An answer with a file in it: of its fixed type, and in a box of its own if it is opened by itself."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
