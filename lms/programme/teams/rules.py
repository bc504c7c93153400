"""How much of a team is trained on a day. Plain Python.

Trained on a day is whoever was in the team on that day and had finished every module of the course by then. The share
is that number of everybody who was in the team on that day, in whole percent rounded down: 100 is all of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Spell:
    """Somebody was in a team from a day; `left_on` is the first day on which they were not any more."""

    person_id: UUID
    since: date
    left_on: date | None = None

    def on(self, day: date) -> bool:
        """Whether they were in it on a day."""
        return self.since <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True)
class Coverage:
    """Of so many in a team on a day, how many are trained."""

    on: date
    members: int
    trained: int

    @property
    def percent(self) -> int | None:
        """The share that is trained; None for a team that nobody is in."""
        return 100 * self.trained // self.members if self.members else None

    def meets(self, target: int | None) -> bool:
        """Whether the share is what was aimed for. Compared exactly, not by the rounded percent."""
        return target is not None and self.members > 0 and 100 * self.trained >= target * self.members


def coverage(spells: Iterable[Spell], trained_on: Mapping[UUID, date], on: date) -> Coverage:
    """How much of a team is trained on a day; `trained_on` is the day on which each finished the course."""
    there = {each.person_id for each in spells if each.on(on)}
    return Coverage(on, len(there), sum(1 for each in there if each in trained_on and trained_on[each] <= on))
