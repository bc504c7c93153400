"""Facts about the evidence of claims. They carry ids, kinds and digests; names and numbers never."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact
from lms.funding.evidence.vocabulary import NumberKind
from lms.funding.vocabulary import EvidenceKind


@dataclass(frozen=True, kw_only=True)
class ClaimFileAdded(Fact):
    """A file was handed in with a claim, for this learner's line or for all of it. `sha256` as it will be sent."""

    claim_id: UUID
    file_id: UUID
    kind: EvidenceKind
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ClaimFileTakenOut(Fact):
    """A file was taken out of a claim before it was sent in."""

    claim_id: UUID
    file_id: UUID
    kind: EvidenceKind


@dataclass(frozen=True, kw_only=True)
class ClaimFileRead(Fact):
    """Somebody typed in what an invoice or a receipt says; what it says stays with the claim."""

    claim_id: UUID
    file_id: UUID


@dataclass(frozen=True, kw_only=True)
class LearnerNumberKept(Fact):
    """A number by which payers know a learner was typed in. The number itself is nowhere but in its sealed place."""

    authority_id: UUID
    kind: NumberKind


@dataclass(frozen=True, kw_only=True)
class LearnerNumberDeleted(Fact):
    """A number by which payers know a learner was deleted."""

    authority_id: UUID
    kind: NumberKind


@dataclass(frozen=True, kw_only=True)
class LearnerNumbersSeen(Fact):
    """Somebody who works on claims had a learner's numbers shown in full."""

    authority_id: UUID
    claim_id: UUID
