"""What is left of a claim when its records are cleared: reference, states, days and sums; nothing typed, no facts."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import Db
from lms.funding.asked import Asked
from lms.funding.claims.models import (
    Claim,
    ClaimCost,
    ClaimLine,
    ClaimLineDecision,
    ClaimLook,
    ClaimMove,
    ClaimRecovery,
    ClaimReliedOn,
    ClaimSubmission,
)
from lms.funding.claims.readings import asked_data
from lms.funding.reasons import Verdict, verdict_from


def forget(db: Db, claim_ids: Collection[UUID], *, now: datetime) -> frozenset[str]:  # noqa: ARG001  as every room that forgets
    """Empty what was typed and what was known about learners in these claims. No files are kept here.

    The learner and the item stay on the line: schemes that pay a thing once in a lifetime have to know it for good.
    """
    ours = list(claim_ids)
    lines = select(ClaimLine.id).where(ClaimLine.claim_id.in_(ours))
    submissions = select(ClaimSubmission.id).where(ClaimSubmission.claim_id.in_(ours))
    for line in db.scalars(select(ClaimLine).where(ClaimLine.claim_id.in_(ours))):
        line.asked, line.verdict, line.certificate_id = _bare(line.item), _summed(line.verdict), None
    relied = select(ClaimReliedOn, ClaimLine.item).join(ClaimLine, ClaimLine.id == ClaimReliedOn.line_id)
    for row, item in db.execute(relied.where(ClaimReliedOn.submission_id.in_(submissions))):
        row.asked, row.verdict, row.evidence = _bare(item), _summed(row.verdict), []
    for cost in db.scalars(select(ClaimCost).where(ClaimCost.line_id.in_(lines))):
        cost.verdict = _summed(cost.verdict)
    db.flush()
    db.execute(update(Claim).where(Claim.id.in_(ours)).values(justification=""))
    db.execute(update(ClaimSubmission).where(ClaimSubmission.claim_id.in_(ours)).values(justification=""))
    db.execute(update(ClaimMove).where(ClaimMove.claim_id.in_(ours)).values(reason=""))
    db.execute(update(ClaimLineDecision).where(ClaimLineDecision.line_id.in_(lines)).values(note=""))
    db.execute(update(ClaimRecovery).where(ClaimRecovery.line_id.in_(lines)).values(reason=""))
    db.execute(update(ClaimLook).where(ClaimLook.line_id.in_(lines)).values(note=""))
    db.flush()
    return frozenset()


def _bare(item: str) -> dict[str, object]:
    return asked_data(Asked(item=item))


def _summed(verdict: dict[str, object]) -> dict[str, object]:
    """A verdict with its sums and without the reasons, which tell of a learner's training."""
    was = verdict_from(verdict)
    return Verdict(
        decision=was.decision,
        amount=was.amount,
        cost_known=was.cost_known,
        requested=was.requested,
        first_part=was.first_part,
        second_part=was.second_part,
        grant=was.grant,
        match=was.match,
    ).as_data()
