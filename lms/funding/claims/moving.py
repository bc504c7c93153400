"""How a claim goes from one state to another: by the table of moves, once, with who, when and why."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, select, update

from lms.core.db import Db
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.funding.claims.models import Claim, ClaimLine, ClaimMove
from lms.funding.vocabulary import MOVES, ClaimState

LONGEST_REASON = 500

MOVED_ON = N_("This claim has moved on already. Look at it again.")


def claim_in(db: Db, claim_id: UUID, within: Collection[UUID]) -> Claim:
    """A claim behind one of these walls. Raises NotFound, the same whether it is absent or behind another wall."""
    found = db.scalar(select(Claim).where(Claim.id == claim_id, Claim.authority_id.in_(within)))
    if found is None:
        raise NotFound("claim")
    return found


def held(db: Db, claim_id: UUID, within: Collection[UUID]) -> Claim:
    """The same, locked until the unit of work ends: its lines do not change while somebody decides about them."""
    wanted = select(Claim).where(Claim.id == claim_id, Claim.authority_id.in_(within))
    found = db.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound("claim")
    return found


def lines_in(db: Db, claim_id: UUID) -> list[ClaimLine]:
    """The lines that are still in a claim, in the order they were added."""
    wanted = select(ClaimLine).where(ClaimLine.claim_id == claim_id, ClaimLine.taken_out_at.is_(None))
    return list(db.scalars(wanted.order_by(ClaimLine.added_at, ClaimLine.id)))


def lines_of_each(db: Db, claim_ids: Collection[UUID]) -> dict[UUID, list[ClaimLine]]:
    """The same for several claims, by claim; one without lines has an empty list. One query."""
    wanted = select(ClaimLine).where(ClaimLine.claim_id.in_(claim_ids), ClaimLine.taken_out_at.is_(None))
    found: dict[UUID, list[ClaimLine]] = {claim_id: [] for claim_id in claim_ids}
    for line in db.scalars(wanted.order_by(ClaimLine.added_at, ClaimLine.id)):
        found[line.claim_id].append(line)
    return found


def reason_in(typed: str, sentence: str) -> str:
    """A reason as people typed it. Refuses, with this sentence, when nothing is left of it."""
    said = clean_text(typed, LONGEST_REASON)
    if not said:
        raise Refused(sentence)
    return said


def move(db: Db, claim: Claim, went_to: ClaimState, *, reason: str, by: UUID | None, now: datetime) -> None:
    """Make one move. Refuses what the table of moves does not have, and what somebody else did a moment before."""
    came_from = claim.state
    if went_to not in MOVES[came_from]:
        raise Refused(MOVED_ON)
    # One statement decides: of several people who move a claim at once, one does and the others are told.
    moved: CursorResult[Any] = db.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
        update(Claim)
        .where(Claim.id == claim.id, Claim.state == came_from)
        .values(state=went_to, state_since=now)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        raise Refused(MOVED_ON)
    db.refresh(claim)
    db.add(ClaimMove(claim_id=claim.id, came_from=came_from, went_to=went_to, reason=reason, by=by, at=now))
    db.flush()
