"""What other rooms ask quality assurance: whether a certificate waits, and whether a verifier may read something."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select

from lms.assessment.models import LearnerUnit
from lms.assessment.quality.access import may_read
from lms.assessment.quality.models import Sample
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.rules import Policy, Waits
from lms.assessment.quality.samples.rules import State
from lms.assessment.rules import UnitState
from lms.core.clock import london_day
from lms.core.db import Db, columns

MOST = 200

__all__ = ["learners_waiting_in", "may_read", "units_waiting_of", "waits_for_sample"]


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


def units_waiting_of(db: Db, learner_id: UUID) -> Mapping[tuple[UUID, str], date]:
    """The units of a learner with a sample that a certificate waits for, since when. One query for most learners."""
    return _waiting(db, columns(db, _OPEN_SAMPLES, {"learner_id": learner_id}).all())


_OPEN_SAMPLES = (
    select(Sample.enrolment_id, Sample.unit, Sample.authority_id, Sample.framework, Sample.chosen_at)
    .where(Sample.learner_id == bindparam("learner_id"), Sample.state != State.ACCEPTED)
    .order_by(Sample.chosen_at.desc())
    .limit(MOST)
)


def learners_waiting_in(db: Db, authority_id: UUID) -> frozenset[UUID]:
    """The learners of an authority with a finished unit whose certificate waits for a sample. Two queries at most."""
    policy = policy_of(db, authority_id)
    if policy.waits is Waits.NONE:
        return frozenset()
    wanted = (
        select(Sample.learner_id, Sample.framework)
        .join(LearnerUnit, and_(LearnerUnit.enrolment_id == Sample.enrolment_id, LearnerUnit.unit == Sample.unit))
        .where(Sample.authority_id == authority_id, Sample.state != State.ACCEPTED)
        .where(LearnerUnit.state == UnitState.SIGNED_OFF)
    )
    rows = db.execute(wanted.limit(5000))
    return frozenset(row.learner_id for row in rows if policy.waits_for(row.framework) is not Waits.NONE)


def _waiting(db: Db, samples: Iterable[Any]) -> Mapping[tuple[UUID, str], date]:
    policies: dict[UUID, Policy] = {}
    found: dict[tuple[UUID, str], date] = {}
    for row in samples:  # the oldest comes last and stays
        if row.authority_id not in policies:
            policies[row.authority_id] = policy_of(db, row.authority_id)
        if policies[row.authority_id].waits_for(row.framework) is not Waits.NONE:
            found[row.enrolment_id, row.unit] = london_day(row.chosen_at)
    return found
