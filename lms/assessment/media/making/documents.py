"""PDFs without what the devices that made them wrote: names, programs, days, and where a picture was taken.

What a page shows stays as it is. `lms.core.uploads` has looked before that nothing in them acts.
"""

import io
from collections.abc import Iterator
from typing import Any, cast

import pikepdf

_TOLD = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
"""What parts of a document say about themselves."""

_SOI, _SOS, _EOI = 0xD8, 0xDA, 0xD9
_APP1, _APP15, _COMMENT = 0xE1, 0xEF, 0xFE
_ADOBE = 0xEE
"""The one label of a picture that says how its colours are meant."""


def without_labels(data: bytes) -> bytes:
    """The document, saying nothing of where it comes from. Raises what the library says for a broken one."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for part in pdf.objects:
            _forget(part)
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _forget(part: Any) -> None:
    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in _TOLD:
        if key in part:
            del part[key]
    if isinstance(part, pikepdf.Stream) and _packed_as(part) == ["/DCTDecode"]:
        raw = part.read_raw_bytes()
        bare = picture_without_labels(raw)
        if bare != raw:
            filters, how = cast(Any, part.get("/Filter")), cast(Any, part.get("/DecodeParms"))
            part.write(bare, filter=filters, decode_parms=how)
    elif isinstance(part, pikepdf.Stream) and "/JPXDecode" in _packed_as(part):
        raise ValueError("a picture whose labels are not known")


def _packed_as(stream: pikepdf.Stream) -> list[str]:
    found: Any = stream.get("/Filter")
    if found is None:
        return []
    return [str(each) for each in found] if isinstance(found, pikepdf.Array) else [str(found)]


def picture_without_labels(data: bytes) -> bytes:
    """A JPEG without the parts in which cameras write: the dots and how to read them stay, to the byte."""
    return b"".join(_kept(data)) if data[:2] == bytes((0xFF, _SOI)) else data


def _kept(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xFF:  # padding
            at += 1
            continue
        if mark in {_SOS, _EOI}:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if not ((_APP1 <= mark <= _APP15 and mark != _ADOBE) or mark == _COMMENT):
            yield data[at:end]
        at = end
    yield data[at:]
