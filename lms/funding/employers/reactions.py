"""What the employers' side writes when something happens elsewhere."""

from datetime import datetime

from lms.core.db import Db
from lms.funding.claims.events import ClaimApproved, ClaimRejected
from lms.funding.claims.queries import claim
from lms.funding.employers import queries
from lms.funding.permissions import services as permitted
from lms.funding.vocabulary import ClaimantKind


def pass_decision_on(db: Db, fact: ClaimApproved | ClaimRejected, now: datetime) -> None:
    """Organisations whom an employer lets receive decisions are told, once a decision; the employer sees that."""
    made_of = queries.enquiry_of_claim(db, fact.claim_id)
    if made_of is None:
        return
    found = claim(db, fact.claim_id, within=[made_of.authority_id])
    if found.claimant_kind is not ClaimantKind.INDIVIDUAL_EMPLOYER or found.claimant_id is None:
        return
    permitted.note_decision(
        db,
        employer_id=found.claimant_id,
        scheme=found.scheme,
        learner_ids={line.learner_id for line in found.lines},
        claim_id=found.id,
        values={"reference": found.reference},
        now=now,
    )
