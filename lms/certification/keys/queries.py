"""Read keys: the public half of every key an authority ever had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from lms.certification.keys.models import KeyRow, RetiredKey
from lms.certification.keys.rules import Purpose
from lms.core.db import Db
from lms.core.words import NotFound

__all__ = ["PublicKey", "Purpose", "by_fingerprint", "every", "key", "newest", "of_purpose"]


@dataclass(frozen=True)
class PublicKey:
    """The public half of a key. `fingerprint` is the SHA-256 of the public key as DER, in hexadecimal.

    `certificate_pem` is the X.509 certificate of a seal with its issuers after it, None for credentials. A retired key
    signs nothing more; what it signed before stays good.
    """

    id: UUID
    authority_id: UUID
    purpose: Purpose
    turn: int
    public_pem: str
    certificate_pem: str | None
    fingerprint: str
    made_at: datetime
    retired_at: datetime | None


def every(db: Db, authority_id: UUID, purpose: Purpose) -> tuple[PublicKey, ...]:
    """Every key an authority ever had for a purpose, the newest first, retired ones too."""
    return tuple(_found(db, KeyRow.authority_id == authority_id, KeyRow.purpose == purpose))


def of_purpose(db: Db, purpose: Purpose) -> tuple[PublicKey, ...]:
    """Every key of every authority for a purpose, the newest first: what a paper from anywhere is compared with."""
    return tuple(_found(db, KeyRow.purpose == purpose))


def key(db: Db, key_id: UUID) -> PublicKey:
    """One key. Raises NotFound."""
    for found in _found(db, KeyRow.id == key_id):
        return found
    raise NotFound("key")


def by_fingerprint(db: Db, fingerprint: str) -> PublicKey | None:
    """The key with a fingerprint, whosever it is; None when we never had it."""
    return next(_found(db, KeyRow.fingerprint == fingerprint), None)


def newest(db: Db, authority_id: UUID, purpose: Purpose) -> PublicKey | None:
    """The last key of an authority, retired or not; None before the first."""
    return next(_found(db, KeyRow.authority_id == authority_id, KeyRow.purpose == purpose, limit=1), None)


def _found(db: Db, *conditions: ColumnElement[bool], limit: int | None = None) -> Iterator[PublicKey]:
    wanted = select(KeyRow, RetiredKey.at).outerjoin(RetiredKey, RetiredKey.key_id == KeyRow.id)
    ordered = wanted.where(*conditions).order_by(KeyRow.turn.desc(), KeyRow.made_at.desc()).limit(limit)
    for row, retired_at in db.execute(ordered):
        yield _view(row, retired_at)


def _view(row: KeyRow, retired_at: datetime | None) -> PublicKey:
    return PublicKey(
        id=row.id,
        authority_id=row.authority_id,
        purpose=row.purpose,
        turn=row.turn,
        public_pem=row.public_pem,
        certificate_pem=row.certificate_pem,
        fingerprint=row.fingerprint,
        made_at=row.made_at,
        retired_at=retired_at,
    )
