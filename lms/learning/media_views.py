"""Pictures and recordings of modules, for anybody who is signed in."""

from io import BytesIO

from flask import Response, request, send_file, url_for
from flask.typing import ResponseReturnValue

from lms.core.words import NotFound
from lms.learning.catalogue import Module
from lms.learning.doors import courses, pages
from lms.learning.shelf.recordings import RecordingKind
from lms.people.guards import signed_in

KEPT, ASKED_AGAIN = "private, max-age=31536000, immutable", "private, max-age=3600"
"""Where the address carries what tells contents apart, a browser need never ask again. Nobody in between keeps it."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing opened by itself runs nothing, reaches nothing and belongs to no site; it may only colour itself."""


@pages.get("/learning/pictures/<module>/<edition>/<name>")
@signed_in
def picture(module: str, edition: str, name: str) -> ResponseReturnValue:
    """A picture of a module in just this edition."""
    found = _module(module, edition).picture(name)
    answer = send_file(BytesIO(found.content), mimetype=found.media_type, etag=found.digest, max_age=0)
    return _guarded(answer)


@pages.get("/learning/recordings/<module>/<edition>/<name>")
@signed_in
def recording(module: str, edition: str, name: str) -> ResponseReturnValue:
    """A recording or its captions; a browser may ask for a part of it, to go back and forth."""
    found = _module(module, edition)
    file = found.recording(name)
    answer = send_file(file.path, mimetype=file.media_type(_kind(found, name)), conditional=True)
    return _guarded(answer)


def picture_url(module: Module, name: str) -> str:
    """The address of a picture; it changes when the picture does."""
    digest = module.picture(name).digest
    return url_for("lms.learning.picture", module=module.code, edition=module.edition, name=name, v=digest)


def recording_url(module: Module, name: str) -> str:
    """The address of a recording; it changes when its size does."""
    size = module.recording(name).size
    return url_for("lms.learning.recording", module=module.code, edition=module.edition, name=name, v=size)


def _module(code: str, edition: str) -> Module:
    shelf = courses()
    if not shelf.has(code, edition):
        raise NotFound("module")
    return shelf.edition(code, edition)


def _kind(module: Module, name: str) -> RecordingKind | None:
    for lesson in module.lessons:
        for text in filter(None, (lesson.english, lesson.welsh)):
            for each in text.recordings:
                if each.file == name:
                    return each.kind
    return None


def _guarded(answer: Response) -> Response:
    answer.headers["Cache-Control"] = KEPT if "v" in request.args else ASKED_AGAIN
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = "inline"
    return answer
