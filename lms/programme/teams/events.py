"""Facts about teams that learn. Who is in one is about that person; a team itself is about whoever made it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class TeamMade(Fact):
    """A coordinator (`about`) made a team."""

    authority_id: UUID
    team_id: UUID


@dataclass(frozen=True, kw_only=True)
class TeamChanged(Fact):
    """A coordinator (`about`) gave a team another name or target, or ended it."""

    authority_id: UUID
    team_id: UUID


@dataclass(frozen=True, kw_only=True)
class TeamJoined(Fact):
    """Somebody (`about`) is in a team from a day on."""

    authority_id: UUID
    team_id: UUID
    since: date


@dataclass(frozen=True, kw_only=True)
class TeamLeft(Fact):
    """Somebody (`about`) is in a team no more, from a day on."""

    authority_id: UUID
    team_id: UUID
    left_on: date
