"""A filled design as PDF bytes: the address and its code put in, then printed."""

import base64
import re
from datetime import datetime
from functools import lru_cache
from html import escape
from io import BytesIO

import segno

from lms.certification.numbers import PREFIX
from lms.certification.printing import designs
from lms.core.i18n import say_in
from lms.core.pdf import printed
from lms.core.words import N_

WIDEST, HIGHEST = 900, 360
"""Points of a logo on paper: more than a printer shows at its size there."""

MASK = 3
"""One of the eight patterns a code may be laid over with, which readers find out by themselves. To try all eight and
take the best takes longer than all the rest of the code."""

_CODE_SHOWS = N_("QR code: opens the page that checks this certificate")
_LOGO = re.compile(f'<{designs.LOGO_TAG} alt="([^"]*)"></{designs.LOGO_TAG}>')


def address_of(base_url: str, number: str) -> str:
    """Where a certificate is checked; its QR code holds the same address."""
    return f"{base_url}/verify/{number}"


@lru_cache(maxsize=512)
def code_of(address: str) -> str:
    """The QR code of an address, as inline image data. Level M is read with a seventh of it worn away."""
    code = segno.make(address, error="m", micro=False, mask=MASK)
    return str(code.png_data_uri(scale=4, border=2, dark="#12282b"))


def page_of(html: str, address: str, *, language: str, logo: bytes | None = None) -> str:
    """A filled design with its pictures: the code for a phone's camera, and the logo where there is one (PNG or JPEG).

    The address to type is put in too, without the number.
    """
    picture = f'<img class="code" src="{code_of(address)}" alt="{escape(say_in(language)(_CODE_SHOWS))}">'
    typed = address.rpartition("/")[0].removeprefix("https://").removeprefix("http://")
    shown = _on_paper(logo) if logo else ""
    html = _LOGO.sub(lambda found: f'<img class="logo" src="{shown}" alt="{found[1]}">' if shown else "", html)
    return html.replace(str(designs.ADDRESS), escape(typed)).replace(str(designs.CODE), picture)


def pdf_of(html: str, *, address: str, title: str, language: str, at: datetime, logo: bytes | None = None) -> bytes:
    """The PDF of a filled design, not sealed yet. The same page always gives the same bytes.

    `title`, `language` and `at` go into the document's properties, which name nobody. Raises CannotPrint.
    """
    return printed(page_of(html, address, language=language, logo=logo), title=title, language=language, at=at)


@lru_cache(maxsize=16)
def _on_paper(logo: bytes) -> str:
    """A logo as inline image data, on white and no larger than paper shows: JPEG goes into a PDF as it is, so it is
    packed once for a whole batch."""
    from PIL import Image  # noqa: PLC0415  only the worker prints

    with Image.open(BytesIO(logo)) as opened:
        colours = opened.convert("RGBA")
    colours.thumbnail((WIDEST, HIGHEST))
    white = Image.new("RGB", colours.size, "white")
    white.paste(colours, mask=colours.getchannel("A"))
    out = BytesIO()
    white.save(out, "JPEG", quality=92, subsampling=0)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


def file_name(number: str) -> str:
    """What a downloaded PDF is called: only its number, so that a shared folder tells nobody's name."""
    return f"{number if number.startswith(PREFIX) else PREFIX}.pdf"
