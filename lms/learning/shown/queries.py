"""Read what was shown of the outcomes of modules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.learning.shown.models import ShownOutcome
from lms.learning.shown.rules import HowShown


@dataclass(frozen=True)
class OutcomeShown:
    """How an outcome was shown, when and where. `question` is the one answered right; `judged_by` is None when PALMS
    marked it."""

    how: HowShown
    at: datetime
    source_id: UUID | None
    judged_by: UUID | None
    question: str | None


def shown_in(db: Db, enrolment_id: UUID) -> Mapping[str, OutcomeShown]:
    """The outcomes shown in an enrolment, by code, each as it was shown first."""
    rows = db.scalars(select(ShownOutcome).where(ShownOutcome.enrolment_id == enrolment_id).order_by(ShownOutcome.at))
    return {row.outcome: OutcomeShown(row.how, row.at, row.source_id, row.judged_by, row.question) for row in rows}
