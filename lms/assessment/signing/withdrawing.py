"""Write that a sign-off was withdrawn: the unit opens again, and what rests on it is told."""

from datetime import date, datetime
from uuid import UUID

from lms.assessment import places
from lms.assessment.events import SignOffWithdrawn
from lms.assessment.rules import Standing
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.assessment.signing.rules import Withdrawer, still_stands, withdrawer
from lms.assessment.standing import standings
from lms.assessment.standing_rows import refresh
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role


def part_of(db: Db, row: SignOff, by: UUID, now: datetime) -> Withdrawer | None:
    """In which part somebody may withdraw a sign-off; None when they may not."""
    enrolment, today = learning.enrolment(db, row.enrolment_id), london_day(now)
    asked = (Role.QUALITY_ASSURER, Role.COORDINATOR)
    roles = {role for role in asked if people.holds(db, by, role, [enrolment.authority_id], today)}
    stands = by == row.signed_by and _stands(db, row, enrolment, by, today)
    return withdrawer(by=by, signed_by=row.signed_by, learner=row.learner_id, roles=roles, stands=stands)


def part_in(db: Db, sign_off_id: UUID, by: UUID, now: datetime) -> Withdrawer | None:
    """The same for a sign-off by its number; None also when there is none."""
    row = db.get(SignOff, sign_off_id)
    return part_of(db, row, by, now) if row else None


def _stands(db: Db, row: SignOff, enrolment: EnrolmentView, by: UUID, today: date) -> bool:
    viewer = people.viewer_of(db, by, today)
    if viewer is None:
        return False
    found = standings(db, viewer, enrolment, on=today, today=today, among={row.capacity}, unit=row.unit)
    return still_stands(Standing(row.capacity, row.behalf), found)


def withdraw(db: Db, row: SignOff, *, reason: str, by: UUID, now: datetime) -> None:
    """Withdraw a sign-off whose unit is held; a second time changes nothing. Who may is asked by whoever calls this.

    A reviewer who sent a decision back withdraws as quality assurer, also one from another place with an agreement.
    """
    role = part_of(db, row, by, now) or Withdrawer.QUALITY_ASSURER
    if not add_once(db, SignOffWithdrawal(sign_off_id=row.id, by=by, role=role, reason=reason, at=now)):
        return
    enrolment = learning.enrolment(db, row.enrolment_id)
    placed = next((each for each in places.units_of(db, enrolment) if each.unit.code == row.unit), None)
    refresh(db, row.enrolment_id, row.unit, now)
    fact = SignOffWithdrawn(
        about=row.learner_id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        sign_off_id=row.id,
        module=placed.unit.module if placed else None,
    )
    record(db, fact, by=by, now=now, behalf=enrolment.authority_id)
