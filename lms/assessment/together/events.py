"""Facts about sitting together. What was said stands in the evidence; these carry ids, steps and digests."""

from dataclasses import dataclass
from uuid import UUID

from lms.assessment.evidence.rules import EvidenceKind
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class TogetherStarted(Fact):
    """An assessor began to write down what they and a learner talked about, to have it confirmed on one phone."""

    enrolment_id: UUID
    together_id: UUID
    unit: str
    lines: tuple[str, ...]
    kind: EvidenceKind


@dataclass(frozen=True, kw_only=True)
class TogetherSaid(Fact):
    """A learner said whether it was so: confirmed by their own secret, or declined."""

    enrolment_id: UUID
    together_id: UUID
    confirmed: bool
    digest: str


@dataclass(frozen=True, kw_only=True)
class TogetherRecorded(Fact):
    """Both confirmed it, each by their own secret, and it became evidence with the same id."""

    enrolment_id: UUID
    together_id: UUID
    evidence_id: UUID
    digest: str


@dataclass(frozen=True, kw_only=True)
class TogetherDropped(Fact):
    """A sitting was given up before it became evidence."""

    enrolment_id: UUID
    together_id: UUID
