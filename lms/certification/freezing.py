"""The digest of everything a certificate said when it was issued, so that a row somebody changed is found.

It is the SHA-256 of canonical JSON: the columns in FROZEN, keys in order, no spaces, days and moments in ISO 8601
(moments in UTC), ids as text. A column added later is not in FROZEN: digests made before would no longer be right.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

FROZEN = (
    "id", "number", "kind", "code", "turn", "source_id", "enrolment_id", "holder_id", "authority_id", "holder_name",
    "title", "module_title", "course", "course_title", "design_edition", "content_edition", "framework_edition",
    "proves", "does_not_prove", "nation", "authority_name", "studied_on", "signed_off_on", "signed_off_by",
    "signed_off_as", "issued_on", "lapses_on", "language", "languages", "shown", "signatories", "achievements",
    "relied_on", "also", "logo_sha256", "renews_id", "replaces_id", "design_sha256", "face", "html", "issued_at",
)  # fmt: skip
"""The columns of a certificate that the digest is made of: all but the digest itself."""


def digest_of(values: Mapping[str, Any]) -> str:
    """The digest of a certificate's columns, as 64 hexadecimal letters. `values` has every name in FROZEN."""
    return digest({name: values[name] for name in FROZEN})


def as_frozen(row: RowMapping) -> bool:
    """Whether a row with the columns in FROZEN and `frozen_digest` still says what it said when it was issued."""
    try:
        return digest_of({name: row[name] for name in FROZEN}) == str(row["frozen_digest"])
    except TypeError:  # what was written into it cannot even be spelled
        return False


def digest(value: object) -> str:
    """The digest of anything made of mappings, lists, texts, numbers, days, moments and ids."""
    canonical = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return _written(value)


def _written(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID() | StrEnum():
            return str(value)
    return value
