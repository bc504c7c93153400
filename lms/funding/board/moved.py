"""Every amount of an authority's claims with its day, for a report: claimed, approved, paid, taken back, in pence."""

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.funding.claims.models import (
    Claim,
    ClaimLine,
    ClaimLineDecision,
    ClaimRecovery,
    ClaimReliedOn,
    ClaimSubmission,
)
from lms.funding.paying.models import Payment


class Money(StrEnum):
    """What happened to an amount."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    PAID = "paid"
    RECOVERED = "recovered"


class Amount(NamedTuple):
    """An amount of one line of a claim."""

    what: Money
    scheme: str
    learner_id: UUID
    on: date
    pence: int


def amounts_in(db: Db, authority_id: UUID, first: date, last: date) -> list[Amount]:
    """Every amount of a period, all days included. Four queries.

    A line counts as claimed once, on the day it was sent in first, with what it came to then; as approved once, by its
    last decision up to the end of the period. Whoever paid or took back in parts did so on each of those days.
    """
    found = [*_first(db, authority_id, last), *_last(db, authority_id, last)]
    for what, asked in ((Money.PAID, _PAID), (Money.RECOVERED, _RECOVERED)):
        rows = columns(db, asked, {"authority_id": authority_id})
        found += [Amount(what, row.scheme, row.learner_id, _day(row.at), int(row.pence)) for row in rows]
    return [each for each in found if first <= each.on <= last]


def _first(db: Db, authority_id: UUID, last: date) -> list[Amount]:
    rows: dict[UUID, Any] = {}
    for row in columns(db, _SENT, {"authority_id": authority_id}):
        if _day(row.at) <= last:
            rows.setdefault(row.line_id, row)
    return _amounts(Money.CLAIMED, rows)


def _last(db: Db, authority_id: UUID, last: date) -> list[Amount]:
    rows = {row.line_id: row for row in columns(db, _DECIDED, {"authority_id": authority_id}) if _day(row.at) <= last}
    return _amounts(Money.APPROVED, rows)


def _amounts(what: Money, rows: dict[UUID, Any]) -> list[Amount]:
    return [Amount(what, row.scheme, row.learner_id, _day(row.at), int(row.pence)) for row in rows.values()]


def _day(when: Any) -> date:
    return london_day(when) if hasattr(when, "astimezone") else when


def _of_lines(at: Any, pence: Any, *, order: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(ClaimLine.id.label("line_id"), ClaimLine.learner_id, Claim.scheme, at.label("at"), pence.label("pence"))
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.authority_id == bindparam("authority_id"))
        .order_by(*order)
    )


_SENT = (
    _of_lines(ClaimSubmission.on_day, ClaimReliedOn.payable_pence, order=(ClaimSubmission.number,))
    .join(ClaimReliedOn, ClaimReliedOn.line_id == ClaimLine.id)
    .join(ClaimSubmission, ClaimSubmission.id == ClaimReliedOn.submission_id)
)
_DECIDED = _of_lines(
    ClaimLineDecision.at, ClaimLineDecision.approved_pence, order=(ClaimLineDecision.at, ClaimLineDecision.id)
).join(ClaimLineDecision, ClaimLineDecision.line_id == ClaimLine.id)
_PAID = _of_lines(Payment.paid_on, Payment.pence, order=(Payment.at, Payment.id)).join(
    Payment, Payment.line_id == ClaimLine.id
)
_RECOVERED = _of_lines(ClaimRecovery.at, ClaimRecovery.pence, order=(ClaimRecovery.at,)).join(
    ClaimRecovery, ClaimRecovery.line_id == ClaimLine.id
)
