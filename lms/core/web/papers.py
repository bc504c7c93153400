"""A paper handed in with a form, a photo or a PDF: taken, kept over a failed try, and handed out again safely.

A browser empties the file field when a form comes back with an error. What was handed in is therefore stored at once
and remembered in the form by a signed note, which holds only for the person who handed it in.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from flask import Response, current_app
from govuk_frontend_wtf.wtforms_widgets import GovFileInput
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage
from wtforms import FileField, HiddenField

from lms.core.db import Db
from lms.core.files import list_file, media_type_of
from lms.core.uploads import ENDINGS, LARGEST, accepted
from lms.core.web.forms import OnceForm
from lms.core.web.state import house, unit
from lms.core.web.texts import _l, say_refusal
from lms.core.words import Refused

LARGEST_POST = LARGEST + 512 * 1024
"""Bytes of a post with a paper and what is typed beside it: `largest_post` of each view that takes a PaperForm."""

_REMEMBERED_FOR = 24 * 3600
"""Seconds that a paper handed in with a failed try is remembered."""


@dataclass(frozen=True)
class Paper:
    """A paper that is stored, and by what name its owner knows it."""

    digest: str
    size: int
    media_type: str
    name: str

    def keep(self, db: Db, *, now: datetime) -> str:
        """Write its row, with the record that needs it; returns the digest."""
        list_file(db, self.digest, size=self.size, media_type=self.media_type, now=now)
        return self.digest


class PaperForm(OnceForm):
    """A form with which a paper is handed in. The template shows `kept` as a hidden field and names `handed_in`."""

    paper = FileField(
        _l("A photo or PDF of the paper"),
        widget=GovFileInput(),
        render_kw={"accept": "image/jpeg,image/png,application/pdf"},
        description=_l("JPEG, PNG or PDF, at most 10 MB. Take a photo in good light, with all four corners in it."),
    )
    kept = HiddenField()

    handed_in: Paper | None = None

    def take_paper(self, owner: UUID) -> Paper | None:
        """The paper chosen now, or with an earlier try; when it cannot be kept, an error at the field."""
        chosen = self.paper.data
        if isinstance(chosen, FileStorage) and chosen.filename:
            try:
                upload = accepted(chosen.stream.read(LARGEST + 1))
            except Refused as refusal:
                self.paper.errors = [say_refusal(refusal)]
                return None
            digest = house().files.put(upload.data)
            self.handed_in = Paper(digest, len(upload.data), upload.media_type, str(chosen.filename)[-80:])
        else:
            self.handed_in = _remembered(self.kept.data or "", owner)
        self.kept.data = _notes(owner).dumps(asdict(self.handed_in)) if self.handed_in else ""
        return self.handed_in


def _notes(owner: UUID) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"lms-paper-{owner}")


def _remembered(note: str, owner: UUID) -> Paper | None:
    try:
        return Paper(**_notes(owner).loads(note, max_age=_REMEMBERED_FOR))
    except (BadSignature, TypeError):
        return None


def download(digest: str, name: str) -> Response:
    """A paper as a file to save: never shown in the page, of a fixed type, in a box of its own if opened after all."""
    media_type = media_type_of(unit(), digest)
    response = Response(house().files.get(digest), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ENDINGS[media_type]}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
