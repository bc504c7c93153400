"""A progress log as a PDF: asked for, made by the worker, kept under the digest of its page."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from lms.assessment.content import Framework
from lms.assessment.knowledge.logs import log_rows
from lms.assessment.knowledge.models import LogPrint
from lms.assessment.knowledge.pieces import tell
from lms.assessment.knowledge.printing import PRINT
from lms.assessment.knowledge.queries import KnowledgeProgress, UnitProgress
from lms.core.db import Db, add_once
from lms.core.fonts import FAMILY
from lms.core.letters import drawable
from lms.core.uploads import PDF
from lms.core.web.state import house, now, today, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.core.work import later


@dataclass(frozen=True)
class Log:
    """A progress log on its way to paper, of one standard or of all."""

    progress: KnowledgeProgress
    units: Sequence[UnitProgress]
    learner_id: UUID
    name: str
    on: date
    whole: bool

    @property
    def framework(self) -> Framework:
        """The edition it is about."""
        return self.progress.framework

    @property
    def title(self) -> str:
        """What the document is called; it names nobody."""
        edition = self.framework.edition
        if self.whole:
            return _("Knowledge progress log, %(edition)s edition", edition=edition)
        number = self.units[0].unit.number
        return _("Knowledge progress log, standard %(number)s, %(edition)s edition", number=number, edition=edition)

    def html(self) -> str:
        """The page for the PDF. The same all day for the same record; it says so when letters could not be printed."""
        page = self._page(lost=False)
        return page if drawable(page) == page else drawable(self._page(lost=True))

    def _page(self, *, lost: bool) -> str:
        return render_template(
            "lms/assessment/knowledge/log_pdf.html", family=FAMILY, log=self, rows_of=log_rows, tell=tell, lost=lost
        )


def log_of(progress: KnowledgeProgress, unit_code: str | None, *, learner_id: UUID, name: str) -> Log:
    """The log of a standard, or of all (None), of a learner whose name is known. Raises NotFound."""
    units = [each for each in progress.units if unit_code in (None, each.unit.code)]
    if not units:
        raise NotFound("unit")
    return Log(progress, units, learner_id, name, today(), whole=unit_code is None)


def pdf_answer(log: Log, back: str) -> ResponseReturnValue:
    """A PDF that is made, or a page that says how far it is. A POST asks for it to be made."""
    here = url_for(request.endpoint or "", **(request.view_args or {}))
    html = log.html()
    # Two people of one name may have pages alike: each has a print of their own, which goes when they go.
    digest = hashlib.sha256(f"{log.learner_id}\n{html}".encode()).hexdigest()
    if request.method == "POST":
        ask(unit(), log, html=html, digest=digest, language=language(), now=now())
        unit().commit()
        return redirect(here)
    row = unit().scalar(select(LogPrint).where(LogPrint.digest == digest))
    if row is None or row.pdf is None:
        said = {"title": log.title, "back": back, "back_to": _("Progress log")}
        return render_template("lms/core/being_made.html", **said, asked=row is not None, here=here)
    response = Response(house().files.get(row.pdf), mimetype=PDF)
    part = "all" if log.whole else log.units[0].unit.code
    response.headers["Content-Disposition"] = f'inline; filename="{log.framework.code}-{part}-log.pdf"'
    return response


class Printable(Protocol):
    """What can be printed for a learner: a title that names nobody."""

    @property
    def learner_id(self) -> UUID:
        """Whose it is."""

    @property
    def title(self) -> str:
        """What the document is called."""


def printed_log(db: Db, digest: str) -> tuple[bool, str | None]:
    """Whether a page was asked for, and the digest of its PDF once it is made."""
    row = db.scalar(select(LogPrint).where(LogPrint.digest == digest))
    return row is not None, row.pdf if row else None


def ask(db: Db, log: Printable, *, html: str, digest: str, language: str, now: datetime) -> None:
    """Have a page printed, unless it is printed or on its way."""
    row = LogPrint(
        digest=digest,
        learner_id=log.learner_id,
        html=html,
        title=log.title,
        language=language,
        asked_at=now,
        pdf=None,
    )
    if add_once(db, row):
        later(db, PRINT, digest, now=now)
