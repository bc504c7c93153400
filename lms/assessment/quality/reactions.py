"""What quality assurance writes when something is decided, signed off, withdrawn or looked at again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.assessment.events import DecisionsFinalised, SignOffWithdrawn, UnitSignedOff
from lms.assessment.quality.appeals import services as appeals
from lms.assessment.quality.models import SamplingWork
from lms.assessment.quality.planning import services as planning
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.planning.work import refresh
from lms.assessment.quality.rules import Policy, Waits, period_of
from lms.assessment.quality.samples import services as samples
from lms.core.clock import london_day
from lms.core.db import Db, columns


def take_in_decisions(db: Db, fact: DecisionsFinalised, now: datetime) -> None:
    """What was decided can be chosen from now on; what was sent back may be answered by it, and an appeal too."""
    for unit in fact.units:
        _refresh(db, fact.enrolment_id, unit, now)
        asked = {"enrolment_id": fact.enrolment_id, "unit": unit}
        sent_back, appealed = columns(db, _WAITING, asked).one()
        if sent_back:
            samples.note_answers(db, enrolment_id=fact.enrolment_id, unit=unit, now=now)
        if appealed:
            appeals.note_new_decisions(db, enrolment_id=fact.enrolment_id, unit=unit, now=now)


# Put together once, and both asked at once: nearly always neither waits.
_WAITING = select(samples.SENT_BACK.exists(), appeals.AGAIN.exists())


def take_in_sign_off(db: Db, fact: UnitSignedOff, now: datetime) -> None:
    """Work that is finished can be chosen as such; at once where a certificate may have to wait for it."""
    found = _refresh(db, fact.enrolment_id, fact.unit, now)
    if found is None:
        return
    samples.make_final(db, [row.id for row in found.rows])
    if found.policy.waits_for(found.rows[0].framework) is not Waits.NONE:
        planning.replan(db, found.rows[0].authority_id, period_of(london_day(now)), now)


def take_in_withdrawal(db: Db, fact: SignOffWithdrawn, now: datetime) -> None:
    """Work whose sign-off was withdrawn is on its way again."""
    _refresh(db, fact.enrolment_id, fact.unit, now)


@dataclass(frozen=True)
class _Found:
    """What is decided of a learner's unit, and the policy that counts for it."""

    policy: Policy
    rows: Sequence[SamplingWork]


def _refresh(db: Db, enrolment_id: UUID, unit: str, now: datetime) -> _Found | None:
    authority = planning.authority_of_unit(db, enrolment_id, unit)
    if authority is None:
        return None
    policy = policy_of(db, authority)
    rows = refresh(db, enrolment_id=enrolment_id, unit=unit, policy=policy, now=now)
    if not rows:
        return None
    planning.plan_later(db, authority, period_of(london_day(now)), now)
    return _Found(policy, rows)
