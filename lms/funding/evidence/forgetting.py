"""What is left of evidence when the records of a claim are cleared: that there was some, and nothing it said."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from lms.core.db import Db
from lms.funding.evidence.models import ClaimFile, ClaimFileRead, ClaimPack, LearnerNumber


def forget(db: Db, claim_ids: Collection[UUID], *, now: datetime) -> frozenset[str]:  # noqa: ARG001  as every room that forgets
    """Take away files, what was read off them and packs of these claims; returns the digests no longer needed here.

    A digest that another claim still needs is not among them. The bytes are the caller's to delete. Numbers of learners
    go by `forget_numbers`, since they belong to a learner and not to one claim. Again it finds nothing.
    """
    ours = list(claim_ids)
    files = select(ClaimFile.id).where(ClaimFile.claim_id.in_(ours))
    digests = set(db.scalars(select(ClaimFile.sha256).where(ClaimFile.claim_id.in_(ours))))
    packs = select(ClaimPack.sha256).where(ClaimPack.claim_id.in_(ours), ClaimPack.sha256.is_not(None))
    digests |= {digest for digest in db.scalars(packs) if digest}
    db.execute(delete(ClaimFileRead).where(ClaimFileRead.file_id.in_(files)))
    db.execute(delete(ClaimFile).where(ClaimFile.claim_id.in_(ours)))
    emptied = update(ClaimPack).where(ClaimPack.claim_id.in_(ours))
    db.execute(emptied.values(contents={}, sha256=None, size=None, made_at=None))
    db.flush()
    return frozenset(digests - _needed(db, digests))


def forget_numbers(db: Db, learner_ids: Collection[UUID], *, authority_id: UUID, now: datetime) -> int:
    """Delete the numbers of learners of whom an authority keeps no claim any more; returns how many went."""
    rows = db.scalars(
        select(LearnerNumber).where(
            LearnerNumber.learner_id.in_(list(learner_ids)),
            LearnerNumber.authority_id == authority_id,
            LearnerNumber.gone_at.is_(None),
        )
    ).all()
    for row in rows:
        row.sealed, row.digest, row.gone_at = None, None, now
    db.flush()
    return len(rows)


def _needed(db: Db, digests: Collection[str]) -> set[str]:
    wanted = list(digests)
    files = db.scalars(select(ClaimFile.sha256).where(ClaimFile.sha256.in_(wanted)))
    packs = db.scalars(select(ClaimPack.sha256).where(ClaimPack.sha256.in_(wanted)))
    return {*files, *(digest for digest in packs if digest)}
