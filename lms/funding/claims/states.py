"""Where the claims of claimants stand and since when: for rooms that only have to know whether something goes on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.funding.claims.models import Claim
from lms.funding.vocabulary import ClaimState


@dataclass(frozen=True)
class Standing:
    """One claim: whose, behind which wall, under which scheme, in which state since when."""

    claimant_id: UUID
    authority_id: UUID
    scheme: str
    state: ClaimState
    since: datetime


def of_claimants(db: Db, claimant_ids: Collection[UUID]) -> list[Standing]:
    """Every claim of these organisations, whatever became of it. One query."""
    rows = columns(db, _OF, {"ids": list(claimant_ids)}) if claimant_ids else ()
    return [Standing(whose, where, scheme, state, at) for whose, where, scheme, state, at in rows if whose is not None]


_OF = select(Claim.claimant_id, Claim.authority_id, Claim.scheme, Claim.state, Claim.state_since).where(
    Claim.claimant_id.in_(bindparam("ids", expanding=True))
)
