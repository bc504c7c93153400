"""Days on which something counts: windows with first and last day, and months that are counted from a day."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, time
from typing import Self

from pydantic import Field, model_validator

from lms.core.content import Authored
from lms.funding.vocabulary import CountedFrom, Part, Provenance


class Window(Authored):
    """First and last day on which something counts, both included; None is open. Days are Europe/London days."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")
    closes_at: time | None = None
    provenance: Provenance
    from_provenance: Provenance | None = None

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.first is None and self.last is None:
            raise ValueError("a window needs a first day (from), a last day (to) or both")
        if self.first and self.last and self.last < self.first:
            raise ValueError("the window ends before it begins")
        return self

    def holds(self, on: date, at: time | None = None) -> bool:
        """Whether a day lies inside; on the last day also the hour, when both are known. The last minute counts."""
        if (self.first and on < self.first) or (self.last and on > self.last):
            return False
        return not (self.closes_at and at and on == self.last and at > self.closes_at)


class MonthsAfter(Authored):
    """A deadline that is counted in months from a day of the training itself."""

    months: int = Field(gt=0, le=60)
    counted_from: CountedFrom = Field(alias="from")


class Submission(Authored):
    """When a claim may be sent in: between fixed days, within months of a day, or both."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")
    closes_at: time | None = None
    last_applies_to: tuple[Part, ...] = ()
    months_after: dict[Part, MonthsAfter] = Field(default_factory=dict)
    discretionary_until: date | None = None
    provenance: Provenance

    def last_day(self, part: Part, counted: Mapping[CountedFrom, date | None]) -> date | None:
        """The last day to send in a part, from the days known so far; None while it cannot be said."""
        days = [self.last] if self.last and (not self.last_applies_to or part in self.last_applies_to) else []
        rule = self.months_after.get(part)
        start = counted.get(rule.counted_from) if rule else None
        if rule and start:
            days.append(months_later(start, rule.months))
        return min(days, default=None)


class Windows(Authored):
    """Every window a scheme may have; those it does not name do not restrict."""

    achievement: Window | None = None
    payment: Window | None = None
    delivery: Window | None = None
    course_date: Window | None = None
    start: Window | None = None
    certificate: Window | None = None
    application: Window | None = None
    submission: Submission | None = None

    def any_named(self) -> bool:
        """Whether the scheme states any window at all."""
        return any(getattr(self, name) is not None for name in type(self).model_fields)


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later, or that month's last day when it has no such day.

    The clamping is illustrative; the published rule says only "within 3 months".
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
