"""What stands in the way of a claim's money, and who can mend it: the first thing that stops it from being sent in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.funding.claims.checking import obstacles_of
from lms.funding.claims.models import Claim, ClaimLine, ClaimLook
from lms.funding.obstacles import Ask, Obstacle, ObstacleCode
from lms.funding.vocabulary import ClaimState

LOOK = "look"
READY = "ready"
PAYER_ASKS = "payer_asks"


@dataclass(frozen=True)
class Risk:
    """A code and whom to ask, by code; both empty when nothing is at risk."""

    code: str
    ask: str


NO_RISK = Risk("", "")

_FIRST = (
    ObstacleCode.CERTIFICATE_WITHDRAWN,
    ObstacleCode.CERTIFICATE_SUSPENDED,
    ObstacleCode.REFUSED,
    ObstacleCode.MISSING,
    ObstacleCode.JUSTIFICATION_MISSING,
    ObstacleCode.NOTHING_PAYABLE,
    ObstacleCode.FIGURE_NOT_CONFIRMED,
    ObstacleCode.EVIDENCE,
    ObstacleCode.SOURCE_MET_BY_OTHER,
    ObstacleCode.SOURCE_MET_TWICE,
    ObstacleCode.TERMS_CHANGED,
)
"""Of several things in the way, the one that is named; whatever is not here comes after these."""

_WITH_DETAIL = frozenset({ObstacleCode.REFUSED, ObstacleCode.MISSING, ObstacleCode.EVIDENCE})
"""Obstacles that carry a code of their own."""

_STATES = select(Claim.id, Claim.state).where(Claim.id.in_(bindparam("claim_ids", expanding=True)))
_LOOKS = (
    select(ClaimLine.claim_id)
    .join(ClaimLook, ClaimLook.line_id == ClaimLine.id)
    .where(ClaimLine.claim_id.in_(bindparam("claim_ids", expanding=True)), ClaimLook.looked_at.is_(None))
)


def risks_of(db: Db, claim_ids: Sequence[UUID], now: datetime) -> dict[UUID, Risk]:
    """What stands in the way of each of these claims: what the claim's own page names as well.

    Something that happened to what a claim rests on comes first, then what the payer asks. Drafts are checked as if
    they were sent in now, all of them together. One with nothing in its way is ready: its money is at risk all the same
    until somebody sends it in. An organisation accepts the terms with the sending, so that they are in the way of an
    individual employer's draft only.
    """
    if not claim_ids:
        return {}
    asked = {"claim_ids": list(claim_ids)}
    looks = {row[0] for row in columns(db, _LOOKS, asked)}
    states: dict[UUID, ClaimState] = {row[0]: row[1] for row in columns(db, _STATES, asked)}
    drafts = [id for id, state in states.items() if state is ClaimState.DRAFT and id not in looks]
    obstacles = obstacles_of(db, drafts, now=now)
    return {id: _risk(id, state, looks, obstacles) for id, state in states.items()}


def _risk(claim_id: UUID, state: ClaimState, looks: set[UUID], obstacles: Mapping[UUID, Sequence[Obstacle]]) -> Risk:
    if claim_id in looks:
        return Risk(LOOK, Ask.COORDINATOR)
    if state is ClaimState.NEEDS_ACTION:
        return Risk(PAYER_ASKS, Ask.COORDINATOR)
    return named(obstacles[claim_id]) if claim_id in obstacles else NO_RISK


def named(found: Iterable[Obstacle]) -> Risk:
    """The one obstacle that the board names of all there are."""
    stops = [each for each in found if each.blocks and not _comes_with_sending(each)]
    if not stops:
        return Risk(READY, Ask.COORDINATOR)
    first = min(stops, key=lambda each: _FIRST.index(each.code) if each.code in _FIRST else len(_FIRST))
    detail = f":{first.values['code']}" if first.code in _WITH_DETAIL else ""
    return Risk(f"{first.code.value}{detail}", first.ask)


def _comes_with_sending(obstacle: Obstacle) -> bool:
    return obstacle.code is ObstacleCode.TERMS_NOT_ACCEPTED and obstacle.ask is not Ask.CLAIMANT
