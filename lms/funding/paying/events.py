"""Facts about money that came in and went back. `about` is the learner of the line; amounts are whole pence."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact
from lms.core.types import Pence


@dataclass(frozen=True, kw_only=True)
class MoneyReceived(Fact):
    """Money came in for a line. By a row of a payer's remittance, or written down by hand (no remittance)."""

    claim_id: UUID
    line_id: UUID
    payment_id: UUID
    pence: Pence
    paid_on: date
    remittance_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MoneyRepaid(Fact):
    """Money that the payer took back for a line went back to it."""

    claim_id: UUID
    line_id: UUID
    repayment_id: UUID
    pence: Pence
    paid_on: date


@dataclass(frozen=True, kw_only=True)
class DifferenceSettled(Fact):
    """Somebody closed a difference of a line: the payer pays no more, or what came too much may be kept."""

    claim_id: UUID
    line_id: UUID
    how: str
    pence: Pence
