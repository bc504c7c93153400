"""When events are, who may come, who is next, which code counts, and when somebody is reminded. Plain Python."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lms.core.clock import LONDON, london_day
from lms.programme.gatherings.words import Open

MOST_PLACES = 500
REMIND = (7, 1)
MOST_DAYS = 30
LONGEST = timedelta(hours=12)
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O and U: they are misread from a screen at the other end of a room."""
CODE_LENGTH = 5
EARLY = timedelta(minutes=30)
LATE = timedelta(minutes=30)
CODE_LASTS = timedelta(minutes=20)
TRIES = 5
TRIES_WITHIN = timedelta(minutes=15)
_OPENS, _CLOSES = time(9), time(17)
_SATURDAY = 5


def at(day: date, clock: time) -> datetime | None:
    """The moment a clock in London shows a time on a day; None in the hour that is left out in March.

    In the hour that comes twice in October it is the first of the two.
    """
    moment = datetime.combine(day, clock, tzinfo=LONDON).astimezone(UTC)
    back = moment.astimezone(LONDON)
    return moment if (back.date(), back.time()) == (day, clock) else None


def clock_of(moment: datetime) -> str:
    """What the clock in London shows at a moment, such as 18:30."""
    return moment.astimezone(LONDON).strftime("%H:%M")


def other_hours(starts: datetime, ends: datetime) -> bool:
    """Whether some of it is outside Monday to Friday from 9 to 5, by the clock in London."""
    first, last = starts.astimezone(LONDON), ends.astimezone(LONDON)
    if first.date() != last.date() or first.weekday() >= _SATURDAY:
        return True
    return first.time() < _OPENS or last.time() > _CLOSES


def free(capacity: int | None, taken: int) -> int | None:
    """How many places are free: never fewer than none, also after the room became smaller. None: as many as come."""
    return None if capacity is None else max(capacity - taken, 0)


def moving_up(waiting: Sequence[int], free_places: int | None) -> Sequence[int]:
    """Who of those who wait gets a place now: the first who asked, as many as places are free."""
    return sorted(waiting)[:free_places]


@dataclass(frozen=True)
class Knows:
    """What is known of somebody in one authority on a day."""

    pa: bool = False
    employer: bool = False
    assessor: bool = False
    groups: frozenset[object] = frozenset()
    courses: frozenset[str] = frozenset()

    @property
    def anybody(self) -> bool:
        """Whether they belong to the authority's people at all."""
        return self.pa or self.employer or self.assessor


def may_join(open_to: Collection[Open], known: Knows, *, group: object, course: str | None) -> bool:
    """Whether somebody may sign up by themselves: one of those it is open to is enough."""
    return (
        (Open.PAS in open_to and known.pa)
        or (Open.EMPLOYERS in open_to and known.employer)
        or (Open.ASSESSORS in open_to and known.assessor)
        or (Open.GROUP in open_to and known.pa and group is not None and group in known.groups)
        or (Open.COURSE in open_to and known.pa and course is not None and course in known.courses)
    )


def reminder_due(days: Collection[int], *, starts: datetime, placed: datetime, now: datetime) -> int | None:
    """Of how many days before the event somebody is to be reminded now; None: of nothing.

    Only the nearest that has come counts, and only when they had their place before that day: who signs up the evening
    before knows of it. After it began nobody is reminded. From 9 o'clock in London on, so that nobody is woken.
    """
    today, on = london_day(now), london_day(starts)
    if now >= starts:
        return None
    come = [each for each in days if on - timedelta(days=each) <= today]
    if not come:
        return None
    nearest = min(come)
    turn = on - timedelta(days=nearest)
    if london_day(placed) >= turn or (today == turn and now.astimezone(LONDON).time() < _OPENS):
        return None
    return nearest


def code_times(starts: datetime, ends: datetime, now: datetime) -> tuple[datetime, datetime] | None:
    """From when to when a code that is asked for now counts; None: it is not the time for one."""
    if not starts - EARLY <= now < ends + LATE:
        return None
    return now, min(now + CODE_LASTS, ends + LATE)


def tidy_code(typed: str) -> str:
    """A code as it is compared: small letters, blanks and hyphens do not matter."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)[:20]
