"""The same thing is judged once more when a claim is approved: what another got in between stands in the way."""

import pytest
from sqlalchemy import delete, update

from lms.core.words import Refused
from lms.funding.claims.models import Claim, ClaimLine, ClaimTaken
from lms.funding.vocabulary import ClaimState


def test_what_another_was_given_meanwhile_is_not_approved_again(steps):
    """The earlier claim is moved by hand, as a restored backup or an import would leave it: no row holds the thing."""
    learner = steps.learner("Ann One")
    earlier = steps.sent(learner=learner)
    with steps.writing() as (db, _now):
        db.execute(delete(ClaimTaken))
        db.execute(update(Claim).where(Claim.id == earlier).values(state=ClaimState.WITHDRAWN))
    later = steps.sent(learner=learner, turn=2)
    with steps.writing() as (db, _now):
        db.execute(update(Claim).where(Claim.id == earlier).values(state=ClaimState.APPROVED))
        db.execute(update(ClaimLine).where(ClaimLine.claim_id == earlier).values(approved_pence=10000))
    with pytest.raises(Refused, match="approved meanwhile"):
        steps.approve(later)
    assert steps.claim(later).state is ClaimState.SUBMITTED
    assert steps.claim(later).sums.approved is None
    with steps.writing() as (db, _now):
        db.execute(update(Claim).where(Claim.id == earlier).values(state=ClaimState.REJECTED))
    steps.approve(later)
    assert steps.claim(later).state is ClaimState.APPROVED
