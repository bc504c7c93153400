"""Note whose prospects a fact may change; they are worked out once, just before the commit (`services.settle`)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.db import Db

_TOUCHED = "lms_prospects_touched"

Touched = tuple[set[UUID], datetime]


def touch(db: Db, learner_ids: Collection[UUID], now: datetime) -> None:
    """Something about these learners changed that a scheme asks about."""
    before, at = db.info.get(_TOUCHED) or (set(), now)
    db.info[_TOUCHED] = (before.union(learner_ids), max(at, now))


def take(db: Db) -> Touched | None:
    """Everybody noted in this unit of work; they are forgotten with that."""
    found: Touched | None = db.info.pop(_TOUCHED, None)
    return found
