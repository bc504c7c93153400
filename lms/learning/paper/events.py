"""Facts about study on paper. Codes only: what was written stands in its own tables, the paper in a file."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PaperSheetMade(Fact):
    """The questions of a learner's open check were put on paper, by the learner or for them."""

    enrolment_id: UUID
    module: str
    attempt_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperRecorded(Fact):
    """Somebody recorded what stands on a learner's paper, and kept the paper.

    `questions` and `lessons` have the codes of what was recorded; `attempt_id` is None when no answers came with it.
    """

    enrolment_id: UUID
    module: str
    record_id: UUID
    attempt_id: UUID | None
    questions: tuple[str, ...]
    lessons: tuple[str, ...]
    activity: bool
    handed_in: bool
