"""Facts about learning. Codes and numbers only: what people write stays in its own table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact
from lms.learning.states import Judged, Why, WorkKind


@dataclass(frozen=True, kw_only=True)
class LearnerEnrolled(Fact):
    """Somebody was enrolled on a course in an edition."""

    enrolment_id: UUID
    course: str
    edition: str


@dataclass(frozen=True, kw_only=True)
class LearnerLeft(Fact):
    """Somebody left a course; what they did on it stays."""

    enrolment_id: UUID
    course: str


@dataclass(frozen=True, kw_only=True)
class EnrolmentTakenBack(Fact):
    """An enrolment that came of a list was taken back with it, as if it had never been made; nothing was done on it."""

    enrolment_id: UUID
    authority_id: UUID
    course: str


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
class CheckMarked(Fact):
    """A knowledge check was marked, at hand-in or again. `waits`: only somebody's reading is missing for a pass."""

    enrolment_id: UUID
    module: str
    attempt_id: UUID
    percent: int
    passed: bool
    waits: bool
    why: Why


@dataclass(frozen=True, kw_only=True)
class CheckPassed(Fact):
    """A knowledge check became passed: at hand-in, once a text was read, or by a corrected key. Once for an attempt."""

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
    """All of a module's learning is done: lessons, activity and check. It says nothing about practice.

    `prior` are the outcomes that were not studied, because they had been accepted as prior learning.
    """

    enrolment_id: UUID
    module: str
    edition: str
    prior: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextHandedOver(Fact):
    """A learner finished a version of a text, so that it may be read."""

    enrolment_id: UUID
    module: str
    work_id: UUID
    kind: WorkKind
    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class TextTakenBack(Fact):
    """A learner took back a text that nobody had read: it is theirs alone again."""

    enrolment_id: UUID
    module: str
    work_id: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class TextRead(Fact):
    """Somebody read a version of a text and judged it met or not yet; the comment stays in its own table."""

    enrolment_id: UUID
    module: str
    work_id: UUID
    reading_id: UUID
    version: int
    judged: Judged
    commented: bool
