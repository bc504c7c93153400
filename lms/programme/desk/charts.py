"""Where the bars of the monthly series stand, in the units of their own drawing. Plain Python; no markup here.

The chart says nothing that the table beside it does not say, and no bar is told from another by its colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 12, 36
MONTHS = 12


@dataclass(frozen=True)
class Bar:
    """A month: where its bar begins, how wide and high it is, and whether its name stands below it."""

    month: date
    many: int
    x: float
    y: float
    width: float
    height: float
    named: bool


@dataclass(frozen=True)
class Series:
    """A number for each month as bars, with marks on the axis and, where there is one, a line for the target."""

    width: int
    height: int
    left: int
    ground: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    target: float | None


def series(months: Sequence[tuple[date, int]], target: int | None) -> Series:
    """Draw some months in order."""
    step = _step(max([many for _month, many in months] + [target or 0, 1]))
    top = step * -(-max([many for _month, many in months] + [target or 0, 1]) // step)
    room, wide = HEIGHT - TOP - BOTTOM, (WIDTH - LEFT - RIGHT) / max(len(months), 1)

    def y(many: int) -> float:
        return round(TOP + room * (top - many) / top, 1)

    bars = tuple(
        Bar(
            month,
            many,
            round(LEFT + at * wide + wide * 0.15, 1),
            y(many),
            round(wide * 0.7, 1),
            round(room * many / top, 1),
            named=at % 3 == 0,
        )
        for at, (month, many) in enumerate(months)
    )
    ticks = tuple((y(value), value) for value in range(0, top + 1, step))
    return Series(WIDTH, HEIGHT, LEFT, y(0), bars, ticks, y(target) if target is not None else None)


def _step(most: int) -> int:
    """A round distance between marks, with five of them at most."""
    unit = 1
    while True:
        for times in (1, 2, 5):
            if most <= unit * times * 5:
                return unit * times
        unit *= 10


def months_until(on: date, number: int = MONTHS) -> list[tuple[date, date]]:
    """The first and last day of so many months in order, the one of the day last."""
    found: list[tuple[date, date]] = []
    first = on.replace(day=1)
    for _ in range(number):
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        found.append((first, last))
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]
