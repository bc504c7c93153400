"""Facts of queues: that people were reminded. What waits stands in the rooms it belongs to."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class WorkWaits(Fact):
    """Things have waited some days for somebody, and they are reminded, once of each."""

    count: int


@dataclass(frozen=True, kw_only=True)
class WorkWaitsLong(Fact):
    """Things have waited so long for somebody that a coordinator of the authority is told; they are who it is about."""

    authority_id: UUID
    count: int
