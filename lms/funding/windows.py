"""Days on which something counts: windows with first and last day, and months that are counted from a day."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Self

from pydantic import AliasChoices, Field, model_validator

from lms.core.content import Authored
from lms.funding.vocabulary import CountedFrom, Part, Provenance


class Window(Authored):
    """First and last day on which something counts, both included; None is open. Days are Europe/London days."""

    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(  # type: ignore[pydantic-alias]  # the reference calls it by either name
        default=None, validation_alias=AliasChoices("to", "latest"), serialization_alias="to"
    )
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
        return not (on == self.last and hour_gone(self.closes_at, at))


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

    @model_validator(mode="after")
    def _runs_forwards(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise ValueError("the window ends before it begins")
        if self.discretionary_until and (self.last is None or self.discretionary_until < self.last):
            raise ValueError("discretionary_until comes after the last day (to)")
        if not (self.first or self.last or self.months_after):
            raise ValueError("it needs a first day (from), a last day (to) or months_after")
        return self

    def last_day(self, part: Part, counted: Mapping[CountedFrom, date | None]) -> date | None:
        """The last day to send in a part, from the days known so far; None while it cannot be said."""
        fixed = self.fixed_last_day(part)
        days = [fixed] if fixed else []
        rule = self.months_after.get(part)
        start = counted.get(rule.counted_from) if rule else None
        if rule and start:
            days.append(months_later(start, rule.months))
        return min(days, default=None)

    def fixed_last_day(self, part: Part) -> date | None:
        """The stated last day, where it holds for this part."""
        return self.last if not self.last_applies_to or part in self.last_applies_to else None


class Milestone(Authored):
    """A day of the scheme's own calendar."""

    code: str
    due: date
    provenance: Provenance


class Windows(Authored):
    """Every window a scheme may have; those it does not name do not restrict. Milestones are days of its calendar."""

    achievement: Window | None = None
    payment: Window | None = None
    delivery: Window | None = None
    course_date: Window | None = None
    start: Window | None = None
    certificate: Window | None = None
    application: Window | None = None
    submission: Submission | None = None
    milestones: tuple[Milestone, ...] = ()

    def named(self) -> Iterator[tuple[str, Window | Submission]]:
        """The windows the scheme states, by name."""
        for name in WINDOW_NAMES:
            window = getattr(self, name)
            if window is not None:
                yield name, window

    def any_named(self) -> bool:
        """Whether the scheme states any window at all."""
        return any(True for _each in self.named())


WINDOW_NAMES = tuple(name for name in Windows.model_fields if name != "milestones")


def hour_gone(closes_at: time | None, at: time | None) -> bool:
    """Whether a closing hour is over: its last minute counts to its end. What is not known is not over."""
    return closes_at is not None and at is not None and at.replace(second=0, microsecond=0) > closes_at


def financial_year_start(day: date) -> date:
    """The 1 April on or before a day."""
    return date(day.year if (day.month, day.day) >= (4, 1) else day.year - 1, 4, 1)


def months_later(day: date, months: int) -> date:
    """The same day of the month some months later, or that month's last day when it has no such day.

    The clamping is illustrative; the published rule says only "within 3 months".
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
