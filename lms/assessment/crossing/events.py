"""Facts about awards that learners say they hold. What they wrote about them stays in its table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class AwardHeld(Fact):
    """A learner said that they hold the award of an edition. Nothing is shown by that."""

    award_id: UUID
    framework: str


@dataclass(frozen=True, kw_only=True)
class AwardTakenBack(Fact):
    """A learner took back what they said of an award."""

    award_id: UUID
    framework: str


@dataclass(frozen=True, kw_only=True)
class AwardSeen(Fact):
    """An assessor or a coordinator saw the proof of an award that a learner holds. They judged nothing."""

    award_id: UUID
    framework: str
