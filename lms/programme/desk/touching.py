"""Note about whom something was recorded; where they stand is worked out once, just before the commit."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.core.events import Fact, together

_TOUCHED = "lms_desk_touched"


def touch(db: Db, learner_ids: Collection[UUID], now: datetime) -> None:
    """Something about these learners changed that the desk counts."""
    before, at = db.info.get(_TOUCHED) or (set(), now)
    db.info[_TOUCHED] = (before.union(learner_ids), max(at, now))


def _touch_on_facts(db: Db, facts: Sequence[Fact], now: datetime) -> None:
    touch(db, [fact.about for fact in facts], now)


@together(_touch_on_facts)
def touch_on_fact(db: Db, fact: Fact, now: datetime) -> None:
    """A reaction to every fact that may give somebody else the next move."""
    touch(db, [fact.about], now)


def take(db: Db) -> tuple[set[UUID], datetime] | None:
    """Everybody noted in this unit of work; they are forgotten with that."""
    found: tuple[set[UUID], datetime] | None = db.info.pop(_TOUCHED, None)
    return found
