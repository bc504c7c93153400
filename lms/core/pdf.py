"""A page of HTML as PDF bytes: set by xhtml2pdf, described by pikepdf. The same page always gives the same bytes."""

from datetime import datetime
from io import BytesIO

from lms.core import fonts

AUTHOR = "PALMS"

# What a browser takes for granted and our pages rely on; a tenth of xhtml2pdf's own sheet, which is parsed each time.
_BASE = """
html, body, div, p, h1, h2, h3, h4, ul, ol, li, table, blockquote { display: block }
html, body, div, p, h1, h2, h3, h4, ul, ol, table, blockquote { margin: 0; padding: 0 }
h1, h2, h3, h4, th, strong, b { font-weight: bold }
em, i { font-style: italic }
"""


class CannotPrint(Exception):  # noqa: N818  says what is the matter
    """xhtml2pdf found mistakes in a page; they are named."""


def printed(page: str, *, title: str, language: str, at: datetime) -> bytes:
    """The PDF of a page. `title`, `language` and `at` go into its properties, which name nobody. Raises CannotPrint."""
    from pikepdf import Dictionary, Pdf  # noqa: PLC0415  both are heavy, and only the worker prints

    with Pdf.open(BytesIO(_set(page))) as pdf:
        stamp = at.strftime("D:%Y%m%d%H%M%SZ")
        pdf.trailer.Info = Dictionary(Title=title, Author=AUTHOR, Producer=AUTHOR, CreationDate=stamp, ModDate=stamp)
        pdf.Root.Lang = language
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta.load_from_docinfo(pdf.docinfo)
            meta["dc:language"] = {language}
        del pdf.trailer.ID  # made of the clock; the one that takes its place is made of the content
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _set(page: str) -> bytes:
    from xhtml2pdf.config.resources import ResourceAccessPolicy  # noqa: PLC0415
    from xhtml2pdf.document import pisaDocument  # noqa: PLC0415

    fonts.register()
    if "data:image/svg+xml" in page:
        fonts.register_for_drawings()
    out = BytesIO()
    # A page from a pack reads no file and no address: the policy names no folder and allows no network.
    policy = ResourceAccessPolicy.server(None, allow_remote=False)
    source = BytesIO(page.encode())  # text of its own it would write to a file on disk when it is long
    result = pisaDocument(source, out, default_css=_BASE, encoding="utf-8", resource_policy=policy)
    if result.err or result.warn:
        raise CannotPrint("; ".join(message for _kind, _line, message, _where in result.log)[:500])
    return out.getvalue()
