"""Facts about reminders. What comes next for a PA is a code."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class NextStepReminded(Fact):
    """The register team reminded a PA of what comes next for their place on its register."""

    authority_id: UUID
    reminder_id: UUID
    step: str
