"""Read what happened to a claim: decisions, recoveries, looks, the claims it follows or that follow it; and filters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.claims.models import Claim, ClaimLine, ClaimLineDecision, ClaimLook, ClaimMove, ClaimRecovery
from lms.funding.claims.shown import MoveView
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class DecisionView:
    """What was decided about a line at a moment, or money that was taken back (`pence`, below nothing)."""

    line_id: UUID
    learner_name: str
    pence: Pence
    note: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class LookView:
    """Something to look at, or looked at: `what` is certificate_withdrawn or certificate_suspended."""

    id: UUID
    line_id: UUID
    learner_name: str
    what: str
    raised_at: datetime
    looked_at: datetime | None
    note: str


@dataclass(frozen=True)
class Related:
    """A claim that this one follows, or that follows it: after a rejection, or as the other part."""

    id: UUID
    reference: str
    how: str


_OF: BindParameter[UUID] = bindparam("claim_id")
_DECISIONS = (
    select(
        ClaimLineDecision.line_id,
        ClaimLineDecision.approved_pence,
        ClaimLineDecision.note,
        ClaimLineDecision.reason,
        ClaimLineDecision.by,
        ClaimLineDecision.at,
        ClaimLine.learner_id,
    )
    .join(ClaimLine, ClaimLine.id == ClaimLineDecision.line_id)
    .where(ClaimLine.claim_id == _OF)
    .order_by(ClaimLineDecision.at.desc())
)
_RECOVERIES = (
    select(
        ClaimRecovery.line_id,
        ClaimRecovery.pence,
        ClaimRecovery.reason,
        ClaimRecovery.by,
        ClaimRecovery.at,
        ClaimLine.learner_id,
    )
    .join(ClaimLine, ClaimLine.id == ClaimRecovery.line_id)
    .where(ClaimLine.claim_id == _OF)
    .order_by(ClaimRecovery.at.desc())
)
_LOOKS = (
    select(
        ClaimLook.id,
        ClaimLook.line_id,
        ClaimLook.what,
        ClaimLook.raised_at,
        ClaimLook.looked_at,
        ClaimLook.note,
        ClaimLine.learner_id,
    )
    .join(ClaimLine, ClaimLine.id == ClaimLook.line_id)
    .where(ClaimLine.claim_id == _OF)
    .order_by(ClaimLook.raised_at.desc())
)
"""Put together once: the page of a claim asks them all."""


_MOVES = (
    select(ClaimMove.came_from, ClaimMove.went_to, ClaimMove.reason, ClaimMove.by, ClaimMove.at)
    .where(ClaimMove.claim_id == bindparam("claim_id"))
    .order_by(ClaimMove.at)
)


def moves_of(db: Db, claim_id: UUID) -> list[MoveView]:
    """A claim's history, oldest first. The caller has looked at the wall."""
    rows = columns(db, _MOVES, {"claim_id": claim_id}).all()
    names = people.persons(db, {row.by for row in rows if row.by})
    return [
        MoveView(
            came_from=row.came_from,
            went_to=row.went_to,
            reason=row.reason,
            by_name=names[row.by].name if row.by in names else None,
            at=row.at,
        )
        for row in rows
    ]


def decisions_of(db: Db, claim_id: UUID) -> list[DecisionView]:
    """Every decision about the lines of a claim, the newest first. The caller has looked at the wall."""
    rows = columns(db, _DECISIONS, {"claim_id": claim_id}).all()
    names = people.persons(db, {id for row in rows for id in (row.by, row.learner_id)})
    return [
        DecisionView(
            line_id=row.line_id,
            learner_name=names[row.learner_id].name,
            pence=row.approved_pence,
            note=row.note or row.reason,
            by_name=names[row.by].name,
            at=row.at,
        )
        for row in rows
    ]


def recoveries_of(db: Db, claim_id: UUID) -> list[DecisionView]:
    """What was taken back for the lines of a claim, the newest first. The caller has looked at the wall."""
    rows = columns(db, _RECOVERIES, {"claim_id": claim_id}).all()
    names = people.persons(db, {id for row in rows for id in (row.by, row.learner_id)})
    return [
        DecisionView(
            line_id=row.line_id,
            learner_name=names[row.learner_id].name,
            pence=row.pence,
            note=row.reason,
            by_name=names[row.by].name,
            at=row.at,
        )
        for row in rows
    ]


def looks_of(db: Db, claim_id: UUID) -> list[LookView]:
    """What there is or was to look at in a claim, what still waits first."""
    rows = columns(db, _LOOKS, {"claim_id": claim_id}).all()
    names = people.persons(db, {row.learner_id for row in rows})
    found = [
        LookView(
            id=row.id,
            line_id=row.line_id,
            learner_name=names[row.learner_id].name,
            what=row.what,
            raised_at=row.raised_at,
            looked_at=row.looked_at,
            note=row.note,
        )
        for row in rows
    ]
    return sorted(found, key=lambda look: look.looked_at is not None)


def count_looks(db: Db, authority_ids: Collection[UUID]) -> int:
    """How many claims behind these walls wait for somebody to look."""
    return columns(db, _HOW_MANY_LOOKS, {"authority_ids": list(authority_ids)}).scalar_one()


_HOW_MANY_LOOKS = (
    select(func.count(ClaimLine.claim_id.distinct()))
    .join(ClaimLook, ClaimLook.line_id == ClaimLine.id)
    .where(ClaimLook.authority_id.in_(bindparam("authority_ids", expanding=True)), ClaimLook.looked_at.is_(None))
)


AFTER, BEFORE, FIRST, SECOND = "after", "before", "first", "second"


def related(db: Db, claim_id: UUID, *, within: Collection[UUID]) -> list[Related]:
    """The claims that belong to this one: rejected before it, asked anew after it, the other part. One query."""
    found = columns(db, _RELATED, {"claim_id": claim_id})
    behind = [Related(id, reference, how) for how, id, reference, wall in found if wall in within]
    return sorted(behind, key=_order)


def _order(each: Related) -> tuple[bool, bool, str]:
    return each.how == FIRST, each.how == SECOND, each.reference


def _as(how: str, condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    # The wall is looked at afterwards: asked for here, it would be what SQLite looks the claims up by.
    said: ColumnElement[str] = literal_column(f"'{how}'")
    return select(said, Claim.id, Claim.reference, Claim.authority_id).where(condition)


_own, _first = aliased(ClaimLine), aliased(ClaimLine)
_self = aliased(Claim)
_RELATED = union_all(
    _as(AFTER, Claim.resubmits_id == _OF),
    _as(BEFORE, Claim.id == select(_self.resubmits_id).where(_self.id == _OF).scalar_subquery()),
    _as(
        SECOND,
        Claim.id.in_(select(_own.claim_id).join(_first, _first.id == _own.first_line_id).where(_first.claim_id == _OF)),
    ),
    _as(
        FIRST,
        Claim.id.in_(select(_first.claim_id).join(_own, _own.first_line_id == _first.id).where(_own.claim_id == _OF)),
    ),
)
