"""What the seal of a PDF covers and whether it is whole. Runs only in the bounded process of `child`.

pyHanko reads the document, checks the signature over the bytes it names and compares revisions. Whether the seal spans
the whole file is measured here on the bytes themselves as well: everything before and after one gap is sealed, and in
the gap stands the seal in hexadecimal letters and nothing else. So it does not matter how another reader would read
the document: no byte of it is free. Whose key it is says the record, not the certificate that came along.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from lms.certification.checking.files.seen import Seal, Seen
from lms.certification.numbers import reads

MOST_SEALS = 4
STRONG = frozenset({"sha256", "sha384", "sha512"})
_NUMBER = re.compile(r"PALMS[-‐‑– ]?[0-9A-Za-z]{4}[-‐‑– ]?[0-9A-Za-z]{4}[-‐‑– ]?[0-9A-Za-z]", re.IGNORECASE)
_HEXADECIMAL = re.compile(rb"<[0-9A-Fa-f]+>")


def look(data: bytes) -> Seen:
    """Look at a PDF. Whatever is wrong with it is said; nothing is raised for a document that cannot be read."""
    cut = b"%%EOF" not in data[-1024:]
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        if reader.encrypted:
            return Seen(locked=True)
        numbers = tuple(_numbers(reader))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  bytes made to break a reader break it in ways nobody can list
        return Seen(broken=True, cut=cut, seals=_unreadable(data))
    return Seen(cut=cut, numbers=numbers, seals=tuple(_seals(reader, data)))


def _numbers(reader: PdfFileReader) -> Iterator[str]:
    for found in list(_NUMBER.finditer(_title(reader)))[:3]:
        if number := reads(found.group()):
            yield number


def _title(reader: PdfFileReader) -> str:
    try:
        return str(reader.trailer["/Info"]["/Title"])[:2000]
    except KeyError:
        return ""


def _seals(reader: PdfFileReader, data: bytes) -> Iterator[Seal]:
    try:
        found = list(reader.embedded_signatures)[:MOST_SEALS]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  as above
        yield from _unreadable(data)
        return
    if not found:
        yield from _unreadable(data)
    for each in found:
        try:
            yield _seal(each, data)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  as above
            yield _BROKEN


def _unreadable(data: bytes) -> tuple[Seal, ...]:
    """A seal of which only traces can be read is a broken seal, not none."""
    return (_BROKEN,) if b"/ByteRange" in data else ()


_BROKEN = Seal(fingerprint="", unbroken=False, whole=False, added="unknown", start_sha256="", final=False)


def _seal(found: EmbeddedPdfSignature, data: bytes) -> Seal:
    found.compute_integrity_info()
    intact, valid = validate_sig_integrity(
        found.signer_info, found.signer_cert, "data", found.compute_digest(), sig_validator=None
    )
    ranges = [int(each) for each in found.byte_range]
    return Seal(
        fingerprint=sha256(found.signer_cert.public_key.dump()).hexdigest(),
        unbroken=intact and valid and found.md_algorithm in STRONG and _one_gap(ranges, data, found.pkcs7_content),
        whole=_one_gap(ranges, data, found.pkcs7_content) and ranges[2] + ranges[3] == len(data),
        added=_added(found),
        start_sha256=sha256(data[: ranges[2] + ranges[3]]).hexdigest() if len(ranges) == 4 else "",
        final=found.docmdp_level is not None and found.docmdp_level.value == 1,
    )


def _one_gap(ranges: list[int], data: bytes, content: bytes) -> bool:
    """Whether all but one gap is sealed up to its end, and the gap holds the seal in hexadecimal and nothing else."""
    if len(ranges) != 4 or ranges[0] != 0 or min(ranges) < 0:
        return False
    _zero, gap, after, rest = ranges
    if not gap < after <= after + rest <= len(data):
        return False
    between = data[gap:after]
    return bool(_HEXADECIMAL.fullmatch(between)) and bytes.fromhex(between[1:-1].decode()) == content


def _added(found: EmbeddedPdfSignature) -> str:
    result: Any = found.diff_result
    level = getattr(result, "modification_level", ModificationLevel.OTHER)
    return str(level.name).lower()
