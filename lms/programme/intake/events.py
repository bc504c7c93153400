"""Facts about lists people come in on. Names stay in the list; facts carry ids and counts."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PeopleBroughtIn(Fact):
    """A list was carried out. `about` is who had it done (the authority itself when an operator did)."""

    authority_id: UUID
    batch_id: UUID
    digest: str
    people: int
    employers: int


@dataclass(frozen=True, kw_only=True)
class PeopleTakenBack(Fact):
    """All that came of a list was taken back. `about` is who had it done."""

    authority_id: UUID
    batch_id: UUID
    people: int
    employers: int


@dataclass(frozen=True, kw_only=True)
class CertificateClaimed(Fact):
    """A list says that somebody has a certificate from before; nobody here has seen it."""

    authority_id: UUID
    claim_id: UUID


@dataclass(frozen=True, kw_only=True)
class CertificateClaimTakenBack(Fact):
    """Such a word was taken back with its list."""

    authority_id: UUID
    claim_id: UUID
