"""Facts of quality assurance. Words somebody wrote stay in their tables; facts carry ids, codes and days."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.quality.appeals.rules import Outcome, Stage
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PolicySet(Fact):
    """An authority's sampling policy was set; `about` is whoever set it."""

    authority_id: UUID
    policy_id: UUID


@dataclass(frozen=True, kw_only=True)
class SampleChosen(Fact):
    """A piece of a learner's work is to be looked at again."""

    sample_id: UUID
    enrolment_id: UUID
    unit: str
    assessor_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class SampleTaken(Fact):
    """A quality assurer looks at a sample from now on."""

    sample_id: UUID


@dataclass(frozen=True, kw_only=True)
class SampleAccepted(Fact):
    """A quality assurer read the work again and agrees with every decision of it."""

    sample_id: UUID
    enrolment_id: UUID
    unit: str
    assessor_id: UUID


@dataclass(frozen=True, kw_only=True)
class SampleSentBack(Fact):
    """A quality assurer sent decisions back to whoever made them, who has to answer by a day."""

    sample_id: UUID
    enrolment_id: UUID
    unit: str
    assessor_id: UUID
    decisions: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class SampleAnswered(Fact):
    """Every line that was sent back has a new decision; the quality assurer looks again."""

    sample_id: UUID
    enrolment_id: UUID
    unit: str
    taken_by: UUID


@dataclass(frozen=True, kw_only=True)
class SampleWaitsLong(Fact):
    """A certificate waits for this sample longer than the policy says."""

    sample_id: UUID
    enrolment_id: UUID
    unit: str
    authority_id: UUID


@dataclass(frozen=True, kw_only=True)
class SampleWaitEnded(Fact):
    """The policy no longer lets certificates wait for a sample, so this one goes on without."""

    enrolment_id: UUID
    unit: str


@dataclass(frozen=True, kw_only=True)
class QualityActivityRecorded(Fact):
    """A quality assurer watched an assessor at work, or talked with a learner."""

    activity_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class VerifierAccessGiven(Fact):
    """A verifier may read chosen records for a period; `about` is the verifier, or the learner where it is one."""

    access_id: UUID
    verifier_id: UUID
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class VerifierAccessEnded(Fact):
    """An access was ended before its last day; `about` is the verifier."""

    access_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandardisationAsked(Fact):
    """Somebody was asked to come to a standardisation meeting."""

    meeting_id: UUID
    on: date


@dataclass(frozen=True, kw_only=True)
class StandardisationAttended(Fact):
    """Somebody was at a standardisation meeting about these units, on a day."""

    meeting_id: UUID
    authority_id: UUID
    on: date
    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionAppealed(Fact):
    """A learner asked, or somebody for them, that a decision is looked at again."""

    appeal_id: UUID
    decision_id: UUID
    enrolment_id: UUID
    authority_id: UUID
    unit: str


@dataclass(frozen=True, kw_only=True)
class AppealMoved(Fact):
    """An appeal went on a step. `second_id`: who looks, or looked, at it."""

    appeal_id: UUID
    stage: Stage
    outcome: Outcome | None
    asked_by: UUID
    second_id: UUID | None
