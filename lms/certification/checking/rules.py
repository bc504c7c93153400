"""How people look at certificates, and how guessing is slowed without shutting out who really asks. Plain Python."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Way(StrEnum):
    """How somebody looked: its page, the holder's name typed and fitting, its file, or a link the holder shared."""

    PAGE = "page"
    NAME = "name"
    FILE = "file"
    SHARED = "shared"


class Tried(StrEnum):
    """What did not fit: a number in no record of ours, a name, a file not as we issued it, a calendar's address."""

    NUMBER = "number"
    NAME = "name"
    FILE = "file"
    CALENDAR = "calendar"


REMEMBERED = timedelta(hours=1)
LONGEST_WAIT = timedelta(minutes=15)
_FIRST_WAIT = timedelta(seconds=30)


@dataclass(frozen=True)
class Bound:
    """`free` tries an hour from one place cost nothing; after `all_around` from everywhere, only one is free.

    So whoever tries from many places at once is slowed at each of them after the first, while somebody who has not
    tried in vain is not slowed at all: there is nothing by which others could lock them out.
    """

    free: int
    all_around: int


BOUNDS = {
    Tried.NUMBER: Bound(free=8, all_around=500),
    Tried.NAME: Bound(free=5, all_around=40),  # everywhere: for one certificate
    Tried.FILE: Bound(free=10, all_around=300),
    Tried.CALENDAR: Bound(free=20, all_around=2000),  # an office's programs keep asking for one that was renewed
}
"""A number has forty random bits: with a million issued, one guess in a million fits. A slip is caught by the check
symbol before anything is looked up, and is not counted, so that almost nobody who means well is counted at all."""


@dataclass(frozen=True)
class Tries:
    """What is remembered of the last hour: how many from this place, when the last of them, how many in all."""

    here: int
    last: datetime | None
    in_all: int


def wait(tries: Tries, bound: Bound, now: datetime) -> timedelta:
    """How long until a try from this place counts again; nothing for most people.

    From the first one that is not free the wait doubles, from half a minute up to fifteen.
    """
    free = bound.free if tries.in_all < bound.all_around else 1
    if tries.last is None or tries.here < free:
        return timedelta()
    doubled = min(_FIRST_WAIT * (1 << min(tries.here - free, 10)), LONGEST_WAIT)
    return max(timedelta(), doubled - (now - tries.last))


def minutes(wait: timedelta) -> int:
    """A wait in whole minutes, as it is told: at least one, and never less than it is."""
    return max(1, -(-int(wait.total_seconds()) // 60))
