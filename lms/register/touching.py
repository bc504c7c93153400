"""Note of whom something changed that other systems may be told: worked out once, just before the commit.

Every part of the register may call `touch`. What is then told is the feed's business (`feed.services.settle`), which
stands above the parts that call this, and therefore is handed in by `wiring.BEFORE_COMMIT`.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.db import Db

_TOUCHED = "lms_register_touched"

Touched = dict[UUID, tuple[set[UUID], datetime]]


def touch(db: Db, authority_id: UUID, person_ids: Collection[UUID], now: datetime) -> None:
    """Something about these PAs may have changed: what other systems are told is worked out again at the commit.

    It is worked out for the latest of the moments that are given.
    """
    touched: Touched = db.info.setdefault(_TOUCHED, {})
    before, at = touched.get(authority_id, (set(), now))
    touched[authority_id] = (before.union(person_ids), max(at, now))


def take(db: Db) -> Touched:
    """Everybody noted in this unit of work, by authority; they are forgotten with that."""
    found: Touched = db.info.pop(_TOUCHED, {})
    return found
