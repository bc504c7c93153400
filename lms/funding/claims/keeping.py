"""Claims that have ended, as far as keeping their records goes: states, days and sums. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.core.clock import LONDON
from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.claims.models import Claim, ClaimLine, ClaimMove
from lms.funding.vocabulary import ClaimState

_DECIDED = (ClaimState.APPROVED, ClaimState.REJECTED)
_MONEY = (ClaimState.PAID, ClaimState.RECOVERED)
FEWEST_DAYS = 365
"""No scheme keeps records shorter than a year, so younger claims are not even read."""


@dataclass(frozen=True, kw_only=True)
class KeptClaim:
    """A claim that has ended. `decided_at` and `money_at` are its last moves of these kinds; sums in pence."""

    id: UUID
    reference: str
    scheme: str
    state: ClaimState
    state_since: datetime
    decided_at: datetime | None
    money_at: datetime | None
    lines: int
    approved_pence: Pence
    paid_pence: Pence
    recovered_pence: Pence


def _last(states: tuple[ClaimState, ...]) -> Any:
    moved = select(func.max(ClaimMove.at)).where(ClaimMove.claim_id == Claim.id, ClaimMove.went_to.in_(states))
    return moved.correlate(Claim).scalar_subquery()


def _sum(column: Any) -> Any:
    wanted = select(func.coalesce(func.sum(column), 0)).where(
        ClaimLine.claim_id == Claim.id, ClaimLine.taken_out_at.is_(None)
    )
    return wanted.correlate(Claim).scalar_subquery()


_KEPT: Select[*tuple[Any, ...]] = select(
    Claim.id,
    Claim.reference,
    Claim.scheme,
    Claim.state,
    Claim.state_since,
    _last(_DECIDED).label("decided_at"),
    _last(_MONEY).label("money_at"),
    select(func.count())
    .select_from(ClaimLine)
    .where(ClaimLine.claim_id == Claim.id, ClaimLine.taken_out_at.is_(None))
    .correlate(Claim)
    .scalar_subquery()
    .label("lines"),
    _sum(ClaimLine.approved_pence).label("approved_pence"),
    _sum(ClaimLine.paid_pence).label("paid_pence"),
    _sum(ClaimLine.recovered_pence).label("recovered_pence"),
)


def ended_in(
    db: Db,
    authority_id: UUID,
    states: Collection[ClaimState],
    *,
    before: date | None,
    without: Select[*tuple[Any, ...]],
    claim_id: UUID | None = None,
    limit: int = 5000,
) -> list[KeptClaim]:
    """Claims of an authority in these states, the longest ended first, but for those `without` names. One query.

    `before` leaves out those that ended less than a year before a day.
    """
    wanted = _KEPT.where(Claim.authority_id == authority_id, Claim.state.in_(states), Claim.id.not_in(without))
    if before is not None:
        year = datetime.combine(date.fromordinal(before.toordinal() - FEWEST_DAYS + 1), time.min, tzinfo=LONDON)
        wanted = wanted.where(Claim.state_since < year)
    if claim_id is not None:
        wanted = wanted.where(Claim.id == claim_id)
    rows = columns(db, wanted.order_by(Claim.state_since, Claim.id).limit(limit), {})
    return [KeptClaim(**row) for row in rows.mappings()]


def is_claim_of(db: Db, authority_id: UUID, claim_id: UUID) -> bool:
    """Whether a claim is an authority's."""
    wanted = select(Claim.id).where(Claim.id == claim_id, Claim.authority_id == authority_id)
    return db.scalar(wanted) is not None


def by_reference(db: Db, authority_id: UUID, reference: str) -> UUID | None:
    """An authority's claim by its reference; capitals and spaces do not matter."""
    wanted = select(Claim.id).where(Claim.authority_id == authority_id)
    return db.scalar(wanted.where(Claim.reference == reference.strip().upper()))


def references(db: Db, claim_ids: Collection[UUID]) -> dict[UUID, str]:
    """The references of these claims."""
    wanted = select(Claim.id, Claim.reference).where(Claim.id.in_(list(claim_ids)))
    return dict(columns(db, wanted, {}).all())


def learners_left(db: Db, authority_id: UUID, claim_ids: Collection[UUID], cleared: Select[Any]) -> set[UUID]:
    """Learners of these claims of whom the authority keeps no other claim that was not cleared."""
    in_these = select(ClaimLine.learner_id).where(ClaimLine.claim_id.in_(list(claim_ids)))
    elsewhere = (
        select(ClaimLine.learner_id)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.authority_id == authority_id, Claim.id.not_in(list(claim_ids)), Claim.id.not_in(cleared))
    )
    return set(db.scalars(in_these)) - set(db.scalars(elsewhere.where(ClaimLine.learner_id.in_(in_these))))
