"""What a claim that is sent in, refused or withdrawn means for the money that meets a cost."""

from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import queries as claims
from lms.funding.claims.costs import cost_kind
from lms.funding.claims.events import ClaimApproved, ClaimLineTakenOut, ClaimRejected, ClaimSubmitted, ClaimWithdrawn
from lms.funding.sources import services
from lms.funding.sources.queries import Cost
from lms.funding.sources.rules import Share
from lms.funding.sources.words import CostKind, Source
from lms.learning import queries as learning


def take_in_claim(db: Db, fact: ClaimSubmitted | ClaimApproved, now: datetime) -> None:
    """A line that was sent in says what the scheme meets; what was approved of it counts from then on.

    Of what stands beside it was asked before it was sent in, so nothing is refused here.
    """
    line = claims.lines_by_id(db, [fact.line_id])[fact.line_id]
    pence = fact.payable_pence if isinstance(fact, ClaimSubmitted) else fact.approved_pence
    if pence <= 0:
        services.take_out(db, line_id=fact.line_id, now=now)
        return
    authority_id = learning.enrolment(db, line.enrolment_id).authority_id
    scheme = schemes_for(db, authority_id, on=london_day(now)).by_code.get(line.scheme)
    services.take_in(
        db,
        cost=Cost(line.enrolment_id, line.training, cost_kind(scheme, line.item) if scheme else CostKind.COURSE),
        learner_id=line.learner_id,
        authority_id=authority_id,
        share=Share(source=Source.SCHEME, pence=pence, scheme=line.scheme, line_id=line.id),
        cost_pence=line.cost_pence,
        now=now,
    )


def take_out_claim(db: Db, fact: ClaimRejected | ClaimWithdrawn, now: datetime) -> None:
    """A claim that was refused or withdrawn meets nothing any more."""
    for line_id in _lines(db, fact):
        services.take_out(db, line_id=line_id, now=now)


def take_out_line(db: Db, fact: ClaimLineTakenOut, now: datetime) -> None:
    """A line that was taken out of its claim meets nothing any more."""
    services.take_out(db, line_id=fact.line_id, now=now)


def _lines(db: Db, fact: ClaimRejected | ClaimWithdrawn) -> list[UUID]:
    if isinstance(fact, ClaimRejected):
        return [fact.line_id]
    return [each.id for each in claims.lines_of(db, [fact.claim_id])]
