"""A logo as it is kept: the dots of a picture somebody handed in, drawn anew, no larger than a certificate needs.

The file itself is never kept, and neither is what it says of itself. An SVG is refused: it is a program, not a picture.
"""

import io

from PIL import Image

from lms.certification.appearance.rules import LARGEST_KEPT, LARGEST_LOGO, fitting
from lms.core.uploads import PDF, accepted
from lms.core.words import N_, Refused

SMALLEST = 40
"""Pixels of the longer side: less than this is a speck on paper."""

_NO_LOGO = N_("A logo is a picture: choose a PNG or a JPEG.")
_TOO_BIG = N_("The file is larger than %(most)s MB. Save the logo smaller.")
_TOO_SMALL = N_("This picture is too small to be printed. Choose one that is at least %(least)s pixels wide or high.")


def packed(data: bytes) -> bytes:
    """The logo as a PNG of at most 300 kB, RGB or with transparency. Raises Refused for what is no picture.

    A picture that stays heavier, such as a photo, is made smaller until it is not.
    """
    if len(data) > LARGEST_LOGO:
        raise Refused(_TOO_BIG, most=LARGEST_LOGO // (1024 * 1024))
    if data.startswith(b"%PDF-"):
        raise Refused(_NO_LOGO)
    upload = accepted(data)  # judged by its bytes and drawn anew, within bounds of pixels and memory
    if upload.media_type == PDF:
        raise Refused(_NO_LOGO)
    with Image.open(io.BytesIO(upload.data)) as picture:
        if max(picture.size) < SMALLEST:
            raise Refused(_TOO_SMALL, least=SMALLEST)
        return _light(picture if picture.mode in {"RGB", "RGBA"} else picture.convert("RGB"))


def _light(picture: Image.Image) -> bytes:
    size = fitting(*picture.size)
    while True:
        made = io.BytesIO()
        dots = picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)
        dots.save(made, "PNG", optimize=True)
        if len(made.getvalue()) <= LARGEST_KEPT:
            return made.getvalue()
        size = max(1, size[0] * 3 // 4), max(1, size[1] * 3 // 4)
