"""Facts of assessment. What was seen stays in its table; facts carry ids and codes, so that erasure stays possible."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.rules import Capacity, Judgement, Setting
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
class ObservationRecorded(Fact):
    """Somebody wrote down what they saw a learner do at work."""

    enrolment_id: UUID
    unit: str
    criterion: str
    framework: str
    edition: str
    observation_id: UUID
    capacity: Capacity
    seen_on: date
    setting: Setting | None


@dataclass(frozen=True, kw_only=True)
class CriterionJudged(Fact):
    """A criterion was judged met or not yet met."""

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
