"""Facts about knowledge. What was said stays in its table; facts carry ids and codes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact
from lms.learning.states import Judged


@dataclass(frozen=True, kw_only=True)
class ConversationHeard(Fact):
    """Somebody heard what a learner knows, noted it, and judged it met or not yet."""

    enrolment_id: UUID
    conversation_id: UUID
    module: str
    outcomes: tuple[str, ...]
    judged: Judged
    held_on: date
