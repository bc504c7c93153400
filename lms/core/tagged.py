"""Sets a page of HTML with xhtml2pdf and notes, while it draws, what each piece of it is: heading, paragraph, picture.

xhtml2pdf writes no tags, and neither does ReportLab below it (docs/decisions/0014). Three small places are enough:
the context is told of every element that opens and closes, so a paragraph knows the elements it stands in; a paragraph
puts a numbered mark around what it draws; and whatever else is drawn, such as a coloured band, is marked as decoration.
`lms.core.tags` makes the tree of these marks.
"""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.tables import CellStyle
from xhtml2pdf import document
from xhtml2pdf.config.resources import ResourceAccessPolicy, render_budget, use_policy
from xhtml2pdf.context import pisaContext
from xhtml2pdf.default import DEFAULT_PAGE_NAME
from xhtml2pdf.files import cleanFiles
from xhtml2pdf.util import getBox, reset_caches
from xhtml2pdf.xhtml2pdf_reportlab import PmlBaseDoc, PmlFrame, PmlPageTemplate, PmlParagraph

from lms.core import fonts, sheets

ROLES = {
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "table": "Table",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "section": "Sect",
}
"""What an element of HTML is called in the tree of a PDF (ISO 32000-1, 14.8.4). Others are only where things stand."""

HOLDS_TEXT = frozenset({*(f"H{level}" for level in range(1, 7)), "P", "TH", "TD"})
"""What may hold words itself; words that stand in anything else get a paragraph, or the body of a list's item."""

DECORATION = -1
"""The mark of what a screen reader passes over."""

_DRAWS = "rect roundRect line lines grid drawPath circle ellipse bezier wedge arc drawImage linearGradient".split()

_LINE_ENDS = re.compile(r"(?<!\\)\)( Tj (?:[\d.]+ [\d.]+ [\d.]+ rg +)?T\*)")

_one_at_a_time = threading.RLock()


class CannotPrint(Exception):  # noqa: N818  says what is the matter
    """xhtml2pdf found mistakes in a page; they are named."""


@dataclass(frozen=True)
class Step:
    """An element on the way from the page to a piece of it; `key` tells it from others of its kind."""

    key: int
    role: str
    language: str


@dataclass(frozen=True)
class Piece:
    """A paragraph or a picture: the elements it stands in, the last of which it is. `alt` is a picture's, else None."""

    path: tuple[Step, ...]
    alt: str | None


@dataclass
class Told:
    """What was noted of one document.

    `pieces` in the order of the page's source, which is the order in which it is read; `marks` are (page from 0, number
    on that page, index into `pieces`) in the order in which they were drawn.
    """

    pieces: list[Piece] = field(default_factory=list)
    marks: list[tuple[int, int, int]] = field(default_factory=list)


def set_page(page: str, *, style: str, told: Told) -> bytes:
    """The PDF of a page, and in `told` what was drawn. `style` is what a browser takes for granted.

    It reads no file and no address, and is bounded in size, depth and time. Raises CannotPrint.
    """
    # A page from a pack reads no file and no address: the policy names no folder and allows no network.
    policy = ResourceAccessPolicy.server(None, allow_remote=False)
    # ReportLab keeps fonts and what it measured for the whole process, so one page is set at a time.
    with _one_at_a_time, use_policy(policy), render_budget(policy):
        as_letters, rl_config.useA85 = rl_config.useA85, 0  # pictures as letters take a quarter more room, and long
        # A table names its cells' own font, used or not, and that one would not travel with the document.
        of_cells, CellStyle.fontname = CellStyle.fontname, fonts.REGULAR
        try:
            return _set(page, style, policy, told)
        finally:
            rl_config.useA85, CellStyle.fontname = as_letters, of_cells
            cleanFiles()
            reset_caches()


def _set(page: str, style: str, policy: ResourceAccessPolicy, told: Told) -> bytes:
    context = _Context(told)
    source = BytesIO(page.encode())  # text of its own it would write to a file on disk when it is long
    document.pisaStory(source, default_css=style, encoding="utf-8", context=context, resource_policy=policy)
    out = BytesIO()
    # Without a font to begin with ReportLab names one that does not travel with the document, used or not.
    font = fonts.REGULAR
    doc = _Doc(out, pagesize=context.pageSize, allowSplitting=1, lang=context.lang_tag or None, initialFontName=font)
    templates = context.templateList
    declared = DEFAULT_PAGE_NAME in templates
    pages = [templates.pop(DEFAULT_PAGE_NAME) if declared else _plain_page(context.pageSize), *templates.values()]
    if context.pageCanvasBackground is not None:
        for template in pages:
            template.canvasBackground = context.pageCanvasBackground
    doc.addPageTemplates(pages)
    doc.pisaPositioned = context.positioned
    document.start_on_leading_template(doc, pages, context.story, declared_body=declared)
    build = doc.multiBuild if context.multiBuild else doc.build
    doc.told = told
    build(context.story)
    if context.err or context.warn:
        raise CannotPrint("; ".join(message for _kind, _line, message, _where in context.log)[:500])
    return out.getvalue()


def _plain_page(size: tuple[float, float]) -> PmlPageTemplate:
    """A page with margins of a centimetre, for a document that names none."""
    x, y, width, height = getBox("1cm 1cm -1cm -1cm", size)
    paddings = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
    return PmlPageTemplate(id="body", frames=[PmlFrame(x, y, width, height, id="body", **paddings)], pagesize=size)


class _Context(pisaContext):  # type: ignore[misc]  # xhtml2pdf has no types
    """xhtml2pdf's memory of one document, which also remembers the elements that are open."""

    cssSources: list[tuple[str, str]]  # noqa: N815  xhtml2pdf's name: the style sheets, each with its own

    def __init__(self, told: Told) -> None:
        super().__init__("")
        self._told = told
        self._open: list[Any] = []
        self._alts: list[str] = []
        self._kept: str | None = None

    def parseCSS(self) -> None:  # noqa: N802  xhtml2pdf's name: all style sheets are there
        """Let what the only one of them says of pages be read apart from its rules."""
        if len(self.cssSources) == 1:
            ((sheet, name),) = self.cssSources
            if (parts := sheets.apart(sheet)) is not None:
                self._kept = parts[1]
                self.cssSources = [(part, name) for part in parts]
        super().parseCSS()

    def _parseCSSSource(self, text: str, name: str) -> Any:  # noqa: N802  xhtml2pdf's name
        """Read one, unless it was read for an earlier document."""
        read = super()._parseCSSSource
        if text in {self._kept, self.cssDefaultText}:
            return sheets.kept(text, lambda rules: read(rules, name))
        return read(text, name)

    def pushFrag(self) -> None:  # noqa: N802  xhtml2pdf's name: an element opens
        """Note the element."""
        super().pushFrag()
        self._open.append(self.node)
        if self.node is not None and self.node.tagName == "img":
            self._alts.append(self.node.getAttribute("alt").strip())

    def pullFrag(self) -> None:  # noqa: N802  xhtml2pdf's name: an element closes
        """Forget the element."""
        super().pullFrag()
        self._open.pop()

    def dumpPara(self, _frags: Any, style: Any) -> None:  # noqa: N802  xhtml2pdf's name: a paragraph is about to be made
        """Note what it is, and leave its number where it stays however the paragraph is split or copied."""
        style.lms_piece = DECORATION
        picture, words = bool(self._alts), bool(self.text.strip())
        if (words or any(self._alts)) and not self.frag.insideStaticFrame:
            style.lms_piece = number = len(self._told.pieces)
            alt = " ".join(filter(None, self._alts)) if picture and not words else None
            self._told.pieces.append(Piece(_path(self._open, number, picture=alt is not None), alt))
        self._alts = []

    def addStory(self, data: Any) -> None:  # noqa: N802  xhtml2pdf's name
        """Let its paragraphs be ours, which differ only in what they write around what they draw."""
        if type(data) is PmlParagraph:
            data.__class__ = _Paragraph
        super().addStory(data)


def _path(opened: list[Any], number: int, *, picture: bool) -> tuple[Step, ...]:
    """The way to a piece; what it needs at its end that is no element of the page is told apart by its `number`."""
    steps: list[Step] = []
    own = -1 - number
    for node in opened:
        role, language = ROLES.get(node.tagName), node.getAttribute("lang")
        if node.tagName in {"html", "body"} or (steps and steps[-1].key == id(node)):
            continue  # the whole document has its language already
        if role is None and language:
            role = "Sect"
        if role is not None:
            steps.append(Step(id(node), role, language))
    if picture:
        # It is a thing of its own, not words: the paragraph that only holds it gives way.
        return (*(step for step in steps if step.role not in HOLDS_TEXT - {"TD", "TH"}), Step(own, "Figure", ""))
    if steps and steps[-1].role in HOLDS_TEXT:
        return tuple(steps)
    return (*steps, Step(own, "LBody" if steps and steps[-1].role == "LI" else "P", ""))


class _Doc(PmlBaseDoc):  # type: ignore[misc]  # xhtml2pdf has no types
    """A document that is drawn on our canvas."""

    told: Told

    def _makeCanvas(self, filename: Any = None, canvasmaker: Any = None) -> Any:  # noqa: N802  xhtml2pdf's name
        canvas = super()._makeCanvas(filename, _Canvas)
        canvas.told = self.told
        return canvas


class _Paragraph(PmlParagraph):  # type: ignore[misc]  # xhtml2pdf has no types
    """A paragraph that says which piece it is."""

    def draw(self) -> None:
        """Draw it between its mark and the mark's end."""
        self.canv.begin_piece(self.style.lms_piece)
        super().draw()
        self.canv.end_piece()


def _as_decoration(draw: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(draw)
    def drawn(canvas: "_Canvas", *given: Any, **named: Any) -> Any:
        canvas.begin_piece(DECORATION)
        try:
            return draw(canvas, *given, **named)
        finally:
            canvas.end_piece()

    return drawn


class _Canvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas on which everything is marked: the pieces of the page with their numbers, the rest as decoration."""

    told: Told

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._depth = 0
        self._numbers: dict[int, int] = {}

    def begin_piece(self, piece: int) -> None:
        """Open a mark, unless one is open already: what is drawn inside a piece belongs to it."""
        self._depth += 1
        if self._depth > 1:
            return
        if piece == DECORATION:
            self.addLiteral("/Artifact BMC")
            return
        page = self.getPageNumber() - 1
        number = self._numbers.get(page, 0)
        self._numbers[page] = number + 1
        self.told.marks.append((page, number, piece))
        self.addLiteral(f"/{self.told.pieces[piece].path[-1].role} <</MCID {number}>> BDC")

    def drawText(self, aTextObject: Any) -> None:  # noqa: N802, N803  ReportLab's names
        """Write a space at the end of each line: what reads aloud would otherwise join its last word to the next."""
        lines = aTextObject._code  # noqa: SLF001  ReportLab gives no other way to them
        lines[:] = [_LINE_ENDS.sub(r" )\1", " ".join(lines))]
        super().drawText(aTextObject)

    def end_piece(self) -> None:
        """Close what `begin_piece` opened."""
        self._depth -= 1
        if not self._depth:
            self.addLiteral("EMC")


for _name in _DRAWS:
    setattr(_Canvas, _name, _as_decoration(getattr(Canvas, _name)))
