"""Facts of assessment. What was seen stays in its table; facts carry ids and codes, so that erasure stays possible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.rules import Capacity, Judgement
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AssessorAllocated(Fact):
    """An assessor was given to a learner, from a day."""

    enrolment_id: UUID
    allocation_id: UUID
    assessor_id: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class AllocationEnded(Fact):
    """An assessor looks at a learner's work up to and including a day."""

    enrolment_id: UUID
    allocation_id: UUID
    assessor_id: UUID
    until: date


@dataclass(frozen=True, kw_only=True)
class CriterionJudged(Fact):
    """A line was decided: met, not yet met, or more evidence needed. It is one decision of a sitting.

    `criterion` is the line's key, `judgement_id` the decision, `observation_id` the piece of evidence it rests on.
    """

    enrolment_id: UUID
    unit: str
    criterion: str
    judgement: Judgement
    judgement_id: UUID
    observation_id: UUID | None
    capacity: Capacity


@dataclass(frozen=True, kw_only=True)
class UnitSignedOff(Fact):
    """Every criterion of a unit is met, and somebody other than the learner put their name to it."""

    enrolment_id: UUID
    unit: str
    sign_off_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandardsOpened(Fact):
    """A learner now also shows practice, in one edition of the standards."""

    enrolment_id: UUID
    framework: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class DecisionsFinalised(Fact):
    """Decisions were finalised together: so many met, so many others. The learner is told once for all of them."""

    enrolment_id: UUID
    sitting_id: UUID
    units: tuple[str, ...]
    met: int
    others: int


@dataclass(frozen=True, kw_only=True)
class DecisionReviewed(Fact):
    """Somebody else looked at a decision and agreed, or sent it back."""

    enrolment_id: UUID
    decision_id: UUID
    part: ReviewPart
    outcome: ReviewOutcome


@dataclass(frozen=True, kw_only=True)
class SignOffWithdrawn(Fact):
    """A sign-off was withdrawn; `module` is the taught module its unit belongs to, if any."""

    enrolment_id: UUID
    unit: str
    sign_off_id: UUID
    module: str | None
