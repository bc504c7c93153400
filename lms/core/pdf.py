"""A page of HTML as PDF bytes: set by xhtml2pdf, tagged and described by pikepdf. The same page, the same bytes."""

from datetime import datetime
from io import BytesIO

from lms.core import fonts

AUTHOR = "PALMS"
VERSION = "1.7"  # ISO 32000-1: tags and seals as they are written here

# What a browser takes for granted and our pages rely on; a tenth of xhtml2pdf's own sheet, which is parsed each time.
_BASE = """
html, body, div, p, h1, h2, h3, h4, ul, ol, li, table, blockquote { display: block }
html, body, div, p, h1, h2, h3, h4, ul, ol, table, blockquote { margin: 0; padding: 0 }
h1, h2, h3, h4, th, strong, b { font-weight: bold }
em, i { font-style: italic }
"""


def printed(page: str, *, title: str, language: str, at: datetime) -> bytes:
    """The PDF of a page. `title`, `language` and `at` go into its properties, which name nobody. Raises CannotPrint."""
    from pikepdf import Dictionary, Pdf  # noqa: PLC0415  both are heavy, and only the worker prints

    from lms.core import tagged, tags  # noqa: PLC0415

    fonts.register()
    if "data:image/svg+xml" in page:
        fonts.register_for_drawings()
    told = tagged.Told()
    with Pdf.open(BytesIO(tagged.set_page(page, style=_BASE, told=told))) as pdf:
        tags.tag(pdf, told)
        stamp = at.strftime("D:%Y%m%d%H%M%SZ")
        pdf.trailer.Info = Dictionary(Title=title, Author=AUTHOR, Producer=AUTHOR, CreationDate=stamp, ModDate=stamp)
        pdf.Root.Lang = language
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta.load_from_docinfo(pdf.docinfo)
            meta["dc:language"] = {language}
        del pdf.trailer.ID  # made of the clock; the one that takes its place is made of the content
        out = BytesIO()
        # What is large is compressed already; to look for more takes most of the time of saving, and finds nothing.
        pdf.save(out, deterministic_id=True, min_version=VERSION, compress_streams=False)
    return out.getvalue()
