"""Facts of the desk."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class Nudged(Fact):
    """A coordinator asked `person_id` once more for what a PA (`about`) waits for; `reachable`: by e-mail."""

    nudge_id: UUID
    enrolment_id: UUID
    authority_id: UUID
    person_id: UUID
    waits_for: str
    why: str
    reachable: bool


@dataclass(frozen=True, kw_only=True)
class DeskSet(Fact):
    """A coordinator (`about`) set from how many days on a wait is stuck, and how many people a month are the target."""

    authority_id: UUID
    days: tuple[str, ...]
    target_started: int | None
    target_completed: int | None
