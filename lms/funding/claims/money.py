"""Read the money of claims' lines as it stands: what was approved, came in, was taken back. Columns only, no verdicts.

For payments and budgets, which ask for many lines at once and show none of their reasons.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.claims.models import Claim, ClaimLine
from lms.funding.vocabulary import ClaimState, Part


@dataclass(frozen=True, kw_only=True)
class LineMoney:
    """One line's money in pence. `approved_pence` is None while nothing is decided."""

    line_id: UUID
    claim_id: UUID
    reference: str
    state: ClaimState
    authority_id: UUID
    claimant_id: UUID | None
    learner_id: UUID
    scheme: str
    training: str
    item: str
    part: Part
    enrolment_id: UUID | None
    payable_pence: Pence
    approved_pence: Pence | None
    paid_pence: Pence
    recovered_pence: Pence


def lines_called(db: Db, authority_id: UUID, references: Collection[str]) -> list[LineMoney]:
    """The lines of an authority's claims with these references (in any case), claim by claim, in their order."""
    wanted = sorted({reference.upper() for reference in references})
    return [
        _line(row)
        for at in range(0, len(wanted), _MOST)
        for row in columns(db, _CALLED, {"authority_id": authority_id, "references": wanted[at : at + _MOST]})
    ]


def lines_with(db: Db, line_ids: Collection[UUID]) -> dict[UUID, LineMoney]:
    """These lines by id. Whoever asks has looked at the wall."""
    wanted = list(line_ids)
    return {
        row.line_id: _line(row)
        for at in range(0, len(wanted), _MOST)
        for row in columns(db, _BY_ID, {"line_ids": wanted[at : at + _MOST]})
    }


def lines_in_claim(db: Db, claim_id: UUID) -> list[LineMoney]:
    """The lines of one claim in their order. Whoever asks has looked at the wall."""
    return [_line(row) for row in columns(db, _IN_CLAIM, {"claim_id": claim_id})]


def lines_beside(db: Db, claim_ids: Collection[UUID]) -> set[UUID]:
    """The ids of all lines that are in these claims. Whoever asks has looked at the wall."""
    wanted = list(claim_ids)
    return {
        row[0]
        for at in range(0, len(wanted), _MOST)
        for row in columns(db, _BESIDE, {"claim_ids": wanted[at : at + _MOST]})
    }


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """What the drafts of a scheme and claimant could come to at most, and how many lines they have."""

    scheme: str
    claimant_id: UUID | None
    lines: int
    pence: Pence


def drafted(db: Db, authority_id: UUID) -> Sequence[Drafted]:
    """The drafts of an authority by scheme and claimant: one small query."""
    return [
        Drafted(scheme=row.scheme, claimant_id=row.claimant_id, lines=row.lines, pence=int(row.pence))
        for row in columns(db, _DRAFTED, {"authority_id": authority_id})
    ]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """Drafts, and claims that need action, of one scheme whose last day to act is the same."""

    authority_id: UUID
    scheme: str
    last_day: date
    claims: int
    pence: Pence


def deadlines(db: Db, first: date, last: date) -> list[Deadline]:
    """What has to be acted on from one day to another (both count), in every authority: one query."""
    found = columns(db, _DEADLINES, {"first": first, "last": last, "open": [ClaimState.DRAFT, ClaimState.NEEDS_ACTION]})
    return [
        Deadline(
            authority_id=row.authority_id,
            scheme=row.scheme,
            last_day=row.last_day,
            claims=row.claims,
            pence=int(row.pence),
        )
        for row in found
    ]


_MOST = 400
_COLUMNS = (
    ClaimLine.id.label("line_id"),
    ClaimLine.claim_id,
    Claim.reference,
    Claim.state,
    Claim.authority_id,
    Claim.claimant_id,
    ClaimLine.learner_id,
    ClaimLine.scheme,
    ClaimLine.training,
    ClaimLine.item,
    ClaimLine.part,
    ClaimLine.enrolment_id,
    ClaimLine.payable_pence,
    ClaimLine.approved_pence,
    ClaimLine.paid_pence,
    ClaimLine.recovered_pence,
)
_LINES: Select[*tuple[Any, ...]] = (
    select(*_COLUMNS)
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(ClaimLine.taken_out_at.is_(None))
    .order_by(Claim.reference, ClaimLine.added_at, ClaimLine.id)
)
_CALLED = _LINES.where(
    Claim.authority_id == bindparam("authority_id"), Claim.reference.in_(bindparam("references", expanding=True))
)
_BY_ID = _LINES.where(ClaimLine.id.in_(bindparam("line_ids", expanding=True)))
_IN_CLAIM = _LINES.where(ClaimLine.claim_id == bindparam("claim_id"))
_BESIDE = select(ClaimLine.id).where(
    ClaimLine.taken_out_at.is_(None), ClaimLine.claim_id.in_(bindparam("claim_ids", expanding=True))
)
_DRAFTED: Select[*tuple[Any, ...]] = (
    select(
        ClaimLine.scheme,
        Claim.claimant_id,
        func.count().label("lines"),
        func.sum(ClaimLine.payable_pence).label("pence"),
    )
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(
        Claim.authority_id == bindparam("authority_id"),
        Claim.state == ClaimState.DRAFT,
        ClaimLine.taken_out_at.is_(None),
    )
    .group_by(ClaimLine.scheme, Claim.claimant_id)
)

_DEADLINES: Select[*tuple[Any, ...]] = (
    select(
        Claim.authority_id,
        ClaimLine.scheme,
        ClaimLine.last_day,
        func.count(Claim.id.distinct()).label("claims"),
        func.sum(ClaimLine.payable_pence).label("pence"),
    )
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(ClaimLine.last_day.between(bindparam("first"), bindparam("last")), ClaimLine.taken_out_at.is_(None))
    .where(Claim.state.in_(bindparam("open", expanding=True)))
    .group_by(Claim.authority_id, ClaimLine.scheme, ClaimLine.last_day)
    .order_by(Claim.authority_id, ClaimLine.scheme, ClaimLine.last_day)
)


def _line(row: Any) -> LineMoney:
    return LineMoney(**row._asdict())
