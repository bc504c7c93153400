"""Whether a file somebody shows is a credential of ours, just as we signed it; and if not, what about it was changed.

What is shown is compared with what we keep, letter for letter, and what we keep is checked against the authority's
key. So nothing a stranger wrote is ever worked out as JSON-LD, which could take very long, and a credential signed
with a stolen key is not ours either, since we keep no such one.
"""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.certification import numbers
from lms.certification.credentials import queries, rules
from lms.certification.credentials.queries import Kept
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import N_

LARGEST = 2 * 1024 * 1024
LONGEST = 256 * 1024
"""In bytes: the largest picture and the longest credential or drawing that are looked at."""

MOST_TAGS = 4_000
"""In a drawing: each becomes an object of a kilobyte."""

_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential\x00"
_TOKEN = re.compile(r"[\w-]+\.[\w-]*\.[\w-]*", re.ASCII)
_NUMBER = re.compile(rf"{numbers.PREFIX}-[0-9A-Z]{{4}}-[0-9A-Z]{{4}}-[0-9A-Z]")

GENUINE = N_("This is a genuine credential, letter for letter as it was signed.")
OLD_KEY = N_(
    "This is a genuine credential, letter for letter as it was signed, with an earlier key of its authority. "
    "What that key signed still counts."
)
ALTERED = N_("This credential was altered after it was signed. Do not rely on it.")
DAMAGED = N_("This credential was altered or damaged, so that it cannot be read. Do not rely on it.")
NOT_YET = N_("This credential begins on a day that has not come yet. Do not rely on it.")
BROKEN = N_("What we keep of this credential does not fit its key any more. Tell whoever runs this site.")
NOT_OURS = N_("This is a credential, but not one that was issued here.")
TOO_LARGE = N_("This file is too large to be a credential.")
MORE_THAN_ONE = N_("This picture holds more than one credential, so it was altered. Do not rely on it.")
NOTHING = N_("There is no credential in this file.")


@dataclass(frozen=True)
class Judged:
    """What a file turned out to be. `number` is the certificate it belongs to, as far as that can be told.

    `genuine`: just as we signed it. `altered`: one of ours with something changed, or so damaged that nobody can tell.
    `why` is a sentence, a message id; `changed` says what differs, message ids too, maybe none.
    """

    number: str | None
    genuine: bool
    altered: bool
    why: str
    values: Mapping[str, object] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A credential that was taken out of a file: its text, and what it says, or None where that cannot be read."""

    text: str
    says: dict[str, Any] | None

    @property
    def is_token(self) -> bool:
        """Whether it is a JWT; else JSON."""
        return not self.text.startswith("{")


def judge(db: Db, house: House, data: bytes) -> Judged:
    """What a file turns out to be: JSON, a JWT, or a PNG or SVG with one of them in it. Nothing of it is kept."""
    if _is_too_large(data):
        return _nothing(TOO_LARGE)
    if data.count(_KEYWORD) > 1 or (not data.startswith(_PNG) and data.count(b"<openbadges:credential") > 1):
        return Judged(_number_in(data.decode("utf-8", "replace")), genuine=False, altered=True, why=MORE_THAN_ONE)
    text = _text(data)
    if text is None:
        return _nothing(NOTHING)
    if len(text) > LONGEST:
        return _nothing(TOO_LARGE)
    shown = Shown(text, _read(text))
    kept = _meant(db, shown)
    return _compared(kept, shown, house.clock()) if kept else _unknown(shown)


def seems_one(data: bytes) -> bool:
    """Whether there is anything in a file that could be a credential."""
    return not _is_too_large(data) and _text(data) is not None


def _is_too_large(data: bytes) -> bool:
    if data.startswith(_PNG):
        return len(data) > LARGEST
    return len(data) > LONGEST or (_is_drawing(data) and data.count(b"<") > MOST_TAGS)


def _is_drawing(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _compared(kept: Kept, shown: Shown, now: datetime) -> Judged:
    from lms.certification.credentials import badges  # noqa: PLC0415  a large library: see there

    if shown.is_token:
        as_signed, whole = shown.text == kept.token, badges.payload_of(kept.token)
        stands = as_signed and badges.token_sound(kept.token, kept.key.public_pem)
    else:
        whole = json.loads(kept.document)
        as_signed = shown.says is not None and rules.same(shown.says, whole)
        stands = as_signed and badges.sound(kept.document, kept.key.public_pem)
    if not as_signed:
        changed = rules.changed(whole or {}, shown.says) or (N_("its signature"),) if shown.says is not None else ()
        why = ALTERED if shown.says is not None else DAMAGED
        return Judged(kept.number, genuine=False, altered=True, why=why, changed=changed)
    if not stands:
        return Judged(kept.number, genuine=False, altered=False, why=BROKEN)
    if datetime.fromisoformat(str((whole or {})["validFrom"])) > now:
        return Judged(kept.number, genuine=False, altered=False, why=NOT_YET)
    return Judged(kept.number, genuine=True, altered=False, why=OLD_KEY if kept.key.retired_at else GENUINE)


def _unknown(shown: Shown) -> Judged:
    if shown.says is None:
        return Judged(None, genuine=False, altered=True, why=DAMAGED)
    kinds = shown.says.get("type")
    is_one = isinstance(kinds, list) and "VerifiableCredential" in kinds
    return _nothing(NOT_OURS if is_one else NOTHING)


def _nothing(why: str) -> Judged:
    return Judged(None, genuine=False, altered=False, why=why)


def _meant(db: Db, shown: Shown) -> Kept | None:
    """The credential it claims to be: by its name, else by a certificate's number that stands in it."""
    name = (shown.says or {}).get("id")
    try:
        kept = queries.by_name(db, UUID(name.removeprefix("urn:uuid:"))) if isinstance(name, str) else None
    except ValueError:
        kept = None
    if kept is not None:
        return kept
    readable = json.dumps(shown.says) if shown.says is not None else _unpacked(shown.text)
    number = _number_in(readable)
    return queries.by_number(db, number) if number else None


def _number_in(text: str) -> str | None:
    found = (numbers.reads(match) for match in _NUMBER.findall(text))
    return next((number for number in found if number), None)


def _unpacked(text: str) -> str:
    """What can still be read of a damaged JWT, or a damaged text itself."""
    if text.startswith("{"):
        return text
    part = [*text.split("."), "", ""][1]
    return urlsafe_b64decode(part[: len(part) // 4 * 4]).decode("utf-8", "replace")


def _text(data: bytes) -> str | None:
    """The credential in a file, by its bytes; None when there is none."""
    from lms.certification.credentials import badges  # noqa: PLC0415  as above

    if data.startswith(_PNG):
        text = badges.out_of_png(data)
    elif _is_drawing(data):
        text = badges.out_of_svg(data)
    else:
        text = _decoded(data)
    text = text.strip().removeprefix("\ufeff") if text else ""
    return text if text.startswith("{") or _TOKEN.fullmatch(text) else None


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1") if data.lstrip().startswith(b"{") else None


def _read(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        from lms.certification.credentials import badges  # noqa: PLC0415  as above

        return badges.payload_of(text)
    try:
        read = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(read).encode()
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; two values under one name would let two readers see two things."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice")
    return read


def _no_number(said: str) -> float:
    raise ValueError(said)
