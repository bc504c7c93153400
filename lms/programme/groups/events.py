"""Facts about groups. `about` is who is in it; for the group itself whoever changed it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class GroupSet(Fact):
    """A coordinator (`about`) made a group, or said anew what it is called or how long it goes on."""

    authority_id: UUID
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Fact):
    """Somebody is in a group from a day on."""

    authority_id: UUID
    group_id: UUID
    enrolment_id: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Fact):
    """Somebody is in a group until a day, which still counts."""

    authority_id: UUID
    group_id: UUID
    enrolment_id: UUID
    until: date
