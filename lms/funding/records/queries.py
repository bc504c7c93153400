"""Read until when the records of claims are kept, what holds them, and clearings. Narrowed to the authorities given.

Which claims there are comes from `claims.keeping`; this room keeps what holds them and what was cleared.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.core.words import NotFound
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import keeping
from lms.funding.claims.keeping import KeptClaim
from lms.funding.records import rules
from lms.funding.records.models import ClearedClaim, RecordClearing, RecordHold, RecordHoldEnd
from lms.funding.records.rules import ENDED, Hold, Kept
from lms.funding.records.words import ClearingState, HoldReason, Outcome

MOST_AT_ONCE = 500
"""Claims of one clearing; what is over goes into the next one."""


@dataclass(frozen=True, kw_only=True)
class HoldView:
    """Something that keeps records longer."""

    id: UUID
    authority_id: UUID
    claim_id: UUID | None
    scheme: str | None
    reason: HoldReason
    note: str
    until: date | None
    by: UUID
    at: datetime
    ended_by: UUID | None
    ended_at: datetime | None

    @property
    def plain(self) -> Hold:
        """The same for the rules."""
        return Hold(claim_id=self.claim_id, scheme=self.scheme, until=self.until, ended=self.ended_at is not None)

    def holds_on(self, on: date) -> bool:
        """Whether it holds anything on a day."""
        return self.ended_at is None and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Due:
    """A claim that has ended, until when its records are kept, and whether something holds them longer."""

    claim: KeptClaim
    kept_until: date
    is_held: bool

    def due(self, on: date) -> bool:
        """Whether its records can be cleared on a day."""
        return on > self.kept_until and not self.is_held


@dataclass(frozen=True, kw_only=True)
class ClearingView:
    """A clearing: when it was tried, by whom it was confirmed, and where it stands."""

    id: UUID
    authority_id: UUID
    due_on: date
    state: ClearingState
    made_by: UUID
    made_at: datetime
    confirmed_by: UUID | None
    confirmed_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ClearedView:
    """One claim of a clearing: what stays of it, and what became of its records."""

    claim_id: UUID
    reference: str
    scheme: str
    kept_until: date
    lines: int
    approved_pence: Pence
    paid_pence: Pence
    recovered_pence: Pence
    files: int
    outcome: Outcome
    at: datetime | None


_HOLDS = select(
    RecordHold.id,
    RecordHold.authority_id,
    RecordHold.claim_id,
    RecordHold.scheme,
    RecordHold.reason,
    RecordHold.note,
    RecordHold.until,
    RecordHold.by,
    RecordHold.at,
    RecordHoldEnd.by.label("ended_by"),
    RecordHoldEnd.at.label("ended_at"),
).outerjoin(RecordHoldEnd, RecordHoldEnd.hold_id == RecordHold.id)
_CLEARINGS = select(
    RecordClearing.id,
    RecordClearing.authority_id,
    RecordClearing.due_on,
    RecordClearing.state,
    RecordClearing.made_by,
    RecordClearing.made_at,
    RecordClearing.confirmed_by,
    RecordClearing.confirmed_at,
    RecordClearing.done_at,
)
_OF_CLEARING = select(
    ClearedClaim.claim_id,
    ClearedClaim.reference,
    ClearedClaim.scheme,
    ClearedClaim.kept_until,
    ClearedClaim.lines,
    ClearedClaim.approved_pence,
    ClearedClaim.paid_pence,
    ClearedClaim.recovered_pence,
    ClearedClaim.files,
    ClearedClaim.outcome,
    ClearedClaim.at,
)
CLEARED = select(ClearedClaim.claim_id).where(ClearedClaim.outcome == Outcome.CLEARED)
"""Claims whose records were cleared."""


def holds_of(db: Db, authority_ids: Collection[UUID], *, open_only: bool = False, limit: int = 500) -> list[HoldView]:
    """What keeps records longer in these authorities, the newest first."""
    wanted = _HOLDS.where(RecordHold.authority_id.in_(list(authority_ids)))
    if open_only:
        wanted = wanted.where(RecordHoldEnd.hold_id.is_(None))
    rows = columns(db, wanted.order_by(RecordHold.at.desc(), RecordHold.id).limit(limit), {})
    return [HoldView(**row) for row in rows.mappings()]


def hold(db: Db, hold_id: UUID, *, within: Collection[UUID]) -> HoldView:
    """One hold behind one of these walls. Raises NotFound."""
    row = columns(db, _HOLDS.where(RecordHold.id == hold_id), {}).mappings().first()
    if row is None or row["authority_id"] not in within:
        raise NotFound("hold")
    return HoldView(**row)


def kept_of(db: Db, authority_id: UUID, claims: Iterable[KeptClaim], on: date) -> list[Due]:
    """Until when the records of these claims are kept, and whether something holds them. One query beside schemes."""
    schemes = schemes_for(db, authority_id, on=on)
    holds = [each.plain for each in holds_of(db, [authority_id], open_only=True, limit=10_000)]
    found = []
    for claim in claims:
        plain = _plain(claim, schemes.by_code.get(claim.scheme))
        until = rules.keep_until(plain)
        if until is not None:
            found.append(Due(claim, until, rules.held(plain, holds, on)))
    return found


def due_in(db: Db, authority_id: UUID, on: date, *, limit: int = MOST_AT_ONCE) -> list[Due]:
    """Claims whose records can be cleared on a day, the longest over first; those that something holds are among them.

    At most so many; claims that were cleared already are not there.
    """
    ended = keeping.ended_in(db, authority_id, ENDED, before=on, without=CLEARED)
    listed = (each for each in kept_of(db, authority_id, ended, on) if on > each.kept_until)
    return sorted(listed, key=lambda each: (each.kept_until, each.claim.reference))[:limit]


def one_due(db: Db, authority_id: UUID, claim_id: UUID, on: date) -> Due | None:
    """How one claim stands; None when it is not there, has not ended, or was cleared."""
    found = keeping.ended_in(db, authority_id, ENDED, before=None, without=CLEARED, claim_id=claim_id)
    return next(iter(kept_of(db, authority_id, found, on)), None)


def clearings_of(db: Db, authority_ids: Collection[UUID], *, limit: int = 50) -> list[ClearingView]:
    """Clearings of these authorities, the newest first."""
    wanted = _CLEARINGS.where(RecordClearing.authority_id.in_(list(authority_ids)))
    rows = columns(db, wanted.order_by(RecordClearing.made_at.desc(), RecordClearing.id).limit(limit), {})
    return [ClearingView(**row) for row in rows.mappings()]


def clearing(db: Db, clearing_id: UUID, *, within: Collection[UUID]) -> ClearingView:
    """One clearing behind one of these walls. Raises NotFound."""
    row = columns(db, _CLEARINGS.where(RecordClearing.id == clearing_id), {}).mappings().first()
    if row is None or row["authority_id"] not in within:
        raise NotFound("clearing")
    return ClearingView(**row)


def claims_of(db: Db, clearing_id: UUID, *, offset: int = 0, limit: int = 50) -> tuple[list[ClearedView], int]:
    """The claims of a clearing, by reference, and how many there are."""
    mine = ClearedClaim.clearing_id == bindparam("clearing_id")
    values = {"clearing_id": clearing_id}
    total = columns(db, select(func.count()).select_from(ClearedClaim).where(mine), values).scalar_one()
    rows = columns(db, _OF_CLEARING.where(mine).order_by(ClearedClaim.reference).offset(offset).limit(limit), values)
    return [ClearedView(**row) for row in rows.mappings()], total


def outcomes_of(db: Db, clearing_id: UUID) -> dict[Outcome, int]:
    """How many claims of a clearing came to what."""
    wanted = select(ClearedClaim.outcome, func.count()).where(ClearedClaim.clearing_id == clearing_id)
    return dict(columns(db, wanted.group_by(ClearedClaim.outcome), {}).all())


def cleared_on(db: Db, claim_ids: Collection[UUID]) -> dict[UUID, date]:
    """On which day the records of these claims were cleared; those that stand are left out."""
    wanted = select(ClearedClaim.claim_id, ClearedClaim.at).where(
        ClearedClaim.claim_id.in_(list(claim_ids)), ClearedClaim.outcome == Outcome.CLEARED
    )
    return {claim_id: london_day(at) for claim_id, at in columns(db, wanted, {}) if at is not None}


def held_by(db: Db, authority_id: UUID, claim_id: UUID, scheme: str, on: date) -> list[HoldView]:
    """What holds the records of one claim on a day."""
    wanted = _HOLDS.where(
        RecordHold.authority_id == authority_id, or_(RecordHold.claim_id == claim_id, RecordHold.scheme == scheme)
    )
    found = (HoldView(**row) for row in columns(db, wanted.order_by(RecordHold.at), {}).mappings())
    return [each for each in found if each.holds_on(on)]


def is_claim_of(db: Db, authority_id: UUID, claim_id: UUID) -> bool:
    """Whether a claim is an authority's, in whatever state."""
    return keeping.is_claim_of(db, authority_id, claim_id)


def claim_by_reference(db: Db, authority_id: UUID, reference: str) -> UUID | None:
    """An authority's claim by its reference, however it is written; None when there is none."""
    return keeping.by_reference(db, authority_id, reference)


def _plain(claim: KeptClaim, scheme: Any) -> Kept:
    return Kept(
        claim_id=claim.id,
        scheme=claim.scheme,
        state=claim.state,
        moved_on=london_day(claim.state_since),
        decided_on=london_day(claim.decided_at) if claim.decided_at else None,
        last_money_on=london_day(claim.money_at) if claim.money_at else None,
        claim_year_ends=scheme.claim_year.last if scheme and scheme.claim_year else None,
        years=scheme.retention.years if scheme else None,
        counted_from=scheme.retention.counted_from if scheme else None,
    )
