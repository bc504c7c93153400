"""Facts about claims. They carry ids and codes; names and reasons stay in their tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact
from lms.core.types import Pence
from lms.funding.vocabulary import Part


@dataclass(frozen=True, kw_only=True)
class ClaimDrafted(Fact):
    """A draft claim was opened for a learner's training. `about` is the learner."""

    claim_id: UUID
    scheme: str
    item: str


@dataclass(frozen=True, kw_only=True)
class ClaimLineAdded(Fact):
    """A line for a learner, an item and a part stands in a draft; `follows_line_id` is the one it asks for anew."""

    claim_id: UUID
    line_id: UUID
    scheme: str
    item: str
    part: Part
    follows_line_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimLineTakenOut(Fact):
    """A line was taken out of a draft."""

    claim_id: UUID
    line_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimCostRecorded(Fact):
    """What a line's training cost was recorded on a draft, and what that makes payable. Amounts in pence.

    An application has what was quoted, and no day of payment.
    """

    claim_id: UUID
    line_id: UUID
    cost_pence: Pence
    paid_on: date | None
    payable_pence: Pence


@dataclass(frozen=True, kw_only=True)
class ClaimSubmitted(Fact):
    """A line was sent in with its claim: how much was asked, under which submission. One fact for each line."""

    claim_id: UUID
    line_id: UUID
    submission_id: UUID
    payable_pence: Pence


@dataclass(frozen=True, kw_only=True)
class ClaimNeedsAction(Fact):
    """The payer wants something more before it decides. One fact for each line."""

    claim_id: UUID
    line_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimApproved(Fact):
    """The payer approved an amount for a line; nothing means that this line was refused within its claim."""

    claim_id: UUID
    line_id: UUID
    approved_pence: Pence


@dataclass(frozen=True, kw_only=True)
class ClaimRejected(Fact):
    """The payer refused the whole claim. One fact for each line."""

    claim_id: UUID
    line_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimPaid(Fact):
    """Money came in for a line; `paid_pence` is all that came for it so far."""

    claim_id: UUID
    line_id: UUID
    paid_pence: Pence


@dataclass(frozen=True, kw_only=True)
class ClaimRecovered(Fact):
    """The payer takes back money that was paid for a line."""

    claim_id: UUID
    line_id: UUID
    recovered_pence: Pence


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(Fact):
    """A claim was withdrawn; the reason stays with the claim. One fact for each line."""

    claim_id: UUID
    line_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimTermsChosen(Fact):
    """A scheme changed while a claim was a draft, and somebody chose for its lines: take it up, or keep what stood."""

    claim_id: UUID
    line_id: UUID
    taken_up: bool


@dataclass(frozen=True, kw_only=True)
class ClaimLookRaised(Fact):
    """Something happened to what a claim rests on after it was sent in; the desk has to look."""

    claim_id: UUID
    line_id: UUID
    what: str
