"""Days and months: how long something seen, learned or said goes on counting."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """Days on which something counts: from `since` to `last`, both included; no `last` means for good."""

    since: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.since <= day and (self.last is None or day <= self.last)

    def turning_days(self, remind_days: int) -> Iterable[date]:
        """The days on which what can be said of it changes: it begins, it will soon run out, it has run out."""
        yield self.since
        if self.last is not None:
            yield expiring_from(self.last, remind_days)
            yield day_after(self.last)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month when it is shorter.

    That day still counts: what lasts 36 months from 31 August 2023 is good on 31 August 2026 and has run out on
    1 September. This is the corresponding date rule, by which the law of England and Wales counts months
    (Dodds v Walker, 1981).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def span(on: date, *, months: Iterable[int | None] = (), ends_on: date | None = None) -> Span:
    """From a day on, until the first of these ends: each number of months, and the document's own last day."""
    ends = [months_after(on, number) for number in months if number is not None]
    return Span(on, earliest([*ends, ends_on]))


def earliest(days: Iterable[date | None]) -> date | None:
    """The first of the days that are given; None when none is."""
    return min((day for day in days if day is not None), default=None)


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def expiring_from(last: date, remind_days: int) -> date:
    """The first day on which we say that something runs out soon."""
    return last - timedelta(days=remind_days)


def longest(spans: Iterable[Span]) -> Span | None:
    """The span that counts longest; of equals, the one that began first."""
    return max(spans, key=lambda s: (s.last or date.max, -s.since.toordinal()), default=None)
