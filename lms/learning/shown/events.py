"""Facts about outcomes that were shown."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact
from lms.learning.shown.rules import HowShown


@dataclass(frozen=True, kw_only=True)
class OutcomesShown(Fact):
    """A learner showed outcomes of a module for the first time. It is knowledge, and says nothing about practice.

    `source_id` is the attempt, the written work, the conversation or the decision about prior learning; `judged_by` is
    who judged it, and None where PALMS marked it.
    """

    enrolment_id: UUID
    module: str
    edition: str
    outcomes: tuple[str, ...]
    how: HowShown
    source_id: UUID | None
    judged_by: UUID | None


@dataclass(frozen=True, kw_only=True)
class LessonCarried(Fact):
    """A lesson that a learner finished in one course counts in another of theirs, which has it too."""

    enrolment_id: UUID
    module: str
    lesson: str
    carried_from: UUID
