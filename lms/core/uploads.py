"""Files that people hand in: judged by their bytes, made harmless, then kept. What may be kept is said here once.

Names and types that a browser sends are never believed. Pictures are drawn anew, so that where they were taken and on
which phone is gone; documents are kept as they are, because a changed document would no longer be the one handed in,
and are therefore refused when they carry anything that acts.
"""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pikepdf
from pikepdf.settings import qpdf_limit_errors, set_qpdf_limits
from PIL import ExifTags, Image

from lms.core.words import N_, Refused

LARGEST = 10 * 1024 * 1024
"""Bytes of one file."""

MOST_PAGES = 40
MOST_PARTS = 200_000
"""Parts of a PDF: its dictionaries and lists, and what stands in them."""

MOST_PIXELS = 60_000_000
MOST_AT_ONCE = 24_000_000
"""Pixels of a picture; the second of one that is read only as a whole. A photo from a phone is read made smaller."""

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

_UNPACKED = 4_000_000
_LIMITS: dict[str, Any] = {
    "flate_max_memory": _UNPACKED,
    "run_length_max_memory": _UNPACKED,
    "png_max_memory": _UNPACKED,
    "tiff_max_memory": _UNPACKED,
}
"""What a document's own structure may unpack to: a small file can be made to fill all memory. No page is unpacked."""

_LZW = re.compile(rb"/(?:L|#4[cC])(?:Z|#5[aA])(?:W|#57)(?:Decode)?[\s/<>\[\]]")
"""An old packing that has no such limit, however its name is spelled."""

_ONE_AT_A_TIME = Lock()
"""One file is looked at at once in a process: what is needed for it is bounded, and so is what all of them need."""


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
    with _ONE_AT_A_TIME:
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
    made = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[kind]) as opened:
                too_big = opened.width * opened.height > _most_pixels(opened)
                if not too_big:
                    _smaller(opened, kind).save(made, kind, **_HOW[kind])
    except Exception as wrong:  # bytes made to break a reader break it in ways nobody can list
        raise Refused(_NO_PICTURE) from wrong
    if too_big:
        raise Refused(_TOO_BIG, most=LARGEST // (1024 * 1024))
    return made.getvalue()


_HOW: dict[str, dict[str, Any]] = {"JPEG": {"quality": 85, "optimize": True}, "PNG": {}}


def _smaller(opened: Image.Image, kind: str) -> Image.Image:
    """The dots alone, no more of them than are kept, turned the right way up."""
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is unpacked smaller; others are not
    mode = "RGBA" if kind == "PNG" and {"A", "a"} & set(opened.getbands()) else "RGB"
    dots = opened if opened.mode == mode else opened.convert(mode)
    dots.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    turn = _TURNS.get(opened.getexif().get(ExifTags.Base.Orientation))
    dots.info.clear()
    return dots.transpose(turn) if turn is not None else dots


_TURNS: dict[Any, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts a picture upright, by what its maker said of how the camera was held. Nothing else it said is read."""


def _most_pixels(opened: Image.Image) -> int:
    in_lines = opened.format != "PNG" and not opened.info.get("progressive")
    return MOST_PIXELS if in_lines else MOST_AT_ONCE


def _look_into_pdf(data: bytes) -> None:
    wrong = _NO_PDF if _LZW.search(data) else _wrong_in_pdf(data)
    if wrong is not None:
        raise Refused(wrong, most=MOST_PAGES)


def _wrong_in_pdf(data: bytes) -> str | None:
    try:
        with _limited() as reached, pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
            if pdf.is_encrypted:
                return _LOCKED
            if _has_too_many_pages(pdf):
                return _PAGES
            if _acts(pdf):
                return _ACTS
            # What could not be unpacked was not looked at, and another reader may see it.
            unread = reached() or any("stream data" in str(warning) for warning in pdf.get_warnings())
            return _NO_PDF if unread else None
    except pikepdf.PasswordError:
        return _LOCKED
    except Exception:  # noqa: BLE001  as with pictures
        return _NO_PDF


@contextmanager
def _limited() -> Iterator[Callable[[], bool]]:
    """Hold the reader of documents to limits, which are the process's: only while we look. Gives: was one reached?"""
    before: dict[str, Any] = set_qpdf_limits(**_LIMITS)
    so_far = qpdf_limit_errors()
    try:
        yield lambda: qpdf_limit_errors() > so_far
    finally:
        set_qpdf_limits(**before)


def _has_too_many_pages(pdf: pikepdf.Pdf) -> bool:
    """Counted without trust in what the document says of itself, and without making each page that stands twice."""
    waiting: list[Any] = [pdf.Root.Pages]
    pages = groups = 0
    while waiting and pages <= MOST_PAGES and groups <= MOST_PARTS:
        kids = waiting.pop().get("/Kids")
        if kids is None:
            pages += 1
            continue
        groups += 1
        waiting += [kids[i] for i in range(min(len(kids), MOST_PAGES + 1))]
    return bool(waiting) or pages > MOST_PAGES


_CARRIERS = ("/JS", "/JavaScript", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent")
_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/RichMediaExecute"}


def _acts(pdf: pikepdf.Pdf) -> bool:
    """Whether anything in a document can act, or holds another file: all that its reader could come to, once each.

    Nothing is run. Raises ValueError for a document of more parts than anybody hands in.
    """
    waiting: list[Any] = [pdf.trailer]
    seen: set[tuple[int, int]] = set()
    parts = 0
    while waiting:
        found = waiting.pop()
        if found.is_indirect:
            if found.objgen in seen:
                continue
            seen.add(found.objgen)
        here = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        if isinstance(here, pikepdf.Dictionary):
            if _is_act(here):
                return True
            inside = list(here.values())
        else:
            inside = list(here)
        parts += 1 + len(inside)
        if parts > MOST_PARTS:
            raise ValueError("parts")
        waiting += [each for each in inside if isinstance(each, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)]
    return False


def _is_act(found: Any) -> bool:
    carries = any(key in found for key in _CARRIERS)
    return carries or str(found.get("/S", "")) in _ACTIONS or str(found.get("/Type", "")) == "/EmbeddedFile"
