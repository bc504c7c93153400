"""Whom to tell what the payer said: the employer who claims, or the PA who claims in person. Learners hear nothing."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.claims import queries as claims
from lms.funding.claims.events import ClaimApproved, ClaimNeedsAction, ClaimRejected
from lms.funding.vocabulary import ClaimantKind
from lms.notifications import services
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import Role

Decided = ClaimApproved | ClaimRejected | ClaimNeedsAction
_KINDS = {
    ClaimApproved: "claim_approved",
    ClaimRejected: "claim_rejected",
    ClaimNeedsAction: "claim_needs_action",
}


def tell_of_answer(db: Db, fact: Decided, now: datetime) -> None:
    """An individual employer, or a PA who claims in person, hears once for each claim what the payer said.

    Organisations read it in PALMS: their claims are worked on by the authority's desk, who wrote it down.
    """
    found = claims.row(db, fact.claim_id)
    if fact.line_id != claims.first_line(db, fact.claim_id):  # one fact for each line, one notice for the claim
        return
    for someone in _claimants(db, found.claimant_kind, found.claimant_id, found.claimant_person_id, now):
        services.tell_person(db, _KINDS[type(fact)], someone, now, reference=found.reference)


def _claimants(
    db: Db, kind: ClaimantKind, organisation_id: UUID | None, person_id: UUID | None, now: datetime
) -> Iterator[PersonView]:
    if kind is ClaimantKind.INDIVIDUAL_EMPLOYER and organisation_id is not None:
        yield from people.holders_of(db, Role.EMPLOYER, [organisation_id], london_day(now))
    elif person_id is not None:
        yield people.person(db, person_id)
