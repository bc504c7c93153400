"""Learners are locked while duplicates and limits are judged, so that two claims for one of them take turns."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db, add_once
from lms.funding.claims.models import ClaimLearner


def lock_learners(db: Db, learner_ids: Collection[UUID]) -> None:
    """Hold these learners until the unit of work ends, in one order for everybody, so that nobody waits in a circle."""
    wanted = sorted(set(learner_ids), key=lambda id: id.hex)
    there = set(db.scalars(select(ClaimLearner.learner_id).where(ClaimLearner.learner_id.in_(wanted))))
    for learner_id in wanted:
        if learner_id not in there:
            add_once(db, ClaimLearner(learner_id=learner_id))
    held = select(ClaimLearner.learner_id).where(ClaimLearner.learner_id.in_(wanted))
    db.execute(held.order_by(ClaimLearner.learner_id).with_for_update()).all()
