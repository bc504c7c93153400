"""Facts about sign-offs for one person. Neither task nor household is in them: both tell of somebody's health."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.personal.rules import EndedWhy, Looked
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PersonalSignOffRecorded(Fact):
    """A competent person signed a PA off for one task for one person, and it was written down."""

    personal_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonalSignOffLookedAt(Fact):
    """The person's plan changed, or somebody competent looked and it still fits."""

    personal_id: UUID
    looked: Looked


@dataclass(frozen=True, kw_only=True)
class PersonalSignOffEnded(Fact):
    """It ended before its last day: somebody stopped it, or the job ended."""

    personal_id: UUID
    why: EndedWhy
    last_day: date


@dataclass(frozen=True, kw_only=True)
class PersonalSignOffEnding(Fact):
    """It ends in so many days, and the people it is for are reminded, once for each number of days."""

    personal_id: UUID
    days: int
