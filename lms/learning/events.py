"""Facts about learning. Codes and numbers only: what people write stays in its own table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class LearnerEnrolled(Fact):
    """Somebody was enrolled on a course in an edition."""

    enrolment_id: UUID
    course: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class LessonStudied(Fact):
    """A learner said that they finished a lesson, for the first time."""

    enrolment_id: UUID
    module: str
    lesson: str


@dataclass(frozen=True, kw_only=True)
class ActivityWritten(Fact):
    """A learner saved their writing for an activity; `finished` when they said that it can be read."""

    enrolment_id: UUID
    module: str
    activity: str
    finished: bool


@dataclass(frozen=True, kw_only=True)
class CheckPassed(Fact):
    """A knowledge check was handed in and passed."""

    enrolment_id: UUID
    module: str
    attempt_id: UUID
    percent: int


@dataclass(frozen=True, kw_only=True)
class CheckNotPassed(Fact):
    """A knowledge check was handed in and not passed this time."""

    enrolment_id: UUID
    module: str
    attempt_id: UUID
    percent: int


@dataclass(frozen=True, kw_only=True)
class ModuleStudied(Fact):
    """All of a module's learning is done: lessons, activity and check. It says nothing about practice."""

    enrolment_id: UUID
    module: str
    edition: str
