"""Note about which claims something was written; they are summed up once, just before the commit (`keeping.settle`)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.core.db import Db

_TOUCHED = "lms_claims_touched"


def touch_claims(db: Db, claim_ids: Collection[UUID], now: datetime) -> None:
    """Something about these claims changed that the board counts."""
    before, at = db.info.get(_TOUCHED) or (set(), now)
    db.info[_TOUCHED] = (before.union(claim_ids), max(at, now))


def touch_on_claim(db: Db, fact: Any, now: datetime) -> None:
    """A reaction to every fact that names a claim."""
    if fact.claim_id is not None:
        touch_claims(db, [fact.claim_id], now)


def take(db: Db) -> tuple[set[UUID], datetime] | None:
    """Every claim noted in this unit of work; they are forgotten with that."""
    found: tuple[set[UUID], datetime] | None = db.info.pop(_TOUCHED, None)
    return found
