"""Facts about workshops. `about` is who attended; for the workshop itself whoever recorded it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class WorkshopRecorded(Fact):
    """A workshop that was held was recorded, or what is recorded of it was corrected before its certificates."""

    authority_id: UUID
    workshop_id: UUID
    on: date
    corrected: bool


@dataclass(frozen=True, kw_only=True)
class AttendanceNoted(Fact):
    """Somebody attended a workshop."""

    workshop_id: UUID
    attendance_id: UUID


@dataclass(frozen=True, kw_only=True)
class AttendanceTakenBack(Fact):
    """Somebody stood on a workshop's list by mistake, and was taken off it before a certificate was issued."""

    workshop_id: UUID
    attendance_id: UUID
