"""Facts about what learners say of the content, and what authors do about it. What people write stays in its table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class LessonRated(Fact):
    """A learner said how they found a lesson."""

    module: str
    edition: str
    lesson: str
    rating: str


@dataclass(frozen=True, kw_only=True)
class MistakeReported(Fact):
    """A learner said that something is wrong in a lesson or a question; one of the two is named."""

    report_id: UUID
    authority_id: UUID
    module: str
    lesson: str | None
    question: str | None


@dataclass(frozen=True, kw_only=True)
class ReportDealtWith(Fact):
    """An author dealt with what a learner reported, and wrote back."""

    report_id: UUID
    module: str


@dataclass(frozen=True, kw_only=True)
class KeyCorrected(Fact):
    """An author put right what makes an answer right. `about` is the author: it is their act."""

    correction_id: UUID
    authority_id: UUID
    module: str
    edition: str
    question: str
