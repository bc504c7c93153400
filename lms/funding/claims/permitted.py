"""Whether somebody may do something about a claim, asked in the services: pages only ask beforehand, to be kind."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.funding.claims.models import Claim
from lms.funding.permissions import services as permissions
from lms.funding.permissions.rules import Action
from lms.funding.permissions.words import Deed


def use(
    db: Db, claim: Claim, learners: Collection[UUID], *, action: Action, deed: Deed, by: UUID, now: datetime
) -> UUID | None:
    """Act for the claimant: refuses whoever may not, and notes the use of a permission, whose id comes back.

    The permission is held to the end of the unit of work, so that one withdrawn in between refuses what was begun.
    """
    leave = permissions.use(
        db,
        person_id=by,
        claimant_id=claim.claimant_id,
        claimant_kind=claim.claimant_kind,
        authority_id=claim.authority_id,
        action=action,
        scheme=claim.scheme,
        learner_ids=list(learners),
        deed=deed,
        now=now,
        claim_id=claim.id,
        values={"reference": claim.reference},
    )
    return leave.permission_id
