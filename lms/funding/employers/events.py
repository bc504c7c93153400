"""Facts of the employers' side. Ids and codes only; no digit of an account. `about` is the person who did it, or whose
account it is."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class TrainingMoneyAsked(Fact):
    """An employer, or somebody for them, began the six questions."""

    enquiry_id: UUID
    employer_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApplicationPrepared(Fact):
    """An application was made of the answers; the employer has to accept it."""

    enquiry_id: UUID
    employer_id: UUID
    claim_id: UUID
    by_delegate: bool


@dataclass(frozen=True, kw_only=True)
class BankDetailsGiven(Fact):
    """An employer gave the account their money is paid to, for the first time or anew."""

    employer_id: UUID
    anew: bool


@dataclass(frozen=True, kw_only=True)
class BankDetailsCleared(Fact):
    """The account was deleted, since nothing needs it any more or another one took its place (`replaced`)."""

    employer_id: UUID
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class BankDetailsRead(Fact):
    """A funding officer looked at the account an approved application is paid to."""

    employer_id: UUID
    claim_id: UUID
