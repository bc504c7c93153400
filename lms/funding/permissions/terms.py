"""Who may accept the terms of a grant. That somebody did is written with the claim, for the version it had then."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.funding.permissions.words import Capacity
from lms.funding.vocabulary import ClaimantKind
from lms.people import queries as people
from lms.people.rules import Role


def may_accept(
    db: Db,
    *,
    person_id: UUID,
    claimant_id: UUID | None,
    claimant_kind: ClaimantKind,
    authority_id: UUID,
    learner_ids: Iterable[UUID] = (),
    on: date,
) -> Capacity | None:
    """As what somebody may accept the terms of a claim; None when they may not.

    An individual employer's only by the employer, never by who represents or helps them: who lawfully employs in
    somebody's place holds the employer's role. A PA's own by the PA. An organisation's by a funding officer of the
    authority, who stands for its senior officer here.
    """
    viewer = people.viewer_of(db, person_id, on)
    if viewer is None:
        return None
    match claimant_kind:
        case ClaimantKind.INDIVIDUAL_EMPLOYER:
            return Capacity.EMPLOYER if claimant_id in viewer.organisations(Role.EMPLOYER) else None
        case ClaimantKind.PERSONAL_ASSISTANT:
            return Capacity.PERSONAL_ASSISTANT if set(learner_ids) == {person_id} else None
        case _:
            return Capacity.SENIOR_OFFICER if authority_id in viewer.authorities(Role.FUNDING_OFFICER) else None
