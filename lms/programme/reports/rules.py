"""What a report works out of days and amounts: stages, quarters, months, the middle of some numbers. Plain Python."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from statistics import median

from lms.programme.reports.kinds import Stage


def stage_of(days: Iterable[tuple[date, date | None, date | None]], on: date) -> Stage | None:
    """Where a person stood at the end of a day, from the days each enrolment began, was completed and was left.

    Somebody with anything under way works towards it; else who completed anything has completed; else they left. None
    when nothing had begun.
    """
    found = {_stage(completed, left, on) for began, completed, left in days if began <= on}
    return next((stage for stage in Stage if stage in found), None)


def _stage(completed: date | None, left: date | None, on: date) -> Stage:
    if completed is not None and completed <= on:
        return Stage.COMPLETED
    return Stage.LEFT if left is not None and left <= on else Stage.WORKING


def middle(values: Sequence[int]) -> int | None:
    """The median in whole days, half a day rounded up; None of nothing."""
    return _whole(median(values)) if values else None


def quarters(values: Sequence[int]) -> tuple[int, int] | None:
    """A quarter of the values are at most the first, and a quarter at least the second: the medians of both halves.

    With an odd number the one in the middle belongs to both halves (Tukey's hinges). None of nothing.
    """
    if not values:
        return None
    ordered, half = sorted(values), (len(values) + 1) // 2
    return _whole(median(ordered[:half])), _whole(median(ordered[-half:]))


def _whole(value: float) -> int:
    return int(value + 0.5)


def quarter_of(day: date) -> str:
    """The quarter of the year a day is in, such as 2026-Q2; the second one begins in April."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarters_between(first: date, last: date) -> list[str]:
    """Every quarter a period touches, in order."""
    found, day = [], first
    while day <= last:
        if quarter_of(day) not in found:
            found.append(quarter_of(day))
        day = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    return found


def months_between(first: date, last: date) -> list[str]:
    """Every month a period touches, in order, such as 2026-04."""
    found, day = [], first.replace(day=1)
    while day <= last:
        found.append(day.isoformat()[:7])
        day = (day + timedelta(days=31)).replace(day=1)
    return found
