"""A filled design as PDF bytes: the address and its code put in, then printed."""

from datetime import datetime
from functools import lru_cache
from html import escape

import segno

from lms.certification.numbers import PREFIX
from lms.certification.printing import designs
from lms.core.pdf import printed


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
    return printed(page_of(html, address), title=title, language=language, at=at)


def file_name(number: str) -> str:
    """What a downloaded PDF is called: only its number, so that a shared folder tells nobody's name."""
    return f"{number if number.startswith(PREFIX) else PREFIX}.pdf"
