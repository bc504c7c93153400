"""Facts about editions."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class EditionMoved(Fact):
    """A learner chose to go on with a newer edition of a module. What they had done stays done."""

    enrolment_id: UUID
    module: str
    from_edition: str
    to_edition: str
