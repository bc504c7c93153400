"""Facts about what PAs let other systems be told. Names of what is told, never its content."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class TellingAgreed(Fact):
    """A PA agreed that other systems of an authority are told these things of them."""

    authority_id: UUID
    told: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TellingTakenBack(Fact):
    """A PA took that back: other systems are told to forget them."""

    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class TellingDeclined(Fact):
    """A PA was asked and said no: other systems are told nothing of them."""

    authority_id: UUID
