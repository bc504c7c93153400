"""Facts about evidence. What was said stays in its table; facts carry ids and codes, so that erasure stays possible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.rules import Setting
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class EvidenceOffered(Fact):
    """Somebody wrote down what they saw, heard or made. `carries`: a practice decision may rest on it."""

    enrolment_id: UUID
    evidence_id: UUID
    kind: EvidenceKind
    part: Part
    lines: tuple[str, ...]
    framework: str
    edition: str
    on_day: date
    setting: Setting | None
    way: Way
    carries: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceSpokeTo(Fact):
    """A piece that stood already was said to speak to further lines."""

    enrolment_id: UUID
    evidence_id: UUID
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EvidenceWithdrawn(Fact):
    """A piece of evidence was withdrawn before anything rested on it."""

    enrolment_id: UUID
    evidence_id: UUID
