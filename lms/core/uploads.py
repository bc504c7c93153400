"""Files that people hand in: judged by their bytes, made harmless, then kept. What may be kept is said here once.

Names and types that a browser sends are never believed. Pictures are drawn anew, so that where they were taken and on
which phone is gone; documents are kept as they are, because a changed document would no longer be the one handed in,
and are therefore refused when they carry anything that acts.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from lms.core.words import N_, Refused

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""

MOST_PAGES = 40
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
"""Pixels of the longer side of a kept picture: enough to read a page of small print."""

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}
"""The kinds that are kept, and how a file of each is called when it is downloaded."""

_TOO_BIG = N_("The file is larger than %(most)s MB. Take a smaller picture, or hand in fewer pages.")
_NO_KIND = N_("This file is neither a picture (JPEG or PNG) nor a PDF. Take a photo of the paper, or save it as a PDF.")
_NO_PICTURE = N_("This picture could not be opened. Take it again, or save it as a JPEG.")
_NO_PDF = N_("This PDF could not be opened. Open it on your device, save it again as a PDF, and hand that in.")
_LOCKED = N_("This PDF is locked with a password. Save a copy without one, and hand that in.")
_ACTS = N_("This PDF carries a program or another file inside. Print it to a new PDF, and hand that in.")
_PAGES = N_("This PDF has more than %(most)s pages. Hand in only the pages that are needed.")
_EMPTY = N_("The file is empty. Choose it again.")


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its bytes as they will be stored, and what they are."""

    data: bytes
    media_type: str


def accepted(data: bytes) -> Upload:
    """What may be kept of a file handed in. Raises Refused, with how to mend it, for everything else."""
    if not data:
        raise Refused(_EMPTY)
    if len(data) > LARGEST:
        raise Refused(_TOO_BIG, most=LARGEST // (1024 * 1024))
    if data.startswith(b"%PDF-"):
        _look_into_pdf(data)
        return Upload(data, PDF)
    if data.startswith(b"\xff\xd8\xff"):
        return Upload(_drawn_anew(data, "JPEG"), JPEG)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Upload(_drawn_anew(data, "PNG"), PNG)
    raise Refused(_NO_KIND)


def _drawn_anew(data: bytes, kind: str) -> bytes:
    """The picture from its dots alone, turned the right way up; whatever else the file said is left behind."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused(_TOO_BIG, most=LARGEST // (1024 * 1024))
                upright = ImageOps.exif_transpose(opened)
                dots = upright.convert("RGBA" if kind == "PNG" and "A" in upright.getbands() else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as wrong:
        raise Refused(_NO_PICTURE) from wrong
    dots.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    dots.info.clear()
    made = io.BytesIO()
    dots.save(made, kind, **({"quality": 85, "optimize": True} if kind == "JPEG" else {}))
    return made.getvalue()


def _look_into_pdf(data: bytes) -> None:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Refused(_LOCKED)
            if len(pdf.pages) > MOST_PAGES:
                raise Refused(_PAGES, most=MOST_PAGES)
            if any(_acting(pdf)):
                raise Refused(_ACTS)
    except pikepdf.PasswordError as locked:
        raise Refused(_LOCKED) from locked
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as wrong:
        raise Refused(_NO_PDF) from wrong


_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/RichMediaExecute"}


def _acting(pdf: pikepdf.Pdf) -> Iterator[bool]:
    """Whether any object of the document can act, or holds another file: each object is looked at once, none is run."""
    for item in pdf.objects:
        found: Any = item
        if isinstance(found, pikepdf.Stream):
            yield str(found.stream_dict.get("/Type", "")) == "/EmbeddedFile"
            found = found.stream_dict
        if isinstance(found, pikepdf.Dictionary):
            yield from _acts(found, depth=0)


def _acts(found: Any, *, depth: int) -> Iterator[bool]:
    yield "/JS" in found or "/JavaScript" in found or "/AA" in found or "/EmbeddedFiles" in found or "/XFA" in found
    yield str(found.get("/S", "")) in _ACTIONS
    if depth < 20:
        for value in found.values():
            inner = value if isinstance(value, pikepdf.Array) else [value]
            for each in inner:
                if isinstance(each, pikepdf.Dictionary) and not each.is_indirect:
                    yield from _acts(each, depth=depth + 1)
