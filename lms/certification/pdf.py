"""A filled design as PDF bytes: the address and its code put in, set by xhtml2pdf, described by pikepdf."""

from datetime import datetime
from functools import lru_cache
from html import escape
from io import BytesIO

import segno

from lms.certification import designs, letters
from lms.certification.numbers import PREFIX

AUTHOR = "PALMS"

# What a browser takes for granted and our designs rely on; a tenth of xhtml2pdf's own sheet, which is parsed each time.
_BASE = """
html, body, div, p, h1, h2, h3, ul, ol, li, table { display: block }
html, body, div, p, h1, h2, h3, ul, ol, table { margin: 0; padding: 0 }
h1, h2, h3, th, strong, b { font-weight: bold }
em, i { font-style: italic }
"""


class CannotPrint(Exception):  # noqa: N818  says what is the matter
    """xhtml2pdf found mistakes in a page; they are named."""


def address_of(base_url: str, number: str) -> str:
    """Where a certificate is checked; its QR code holds the same address."""
    return f"{base_url}/verify/{number}"


@lru_cache(maxsize=512)
def code_of(address: str) -> str:
    """The QR code of an address, as inline image data. Level M is read with a seventh of it worn away."""
    return str(segno.make(address, error="m", micro=False).png_data_uri(scale=6, border=2, dark="#12282b"))


def page_of(html: str, address: str) -> str:
    """A filled design with the code for a phone's camera put in, and the address to type, without the number."""
    picture = f'<img class="code" src="{code_of(address)}">'
    typed = address.rpartition("/")[0].removeprefix("https://").removeprefix("http://")
    return html.replace(str(designs.ADDRESS), escape(typed)).replace(str(designs.CODE), picture)


def pdf_of(html: str, *, address: str, title: str, language: str, at: datetime) -> bytes:
    """The PDF of a filled design. The same page always gives the same bytes.

    `title`, `language` and `at` go into the document's properties, which name nobody. Raises CannotPrint.
    """
    from pikepdf import Dictionary, Pdf  # noqa: PLC0415  both are heavy, and only the worker prints

    with Pdf.open(BytesIO(_set(page_of(html, address)))) as pdf:
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


def file_name(number: str) -> str:
    """What a downloaded PDF is called: only its number, so that a shared folder tells nobody's name."""
    return f"{number if number.startswith(PREFIX) else PREFIX}.pdf"


def _set(page: str) -> bytes:
    from xhtml2pdf.config.resources import ResourceAccessPolicy  # noqa: PLC0415
    from xhtml2pdf.document import pisaDocument  # noqa: PLC0415

    letters.register()
    out = BytesIO()
    # A design from a pack reads no file and no address: the policy names no folder and allows no network.
    policy = ResourceAccessPolicy.server(None, allow_remote=False)
    result = pisaDocument(page, out, default_css=_BASE, encoding="utf-8", resource_policy=policy)
    if result.err or result.warn:
        raise CannotPrint("; ".join(message for _kind, _line, message, _where in result.log)[:500])
    return out.getvalue()
