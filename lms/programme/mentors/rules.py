"""Who can be whose mentor, how well they fit, and from when on details are forgotten. Plain Python.

The newcomer's details go to the mentor while both want it. Nothing of the mentor's ever goes to the newcomer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.programme.mentors.words import Kind, Obstacle

MOST_AT_ONCE = 10
"""The most newcomers a mentor can say they have room for."""
KEPT_FOR = timedelta(days=90)
"""How long a newcomer's details stay in the database after the end, where nobody is shown them; then they are gone."""
WORDING = "2026.1"
"""The edition of the words that mentors and newcomers agree to; it is kept with each yes."""
LONGEST_CONTACT = 600
"""Minutes of one contact, at most."""


@dataclass(frozen=True)
class Side:
    """A mentor or a newcomer, as matching looks at them. `homes` are households they act or work in, or ever did."""

    person_id: UUID
    kind: Kind
    language: str
    area: str
    homes: frozenset[UUID] = frozenset()


def obstacle(newcomer: Side, mentor: Side, *, apart: bool, has: int, room: int) -> Obstacle | None:
    """Why this mentor cannot be this newcomer's; None when they can. `has` are the newcomers they have of `room`.

    People of one household never: neither a PA and their own employer, nor two who know each other from there.
    """
    if newcomer.person_id == mentor.person_id:
        return Obstacle.SELF
    if newcomer.kind is not mentor.kind:
        return Obstacle.OTHER_KIND
    if newcomer.homes & mentor.homes:
        return Obstacle.HOUSEHOLD
    if apart:
        return Obstacle.APART
    return Obstacle.FULL if has >= room else None


def near(newcomer: Side, mentor: Side) -> bool:
    """Whether both named the same place; who named none is near nobody."""
    return bool(newcomer.area.strip()) and newcomer.area.strip().casefold() == mentor.area.strip().casefold()


def fit(newcomer: Side, mentor: Side, *, wants_near: bool) -> tuple[bool, bool]:
    """What counts for a mentor, the weightiest first: the same language, and the same place where that is wanted."""
    return newcomer.language == mentor.language, wants_near and near(newcomer, mentor)


def is_forgotten(ended_at: datetime | None, now: datetime) -> bool:
    """Whether details passed on are to go: so long after the end."""
    return ended_at is not None and now >= ended_at + KEPT_FOR
