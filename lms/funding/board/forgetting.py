"""What is left of audit files when the records of a claim are cleared: that one was asked for."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import Db
from lms.funding.board.models import AuditFile


def forget(db: Db, claim_ids: Collection[UUID], *, now: datetime) -> frozenset[str]:  # noqa: ARG001  as every room that forgets
    """Give up the audit files of these claims; returns their digests. Again it finds nothing."""
    mine = AuditFile.claim_id.in_(list(claim_ids))
    digests = {digest for digest in db.scalars(select(AuditFile.sha256).where(mine)) if digest}
    db.execute(update(AuditFile).where(mine).values(sha256=None))
    db.flush()
    return frozenset(digests)
