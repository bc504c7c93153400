"""Facts about how long contacts are kept. None says whom anything was about, or that there was an alert."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class ContactRetentionSet(Fact):
    """An administrator (`about`) said for how many years notes, call-backs and alerts are kept."""

    authority_id: UUID
    setting_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactsCleared(Fact):
    """Notes and call-backs whose years are over were deleted, by what an administrator (`about`) had set."""

    authority_id: UUID
    notes: int
    call_backs: int
