"""Facts about events. `about` is who has a place, hears of something or was there; else whoever did it.

Where an event is, what it is called and what somebody needs there stands in no fact.
"""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact
from lms.programme.gatherings.words import Came, Gone, How


@dataclass(frozen=True, kw_only=True)
class GatheringPlanned(Fact):
    """A coordinator (`about`) planned an event."""

    authority_id: UUID
    gathering_id: UUID


@dataclass(frozen=True, kw_only=True)
class GatheringChanged(Fact):
    """A coordinator (`about`) changed what stands of an event."""

    authority_id: UUID
    gathering_id: UUID
    moved: bool


@dataclass(frozen=True, kw_only=True)
class GatheringCancelled(Fact):
    """A coordinator (`about`) called an event off."""

    authority_id: UUID
    gathering_id: UUID


@dataclass(frozen=True, kw_only=True)
class GatheringNewsDue(Fact):
    """Somebody with a place, or who waits for one, has to hear that an event is moved, or called off."""

    gathering_id: UUID
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class GatheringPlaceTaken(Fact):
    """Somebody has a place, or waits for one; `given`: a coordinator did it for them."""

    authority_id: UUID
    gathering_id: UUID
    waits: bool
    given: bool


@dataclass(frozen=True, kw_only=True)
class GatheringPlaceMovedUp(Fact):
    """A place came free for somebody who waited."""

    authority_id: UUID
    gathering_id: UUID


@dataclass(frozen=True, kw_only=True)
class GatheringPlaceGone(Fact):
    """Somebody has no place any more, and waits for none."""

    authority_id: UUID
    gathering_id: UUID
    why: Gone


@dataclass(frozen=True, kw_only=True)
class GatheringAttended(Fact):
    """Somebody was there, as a list or the code in the room said."""

    authority_id: UUID
    gathering_id: UUID
    came: Came
    how: How


@dataclass(frozen=True, kw_only=True)
class GatheringMissed(Fact):
    """Somebody with a place was not there, or it turned out later that they were not."""

    authority_id: UUID
    gathering_id: UUID


@dataclass(frozen=True, kw_only=True)
class GatheringComesUp(Fact):
    """Somebody has to be reminded of an event, so many days before it."""

    gathering_id: UUID
    days: int


@dataclass(frozen=True, kw_only=True)
class CalendarAddressSet(Fact):
    """Somebody made a secret address for their calendar, or ended it; an older one opens nothing any more."""

    ended: bool
