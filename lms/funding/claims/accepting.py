"""Accepting a scheme's terms for a claim as it stands: only by who may, and void as soon as the claim is changed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.words import N_, Refused
from lms.funding.claims.models import Claim, ClaimAcceptance
from lms.funding.claims.moving import held, lines_in
from lms.funding.claims.queries import OPEN_STATES
from lms.funding.permissions import terms
from lms.funding.permissions.words import Capacity

NOT_YOURS = N_(
    "You cannot accept the terms for this claimant. Ask them, or a funding officer where it is an organisation."
)
CHANGED = N_("The claim was changed while you read it. Read it again before you accept.")


def may_accept(db: Db, claim: Claim, learners: Collection[UUID], *, by: UUID, now: datetime) -> Capacity | None:
    """As what somebody may accept the terms of this claim; None when they may not."""
    return terms.may_accept(
        db,
        person_id=by,
        claimant_id=claim.claimant_id,
        claimant_kind=claim.claimant_kind,
        authority_id=claim.authority_id,
        learner_ids=list(learners),
        on=london_day(now),
    )


def may_accept_here(db: Db, claim_id: UUID, *, by: UUID, now: datetime) -> bool:
    """Whether somebody may accept the terms of a claim. The caller has looked at the wall."""
    learners = {line.learner_id for line in lines_in(db, claim_id)}
    return may_accept(db, db.get_one(Claim, claim_id), learners, by=by, now=now) is not None


def accept_terms(
    db: Db, *, claim_id: UUID, within: Collection[UUID], by: UUID, now: datetime, version: int | None = None
) -> None:
    """Accept the terms and say that all is true, for the claim as it is now; twice is once.

    `version` is what was shown: refuses when the claim was changed since. Refuses whoever may not accept for this
    claimant, whatever permission they hold, and a claim that was sent in.
    """
    claim = held(db, claim_id, within)
    if claim.state not in OPEN_STATES:
        raise Refused(N_("This claim was sent in already."))
    if version is not None and version != claim.version:
        raise Refused(CHANGED)
    lines = lines_in(db, claim.id)
    capacity = may_accept(db, claim, {line.learner_id for line in lines}, by=by, now=now)
    if capacity is None:
        raise Refused(NOT_YOURS)
    total = sum(line.payable_pence for line in lines)
    accepted = ClaimAcceptance(
        id=uuid4(), claim_id=claim.id, version=claim.version, total_pence=total, capacity=capacity.value, by=by, at=now
    )
    add_once(db, accepted)
