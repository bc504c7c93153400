"""Facts about the records of claims. `about` is whoever acted: a clearing is of many people's records."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class RecordsHeld(Fact):
    """Somebody keeps the records of a claim, or of everything under a scheme, longer."""

    authority_id: UUID
    hold_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecordsLetGo(Fact):
    """Somebody ended a hold."""

    authority_id: UUID
    hold_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClearingConfirmed(Fact):
    """Somebody read what would be cleared, and had it cleared."""

    authority_id: UUID
    clearing_id: UUID
    claims: int


@dataclass(frozen=True, kw_only=True)
class RecordsCleared(Fact):
    """The records of one claim are gone; its reference and sums stay."""

    authority_id: UUID
    clearing_id: UUID
    claim_id: UUID
