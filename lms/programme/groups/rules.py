"""When somebody is in a group, and how far a group is. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_MEMBERS = 500
"""More is no group anybody looks after by hand; the lists of the desk are for those."""


@dataclass(frozen=True)
class Stay:
    """From when to when somebody is in a group; both days count, and None means until further notice."""

    since: date
    until: date | None

    def counts(self, on: date) -> bool:
        """Whether somebody is in it on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class HowFar:
    """Where the members of a group stand: each of them in exactly one of the first four."""

    working: int = 0
    completed: int = 0
    left: int = 0
    unknown: int = 0
    stuck: int = 0

    @property
    def members(self) -> int:
        """Everybody."""
        return self.working + self.completed + self.left + self.unknown


@dataclass(frozen=True)
class Member:
    """What is counted of one member. `state` is None where nothing is known of the enrolment yet."""

    state: str | None
    stuck: bool = False


class Standing(StrEnum):
    """What a group can be narrowed to: each is a number of `HowFar`. Of whom nothing is known yet is still working."""

    WORKING = "working"
    COMPLETED = "completed"
    LEFT = "left"
    STUCK = "stuck"


def stands_so(member: Member, standing: Standing) -> bool:
    """Whether a member is among those a number counts."""
    if standing is Standing.STUCK:
        return member.stuck
    return (member.state or Standing.WORKING) == standing


def how_far(members: Iterable[Member]) -> HowFar:
    """Count them."""
    counted = {"working": 0, "completed": 0, "left": 0, "unknown": 0, "stuck": 0}
    for member in members:
        counted[member.state or "unknown"] += 1
        counted["stuck"] += member.stuck
    return HowFar(**counted)
