"""Claims that are taken back, by a person with a reason or because the certificate is gone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from lms.core.db import Db
from lms.core.events import record_all
from lms.core.words import N_
from lms.funding.claims.events import ClaimLineTakenOut, ClaimWithdrawn
from lms.funding.claims.models import Claim, ClaimLine, ClaimTaken
from lms.funding.claims.moving import claim_in, lines_in, move, reason_in
from lms.funding.claims.permitted import use
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed
from lms.funding.vocabulary import ClaimState

CERTIFICATE_GONE = N_("The certificate it rested on was withdrawn.")
"""The reason of a withdrawal nobody made by hand; a message id, translated where it is shown."""


def withdraw(db: Db, *, claim_id: UUID, within: Collection[UUID], reason: str, by: UUID, now: datetime) -> None:
    """Withdraw a claim, with the reason. Refuses without one, and where the claim's state does not allow it."""
    claim = claim_in(db, claim_id, within)
    said = reason_in(reason, N_("Say why you withdraw this claim."))
    learners = {line.learner_id for line in lines_in(db, claim.id)}
    use(db, claim, learners, action=Action.PREPARE_APPLICATION, deed=Deed.WITHDRAWN, by=by, now=now)
    _withdraw(db, claim, said, by=by, now=now, behalf=claim.authority_id)


def _withdraw(db: Db, claim: Claim, reason: str, *, by: UUID | None, now: datetime, behalf: UUID | None) -> None:
    move(db, claim, ClaimState.WITHDRAWN, reason=reason, by=by, now=now)
    lines = lines_in(db, claim.id)
    let_go(db, [line.id for line in lines])
    facts = [ClaimWithdrawn(about=line.learner_id, claim_id=claim.id, line_id=line.id) for line in lines]
    record_all(db, facts, by=by, now=now, behalf=behalf)


def let_go(db: Db, line_ids: Collection[UUID]) -> None:
    """What these lines held alone is free for others again."""
    db.execute(delete(ClaimTaken).where(ClaimTaken.line_id.in_(line_ids)))


def empty(db: Db, claim: Claim, reason: str, *, by: UUID | None, now: datetime) -> None:
    """Withdraw a draft that has no line left."""
    _withdraw(db, claim, reason, by=by, now=now, behalf=claim.claimant_id)


def drop_drafts(db: Db, *, certificate_id: UUID, now: datetime) -> None:
    """Take the lines that rest on a certificate which counts no more out of drafts; an emptied draft is withdrawn.

    Claims that were sent in are left alone.
    """
    resting = select(ClaimLine).join(Claim, Claim.id == ClaimLine.claim_id).where(Claim.state == ClaimState.DRAFT)
    wanted = resting.where(ClaimLine.certificate_id == certificate_id, ClaimLine.taken_out_at.is_(None))
    for line in db.scalars(wanted.order_by(Claim.id)).all():
        claim = db.get_one(Claim, line.claim_id, with_for_update=True, populate_existing=True)
        if claim.state is not ClaimState.DRAFT:  # sent in a moment before: the desk looks at it
            continue
        if len(lines_in(db, claim.id)) == 1:
            _withdraw(db, claim, CERTIFICATE_GONE, by=None, now=now, behalf=claim.claimant_id)
        else:
            line.taken_out_at = now
            claim.version += 1
            db.flush()
            fact = ClaimLineTakenOut(about=line.learner_id, claim_id=claim.id, line_id=line.id)
            record_all(db, [fact], by=None, now=now, behalf=claim.claimant_id)
