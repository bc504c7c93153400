"""Facts about asking for an assessor. Places and needs stay in their tables."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.asking.rules import Outcome
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AssessorAsked(Fact):
    """A PA, or somebody of their household, asked for an assessor for units of a framework."""

    request_id: UUID
    authority_id: UUID
    framework: str
    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AssessorFound(Fact):
    """A coordinator chose an assessor for some of what was asked for."""

    request_id: UUID
    allocation_id: UUID
    assessor_id: UUID
    units: tuple[str, ...]
    until: date | None


@dataclass(frozen=True, kw_only=True)
class AssessorRequestEnded(Fact):
    """A request was withdrawn, fully answered, or closed with a word."""

    request_id: UUID
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class OutsideAssessorInvited(Fact):
    """An assessor of a college or agency was invited for named learners; `about` is who invited."""

    invitation_id: UUID
    authority_id: UUID
    organisation_id: UUID
    enrolments: tuple[UUID, ...]
    until: date
