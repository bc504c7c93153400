"""The assessment record as a PDF: asked for, made by the worker, kept under the digest of its page like a log."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.assessment.deciding.labels import COUNTS, STANDS, UNIT_TAGS, WITHDRAWERS, judged
from lms.assessment.evidence.labels import KIND_NAMES, PARTS, WAYS
from lms.assessment.forms import LABELS
from lms.assessment.grids.records import Record
from lms.assessment.knowledge.pieces import code_of, said
from lms.assessment.knowledge.prints import ask, printed_log
from lms.core.fonts import FAMILY
from lms.core.letters import drawable
from lms.core.uploads import PDF
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _, language


@dataclass(frozen=True)
class RecordPrint:
    """A record on its way to paper, of one unit or of all."""

    record: Record
    learner_id: UUID
    name: str
    on: date
    part: str

    @property
    def title(self) -> str:
        """What the document is called; it names nobody."""
        return _("Assessment record, %(part)s", part=self.part) if self.part else _("Assessment record")

    def html(self) -> str:
        """The page for the PDF. The same all day for the same record; it says so when letters could not be printed."""
        page = self._page(lost=False)
        return page if drawable(page) == page else drawable(self._page(lost=True))

    def _page(self, *, lost: bool) -> str:
        return render_template(
            "lms/assessment/grids/record_pdf.html",
            family=FAMILY,
            doc=self,
            record=self.record,
            lost=lost,
            code_of=code_of,
            said=said,
            stands=STANDS,
            states=UNIT_TAGS,
            judged=judged,
            counts=COUNTS,
            kinds=KIND_NAMES,
            parts=PARTS,
            ways=WAYS,
            labels=LABELS,
            withdrawers=WITHDRAWERS,
        )


def pdf_answer(doc: RecordPrint, *, here: str, back: str, back_to: str) -> ResponseReturnValue:
    """A PDF that is made, or a page that says how far it is. A POST asks for it to be made."""
    html = doc.html()
    digest = hashlib.sha256(f"{doc.learner_id}\nrecord\n{html}".encode()).hexdigest()
    if request.method == "POST":
        ask(unit(), doc, html=html, digest=digest, language=language(), now=now())
        unit().commit()
        return redirect(here)
    asked, pdf = printed_log(unit(), digest)
    if pdf is None:
        said_ = {"title": doc.title, "back": back, "back_to": back_to}
        return render_template("lms/core/being_made.html", **said_, asked=asked, here=here)
    response = Response(house().files.get(pdf), mimetype=PDF)
    response.headers["Content-Disposition"] = 'inline; filename="assessment-record.pdf"'
    return response
