"""What other rooms ask quality assurance: whether a certificate waits, and whether a verifier may read something."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from lms.assessment.models import LearnerUnit
from lms.assessment.quality.access import may_read
from lms.assessment.quality.models import Sample
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.rules import Waits
from lms.assessment.quality.samples.rules import State
from lms.core.clock import london_day
from lms.core.db import Db

__all__ = ["may_read", "waits_for_sample"]


def waits_for_sample(db: Db, enrolment_id: UUID, unit: str) -> date | None:
    """Since which day a certificate that rests on a learner's unit waits for a sample of it; None when it does not.

    At most three queries; only where the authority lets certificates wait, and somebody has yet to accept the sample.
    """
    of_unit = (LearnerUnit.enrolment_id == enrolment_id) & (LearnerUnit.unit == unit)
    found = db.execute(select(LearnerUnit.authority_id, LearnerUnit.framework).where(of_unit)).one_or_none()
    if found is None or policy_of(db, found.authority_id).waits_for(found.framework) is Waits.NONE:
        return None
    open_ones = (Sample.enrolment_id == enrolment_id) & (Sample.unit == unit) & (Sample.state != State.ACCEPTED)
    chosen = db.scalar(select(Sample.chosen_at).where(open_ones).order_by(Sample.chosen_at).limit(1))
    return london_day(chosen) if chosen else None
