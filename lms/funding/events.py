"""Facts about claims. They carry ids and codes; names and reasons stay in their tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact
from lms.core.types import Pence


@dataclass(frozen=True, kw_only=True)
class ClaimDrafted(Fact):
    """A draft claim was opened for a learner's training. `about` is the learner."""

    claim_id: UUID
    scheme: str
    item: str


@dataclass(frozen=True, kw_only=True)
class ClaimCostRecorded(Fact):
    """What the training cost was recorded on a draft, and what that makes payable. Amounts in pence."""

    claim_id: UUID
    cost_pence: Pence
    paid_on: date
    payable_pence: Pence


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Fact):
    """A claim was withdrawn; the reason stays with the claim."""

    claim_id: UUID
