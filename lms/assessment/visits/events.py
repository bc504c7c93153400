"""Facts about visits with no signal. What was written stays in its tables."""

from dataclasses import dataclass
from uuid import UUID

from lms.assessment.visits.rules import Came, How, Why
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class LearnerTakenAlong(Fact):
    """An assessor took a learner along on a phone; `about` is the learner."""

    enrolment_id: UUID
    taken_id: UUID


@dataclass(frozen=True, kw_only=True)
class VisitReceived(Fact):
    """Something that an assessor wrote with no signal reached us. `came` and `why` say what became of it."""

    enrolment_id: UUID
    thing_id: UUID
    kind: str
    came: Came
    why: Why | None


@dataclass(frozen=True, kw_only=True)
class VisitSettled(Fact):
    """A person settled something from a visit that could not be filed, or that met another version."""

    enrolment_id: UUID
    thing_id: UUID
    how: How
