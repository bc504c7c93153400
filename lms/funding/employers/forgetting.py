"""What is taken away from the employers' side when the records of claims are cleared."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from lms.core.db import Db
from lms.funding.employers.answers import Answers
from lms.funding.employers.models import TrainingEnquiry


def forget(db: Db, claim_ids: Collection[UUID], *, now: datetime) -> frozenset[str]:
    """Empty the answers that these applications were made of. No files are kept here, so none are given back."""
    mine = update(TrainingEnquiry).where(TrainingEnquiry.claim_id.in_(claim_ids))
    db.execute(mine.values(answers=Answers().data(), changed_at=now))
    return frozenset()
