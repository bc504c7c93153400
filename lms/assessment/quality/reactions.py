"""What quality assurance writes when something is decided, signed off, withdrawn or looked at again."""

from datetime import datetime
from uuid import UUID

from lms.assessment.events import DecisionsFinalised, SignOffWithdrawn, UnitSignedOff
from lms.assessment.quality.appeals import services as appeals
from lms.assessment.quality.planning import services as planning
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.quality.planning.work import refresh
from lms.assessment.quality.rules import Waits, period_of
from lms.assessment.quality.samples import services as samples
from lms.core.clock import london_day
from lms.core.db import Db


def take_in_decisions(db: Db, fact: DecisionsFinalised, now: datetime) -> None:
    """What was decided can be chosen from now on; what was sent back may be answered by it, and an appeal too."""
    for unit in fact.units:
        _refresh(db, fact.enrolment_id, unit, now)
        samples.note_answers(db, enrolment_id=fact.enrolment_id, unit=unit, now=now)
        appeals.note_new_decisions(db, enrolment_id=fact.enrolment_id, unit=unit, now=now)


def take_in_sign_off(db: Db, fact: UnitSignedOff, now: datetime) -> None:
    """Work that is finished can be chosen as such; at once where a certificate may have to wait for it."""
    _refresh(db, fact.enrolment_id, fact.unit, now)


def take_in_withdrawal(db: Db, fact: SignOffWithdrawn, now: datetime) -> None:
    """Work whose sign-off was withdrawn is on its way again."""
    _refresh(db, fact.enrolment_id, fact.unit, now)


def _refresh(db: Db, enrolment_id: UUID, unit: str, now: datetime) -> None:
    authority = planning.authority_of_unit(db, enrolment_id, unit)
    if authority is None:
        return
    policy, period = policy_of(db, authority), period_of(london_day(now))
    rows = refresh(db, enrolment_id=enrolment_id, unit=unit, policy=policy, now=now)
    if not rows:
        return
    if policy.waits_for(rows[0].framework) is Waits.NONE:
        planning.plan_later(db, authority, period, now)
    else:
        planning.replan(db, authority, period, now)
