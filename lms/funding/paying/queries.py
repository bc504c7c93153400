"""Read payments. Whoever asks for a claim's money has looked at its wall; lists here are narrowed to one authority."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.paying.models import Difference, Payment, Remittance, Repayment
from lms.funding.paying.words import Settled
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What came in for a line and what went back, in pence; `closed_pence` is what the payer will not pay any more,
    `kept_pence` what came too much and may be kept. What was *recovered* stands with the claim's line."""

    pence: Pence = 0
    repaid_pence: Pence = 0
    closed_pence: Pence = 0
    kept_pence: Pence = 0


@dataclass(frozen=True, kw_only=True)
class PaymentView:
    """Money that came in for a line: by a remittance when `remittance` names one, else written down by hand."""

    id: UUID
    line_id: UUID
    pence: Pence
    paid_on: date
    reference: str
    note: str
    remittance_id: UUID | None
    remittance: str | None
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class RepaymentView:
    """Money that went back to the payer for a line."""

    id: UUID
    line_id: UUID
    pence: Pence
    paid_on: date
    reference: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DifferenceView:
    """A difference somebody closed, and why."""

    id: UUID
    line_id: UUID
    how: Settled
    pence: Pence
    reason: str
    by_name: str
    at: datetime


def paid_of(db: Db, line_ids: Collection[UUID]) -> dict[UUID, Paid]:
    """What came in and went back for each of these lines; three small queries however many there are."""
    if not line_ids:
        return {}
    asked = {"line_ids": list(line_ids)}
    came = {row.line_id: int(row.pence) for row in columns(db, _CAME, asked)}
    went = {row.line_id: int(row.pence) for row in columns(db, _WENT, asked)}
    closed = {(row.line_id, row.how): int(row.pence) for row in columns(db, _CLOSED, asked)}
    return {
        line_id: Paid(
            pence=came.get(line_id, 0),
            repaid_pence=went.get(line_id, 0),
            closed_pence=closed.get((line_id, Settled.REST_CLOSED), 0),
            kept_pence=closed.get((line_id, Settled.KEPT), 0),
        )
        for line_id in line_ids
    }


def payments_of(db: Db, claim_id: UUID) -> tuple[PaymentView, ...]:
    """What came in for a claim, oldest first."""
    found = db.execute(
        select(Payment, Remittance.name)
        .join(Remittance, Remittance.id == Payment.remittance_id, isouter=True)
        .where(Payment.claim_id == claim_id)
        .order_by(Payment.at, Payment.id)
    ).all()
    names = people.persons(db, {row.by for row, _ in found})
    return tuple(
        PaymentView(
            id=row.id,
            line_id=row.line_id,
            pence=row.pence,
            paid_on=row.paid_on,
            reference=row.reference,
            note=row.note,
            remittance_id=row.remittance_id,
            remittance=name,
            by_name=names[row.by].name,
            at=row.at,
        )
        for row, name in found
    )


def repayments_of(db: Db, claim_id: UUID) -> tuple[RepaymentView, ...]:
    """What went back to the payer for a claim, oldest first."""
    found = db.scalars(
        select(Repayment).where(Repayment.claim_id == claim_id).order_by(Repayment.at, Repayment.id)
    ).all()
    names = people.persons(db, {row.by for row in found})
    return tuple(
        RepaymentView(
            id=row.id,
            line_id=row.line_id,
            pence=row.pence,
            paid_on=row.paid_on,
            reference=row.reference,
            by_name=names[row.by].name,
            at=row.at,
        )
        for row in found
    )


def differences_of(db: Db, claim_id: UUID) -> tuple[DifferenceView, ...]:
    """Differences somebody closed on a claim, oldest first."""
    found = db.scalars(
        select(Difference).where(Difference.claim_id == claim_id).order_by(Difference.at, Difference.id)
    ).all()
    names = people.persons(db, {row.by for row in found})
    return tuple(
        DifferenceView(
            id=row.id,
            line_id=row.line_id,
            how=row.how,
            pence=row.pence,
            reason=row.reason,
            by_name=names[row.by].name,
            at=row.at,
        )
        for row in found
    )


def paid_between(db: Db, authority_id: UUID, first: date, last: date) -> Sequence[tuple[UUID, date, Pence]]:
    """Every payment of an authority with its line and day, from the first day to the last; both count."""
    wanted = select(Payment.line_id, Payment.paid_on, Payment.pence).where(
        Payment.authority_id == authority_id, Payment.paid_on.between(first, last)
    )
    return [(line_id, on, pence) for line_id, on, pence in db.execute(wanted)]


def _sum_of(table: type[Payment] | type[Repayment]) -> Select[*tuple[Any, ...]]:
    return (
        select(table.line_id, func.sum(table.pence).label("pence"))
        .where(table.line_id.in_(bindparam("line_ids", expanding=True)))
        .group_by(table.line_id)
    )


_CAME, _WENT = _sum_of(Payment), _sum_of(Repayment)
_CLOSED = (
    select(Difference.line_id, Difference.how, func.sum(Difference.pence).label("pence"))
    .where(Difference.line_id.in_(bindparam("line_ids", expanding=True)))
    .group_by(Difference.line_id, Difference.how)
)
