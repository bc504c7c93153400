"""What goes on paper, made of a learner's module: a page for the browser's own printing, and the same as a PDF."""

import base64
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import render_template

from lms.core.fonts import FAMILY
from lms.core.shelves import shelf
from lms.core.web.state import house, now, unit
from lms.core.web.texts import _, language
from lms.core.words import NotFound
from lms.learning import checks
from lms.learning.catalogue import Courses, Module
from lms.learning.media_views import picture_url
from lms.learning.paper import queries, services
from lms.learning.paper.queries import SheetView
from lms.learning.paper.sheets import OnPaper, on_paper
from lms.learning.paper.text_html import on_page, paper_address
from lms.learning.queries import EnrolmentView
from lms.learning.shelf.glossary import Glossary
from lms.people import queries as people
from lms.people.rules import Nation

_PICTURE = re.compile(
    r'src="(?P<of>pictures|questions)/(?:(?P<home>[^/"]+)/(?P<edition>[^/"]+)/)?(?P<name>[a-z0-9.-]+)"'
)
"""A picture of a lesson, perhaps of one that another module teaches, or of a question of the check."""

_FONTS = re.compile(rb'font-family="[^"]*"')


class Part(StrEnum):
    """What is printed: the whole module with the learner's check, or the check alone."""

    WORKBOOK = "workbook"
    CHECK = "check"


@dataclass(frozen=True)
class Workbook:
    """A module of one enrolment on its way to paper. `sheet` is there when the learner's open check is on paper."""

    enrolment: EnrolmentView
    module: Module
    nation: Nation
    part: Part
    sheet: SheetView | None
    questions: tuple[OnPaper, ...]
    asked_from: Module

    @property
    def title(self) -> str:
        """What the document is called; it names nobody."""
        title = self.module.title.text(language())
        if self.part is Part.CHECK and self.sheet:
            return _("%(module)s: knowledge check %(number)s", module=title, number=self.sheet.number)
        return _("%(module)s: workbook", module=title)

    def page(self, back: str) -> str:
        """The page for the browser, which prints it; `back` is where it came from."""
        html = render_template("lms/learning/paper/workbook.html", back=back, **self._words())
        return _PICTURE.sub(lambda found: f'src="{picture_url(self._holder(found), found["name"])}"', html)

    def html(self) -> str:
        """The page for the PDF, with everything it needs inside it. The same for the same content."""
        html = render_template("lms/learning/paper/workbook_pdf.html", family=FAMILY, **self._words())
        return _PICTURE.sub(lambda found: f'src="{self._inlined(found)}"', html)

    def _holder(self, found: re.Match[str]) -> Module:
        """The module that has a picture; a check may have been begun in an earlier edition."""
        if found["home"] is not None:
            return shelf(unit(), Courses).edition(found["home"], found["edition"])
        return self.asked_from if found["of"] == "questions" else self.module

    def _inlined(self, found: re.Match[str]) -> str:
        picture = self._holder(found).picture(found["name"])
        content = picture.content
        if picture.media_type == "image/svg+xml":  # a drawing names the letters of a screen; on paper it has ours
            content = _FONTS.sub(f'font-family="{FAMILY}"'.encode(), content)
        return f"data:{picture.media_type};base64,{base64.b64encode(content).decode()}"

    def _words(self) -> dict[str, Any]:
        return {
            "book": self,
            "module": self.module,
            "texts": [lesson.in_(language()) for lesson in self.module.lessons],
            "glossary": shelf(unit(), Glossary),
            "on_page": on_page,
            "paper_address": paper_address,
        }


def workbook(enrolment: EnrolmentView, module: str, part: str) -> Workbook:
    """A module of an enrolment for paper. Whoever calls has seen that the viewer may. Raises NotFound."""
    if part not in set(Part):
        raise NotFound("part")
    taught = shelf(unit(), Courses).module_in(enrolment.course, module, enrolment.editions.get(module))
    sheet = queries.open_sheets(unit(), enrolment.id).get(module)
    if sheet is None and part == Part.CHECK:
        raise NotFound("sheet")
    attempt = checks.own_attempt(unit(), sheet.attempt_id, enrolment.learner_id) if sheet else None
    return Workbook(
        enrolment=enrolment,
        module=taught,
        nation=people.organisation(unit(), enrolment.authority_id).nation,
        part=Part(part),
        sheet=sheet,
        questions=on_paper(attempt) if attempt else (),
        asked_from=attempt.module if attempt else taught,
    )


def digest_of(html: str) -> str:
    """The name under which a page is printed."""
    return hashlib.sha256(html.encode()).hexdigest()


def ask(book: Workbook) -> None:
    """Have the PDF made, unless it is there or on its way."""
    html = book.html()
    services.ask_for_print(unit(), digest=digest_of(html), html=html, title=book.title, language=language(), now=now())


def pdf(book: Workbook) -> bytes | None:
    """The PDF, when it is made."""
    found = queries.print_of(unit(), digest_of(book.html()))
    return house().files.get(found.pdf) if found and found.pdf else None


def is_asked(book: Workbook) -> bool:
    """Whether the PDF is on its way."""
    return queries.print_of(unit(), digest_of(book.html())) is not None
