"""Read sign-offs: those that stand and those that were withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment.rules import Capacity
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.assessment.signing.rules import Declaration, How, Withdrawer
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people


@dataclass(frozen=True)
class WithdrawalView:
    """A sign-off was withdrawn: when, by whom, in which part, and why."""

    at: datetime
    by: UUID
    by_name: str
    role: Withdrawer
    reason: str


@dataclass(frozen=True, kw_only=True)
class SignOffView:
    """A sign-off: the day, by whom (`by_name` is the account's, `declared` what they gave), and for which organisation.

    `copy` is the unit's record as it was then, as canonical JSON; None for sign-offs from before copies were kept.
    """

    id: UUID
    enrolment_id: UUID
    unit: str
    turn: int
    framework: str
    edition: str
    learner_id: UUID
    on: date
    at: datetime
    by: UUID
    by_name: str
    capacity: Capacity
    behalf: UUID
    statement: str
    declared: Declaration
    copy: str | None = field(repr=False)
    copy_digest: str | None
    withdrawn: WithdrawalView | None


# Put together once, and columns: entities cost twice as much and nothing here is changed.
_OF = (
    select(
        *SignOff.__table__.c,
        SignOffWithdrawal.at.label("end_at"),
        SignOffWithdrawal.by.label("end_by"),
        SignOffWithdrawal.role.label("end_role"),
        SignOffWithdrawal.reason.label("end_reason"),
    )
    .outerjoin(SignOffWithdrawal, SignOffWithdrawal.sign_off_id == SignOff.id)
    .where(SignOff.enrolment_id.in_(bindparam("enrolments", expanding=True)))
    .order_by(SignOff.at, SignOff.turn)
)


def sign_offs_of(db: Db, enrolment_id: UUID) -> tuple[SignOffView, ...]:
    """Every sign-off of an enrolment, the first first, withdrawn ones too. Two queries."""
    return sign_offs_in(db, [enrolment_id])[enrolment_id]


def sign_offs_in(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, tuple[SignOffView, ...]]:
    """The same for each of several enrolments. Two queries."""
    rows = columns(db, _OF, {"enrolments": list(enrolment_ids)}).all() if enrolment_ids else []
    ids = {row.signed_by for row in rows} | {row.end_by for row in rows if row.end_by is not None}
    names = {id: each.name for id, each in people.persons(db, ids).items()} if ids else {}
    found: dict[UUID, list[SignOffView]] = {id: [] for id in enrolment_ids}
    for row in rows:
        found[row.enrolment_id].append(_view(row, names))
    return {id: tuple(views) for id, views in found.items()}


def sign_off(db: Db, sign_off_id: UUID) -> SignOffView:
    """One sign-off. Raises NotFound."""
    row = db.get(SignOff, sign_off_id)
    if row is None:
        raise NotFound("sign-off")
    return next(each for each in sign_offs_of(db, row.enrolment_id) if each.id == sign_off_id)


def _view(row: Any, names: dict[UUID, str]) -> SignOffView:
    ended = row.end_by is not None
    return SignOffView(
        id=row.id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        turn=row.turn,
        framework=row.framework,
        edition=row.edition,
        learner_id=row.learner_id,
        on=london_day(row.at),
        at=row.at,
        by=row.signed_by,
        by_name=names[row.signed_by],
        capacity=row.capacity,
        behalf=row.behalf,
        statement=row.statement,
        declared=Declaration(row.name, row.role, How(row.how), row.supporter, row.consent, row.heard_by),
        copy=row.copy,
        copy_digest=row.copy_digest,
        withdrawn=WithdrawalView(row.end_at, row.end_by, names[row.end_by], row.end_role, row.end_reason)
        if ended
        else None,
    )
