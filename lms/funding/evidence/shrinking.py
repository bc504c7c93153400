"""Files as a payer takes them: judged by the house (`lms.core.uploads`), then pictures are made to fit its limit.

A picture loses where and on what it was taken, and as much of its size as it has to. A PDF that is too large has the
photos in it packed smaller; nothing else in it changes, and what cannot be made to fit is refused.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image

from lms.core.uploads import JPEG, PDF, Upload, accepted
from lms.core.words import N_, Refused

SMALLEST_SIDE = 900
"""Pixels of the longer side below which print on a paper cannot be read any more."""

_QUALITIES = (85, 75, 65, 55)
_STEP = 0.8
_IN_PDF = (1600, 1200, SMALLEST_SIDE)

_PICTURE = N_("This picture cannot be made smaller than %(most)s and stay readable. Take it again with less around it.")
_PAPERS = N_(
    "This PDF is larger than %(most)s, the most the payer takes, and could not be made smaller. Save it again in a "
    "smaller size, or hand its pages in one by one."
)
_FORMAT = N_("The payer does not take this kind of file. It takes: %(kinds)s.")
_CALLED = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


@dataclass(frozen=True)
class Ready:
    """A file as it will be sent. `came` is the digest of what was handed in, `smaller` whether it had to be shrunk."""

    data: bytes
    media_type: str
    came: str
    smaller: bool


def made_ready(data: bytes, *, most: int, media_types: tuple[str, ...]) -> Ready:
    """A file of at most `most` bytes of one of these kinds. Refused, with how to mend it, when it cannot be one.

    Refused are also encrypted PDFs, those that act or carry other files, and everything that is no PDF, JPEG or PNG.
    """
    upload = accepted(data)
    came = hashlib.sha256(data).hexdigest()
    fits = _fitted(upload, most)
    if fits.media_type not in media_types:
        raise Refused(_FORMAT, kinds=", ".join(_CALLED[each] for each in media_types))
    return Ready(fits.data, fits.media_type, came, fits is not upload)


def megabytes(size: int) -> str:
    """Bytes as payers write them: 2000000 is "2 MB", and 40200 is "41 kB"."""
    if size < 1_000_000:
        return f"{-(-size // 1000)} kB"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"


def _fitted(upload: Upload, most: int) -> Upload:
    if len(upload.data) <= most:
        return upload
    if upload.media_type == PDF:
        return _smaller_pdf(upload, most)
    with Image.open(io.BytesIO(upload.data)) as opened:
        for smaller in _tries(_on_white(opened)):
            if len(smaller) <= most:
                return Upload(smaller, JPEG)
    raise Refused(_PICTURE, most=megabytes(most))


def _on_white(opened: Image.Image) -> Image.Image:
    if "A" not in opened.getbands():
        return opened.convert("RGB")
    paper = Image.new("RGB", opened.size, "white")
    paper.paste(opened, mask=opened.getchannel("A"))
    return paper


def _tries(picture: Image.Image) -> Iterator[bytes]:
    """The picture as JPEG: first with less detail, then also smaller, never below what can be read."""
    side = max(picture.size)
    while True:
        for quality in _QUALITIES:
            made = io.BytesIO()
            picture.save(made, "JPEG", quality=quality, optimize=True)
            yield made.getvalue()
        side = int(side * _STEP)
        if side < SMALLEST_SIDE:
            return
        picture = picture.copy()
        picture.thumbnail((side, side))


def _smaller_pdf(upload: Upload, most: int) -> Upload:
    for side in _IN_PDF:
        try:
            made = _repacked(upload.data, side)
        except Exception:  # noqa: BLE001  a document a reader opens can still be odd in ways nobody can list
            break
        if len(made) <= most:
            return Upload(made, PDF)
    raise Refused(_PAPERS, most=megabytes(most))


def _repacked(data: bytes, side: int) -> bytes:
    """The document with its photos no larger than `side` pixels; the same document gives the same bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each in pdf.objects:
            if _is_photo(each):
                _replace(each, side)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _is_photo(found: Any) -> bool:
    """A plain photo: JPEG bytes in grey or red, green and blue, without a mask that would no longer fit."""
    if not isinstance(found, pikepdf.Stream) or found.get("/Subtype") != "/Image":
        return False
    odd = any(key in found for key in ("/SMask", "/Mask", "/Decode"))
    return (
        found.get("/Filter") == "/DCTDecode" and found.get("/ColorSpace") in ("/DeviceRGB", "/DeviceGray") and not odd
    )


def _replace(photo: Any, side: int) -> None:
    raw = photo.read_raw_bytes()
    with Image.open(io.BytesIO(raw), formats=["JPEG"]) as opened:
        if opened.mode not in {"RGB", "L"}:
            return
        opened.draft(opened.mode, (side, side))
        smaller = opened.copy()
    smaller.thumbnail((side, side))
    made = io.BytesIO()
    smaller.save(made, "JPEG", quality=65, optimize=True)
    if made.tell() < len(raw):
        photo.write(made.getvalue(), filter=pikepdf.Name.DCTDecode)
        photo.Width, photo.Height = smaller.size
        photo.ColorSpace = pikepdf.Name.DeviceRGB if smaller.mode == "RGB" else pikepdf.Name.DeviceGray
