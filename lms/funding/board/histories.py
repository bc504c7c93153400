"""Everything that happened to the lines of one claimant, for a statement: read in a constant number of queries."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.funding.board.year import Ended, LineHistory, OnDay
from lms.funding.claims.models import (
    Claim,
    ClaimLine,
    ClaimLineDecision,
    ClaimMove,
    ClaimRecovery,
    ClaimReliedOn,
    ClaimSubmission,
)
from lms.funding.paying.models import Payment
from lms.funding.vocabulary import ClaimState

_OURS = (Claim.authority_id == bindparam("authority_id"), Claim.claimant_id == bindparam("claimant_id"))
_LINES = (
    select(
        ClaimLine.id,
        ClaimLine.claim_id,
        Claim.reference,
        Claim.scheme,
        ClaimLine.training,
        ClaimLine.item,
        ClaimLine.part,
        ClaimLine.taken_out_at,
    )
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(*_OURS)
    .order_by(Claim.reference, ClaimLine.added_at, ClaimLine.id)
)
_SENT = (
    select(ClaimReliedOn.line_id, ClaimSubmission.on_day, ClaimReliedOn.payable_pence)
    .join(ClaimSubmission, ClaimSubmission.id == ClaimReliedOn.submission_id)
    .join(Claim, Claim.id == ClaimSubmission.claim_id)
    .where(*_OURS)
    .order_by(ClaimSubmission.number)
)
_DECIDED = (
    select(ClaimLineDecision.line_id, ClaimLineDecision.at, ClaimLineDecision.approved_pence)
    .join(ClaimLine, ClaimLine.id == ClaimLineDecision.line_id)
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(*_OURS)
    .order_by(ClaimLineDecision.at)
)
_PAID = (
    select(Payment.line_id, Payment.paid_on, Payment.pence)
    .join(Claim, Claim.id == Payment.claim_id)
    .where(*_OURS)
    .order_by(Payment.at, Payment.id)
)
_TAKEN_BACK = (
    select(ClaimRecovery.line_id, ClaimRecovery.at, ClaimRecovery.pence)
    .join(ClaimLine, ClaimLine.id == ClaimRecovery.line_id)
    .join(Claim, Claim.id == ClaimLine.claim_id)
    .where(*_OURS)
    .order_by(ClaimRecovery.at, ClaimRecovery.id)
)
_ENDS = {ClaimState.REJECTED: Ended.REJECTED, ClaimState.WITHDRAWN: Ended.WITHDRAWN}
_ENDED = (
    select(ClaimMove.claim_id, ClaimMove.at, ClaimMove.went_to)
    .join(Claim, Claim.id == ClaimMove.claim_id)
    .where(*_OURS, ClaimMove.went_to.in_(list(_ENDS)))
    .order_by(ClaimMove.at)
)


def histories(db: Db, authority_id: UUID, claimant_id: UUID) -> list[LineHistory]:
    """The lines an organisation ever sent in behind one wall, each with everything that happened to it. Six queries.

    A day of a moment is its day in the United Kingdom. A line that was taken out of its claim after it was sent in was
    withdrawn.
    """
    asked = {"authority_id": authority_id, "claimant_id": claimant_id}
    sent, decided, paid, back = (
        _by_line(columns(db, statement, asked)) for statement in (_SENT, _DECIDED, _PAID, _TAKEN_BACK)
    )
    ended = {row.claim_id: (london_day(row.at), _ENDS[row.went_to]) for row in columns(db, _ENDED, asked)}
    found, places = list[LineHistory](), defaultdict[UUID, int](int)
    for row in columns(db, _LINES, asked):
        places[row.claim_id] += 1
        if row.id not in sent:
            continue
        gone = (london_day(row.taken_out_at), Ended.WITHDRAWN) if row.taken_out_at else None
        one = LineHistory(
            claim=row.reference,
            place=places[row.claim_id],
            scheme=row.scheme,
            training=row.training,
            item=row.item,
            part=row.part.value,
            sent=sent[row.id],
            decided=decided.get(row.id, ()),
            paid=paid.get(row.id, ()),
            taken_back=back.get(row.id, ()),
            ended=gone or ended.get(row.claim_id),
        )
        found.append(one)
    return found


def _by_line(rows: Any) -> dict[UUID, list[OnDay]]:
    found: defaultdict[UUID, list[OnDay]] = defaultdict(list)
    for line_id, when, pence in rows:
        found[line_id].append((london_day(when) if hasattr(when, "astimezone") else when, int(pence)))
    return dict(found)
