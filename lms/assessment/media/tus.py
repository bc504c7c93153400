"""What the tus 1.0 protocol says in its headers, read and written. Plain Python; whose upload it is stands elsewhere.

Spoken here: the core, and its extensions creation, termination, expiration and checksum. The protocol is an open one
(tus.io, version 1.0.0), so that a maintained client can be used.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration,checksum"
ALGORITHMS = ("sha1", "sha256")
OFFSET_BYTES = "application/offset+octet-stream"

CHECKSUM_MISMATCH = 460
"""The protocol's own status code."""

Header = Callable[[str], str | None]
"""Gives what a header of a request says, or None."""

_LONGEST_METADATA = 4_000


class BadHeader(Exception):  # noqa: N818  says what is the matter
    """A header is missing or says nothing that can be used; the message names it, for whoever writes a client."""


@dataclass(frozen=True)
class Checksum:
    """What a piece has to come to."""

    algorithm: str
    digest: bytes

    def fits(self, data: "hashlib._Hash") -> bool:
        """Whether it does."""
        return data.digest() == self.digest


def number(header: Header, name: str) -> int:
    """A header that is a whole number from 0 on. Raises BadHeader."""
    said = header(name) or ""
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise BadHeader(f"{name} has to be a whole number.")
    return int(said)


def metadata(header: Header) -> dict[str, str]:
    """The pairs of `Upload-Metadata`. Raises BadHeader when they are not what the protocol says."""
    said = header("Upload-Metadata") or ""
    if len(said) > _LONGEST_METADATA:
        raise BadHeader("Upload-Metadata is too long.")
    found: dict[str, str] = {}
    for pair in said.split(","):
        name, _, value = pair.strip().partition(" ")
        if not name:
            continue
        try:
            text = base64.b64decode(value.encode("ascii"), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeError) as error:
            raise BadHeader("Upload-Metadata has a value that is not base64 of a text.") from error
        if name in found or "\0" in text:
            raise BadHeader("Upload-Metadata has a name twice, or a value nobody can use.")
        found[name] = text
    return found


def checksum(header: Header) -> Checksum | None:
    """What `Upload-Checksum` says; None without it. Raises BadHeader for an algorithm we do not know."""
    said = header("Upload-Checksum")
    if said is None:
        return None
    algorithm, _, digest = said.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadHeader("Upload-Checksum names an algorithm that is not known here.")
    try:
        return Checksum(algorithm, base64.b64decode(digest.encode("ascii"), validate=True))
    except (binascii.Error, UnicodeError) as error:
        raise BadHeader("Upload-Checksum is not base64.") from error


def moment(when: datetime) -> str:
    """A moment as HTTP writes it."""
    return format_datetime(when, usegmt=True)
