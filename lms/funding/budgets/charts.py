"""Where the lines and bars of the two charts stand, in the units of their own drawing. Plain Python; no markup here.

Both charts say nothing that the table beside them does not say; no line is told from another by its colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lms.funding.budgets.rules import even_pace, month_ends, pounds_axis
from lms.funding.money import Pence

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 16, 44
BAR, GAP = 34, 22


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where it stands, and what it says (pence, or a day)."""

    at: float
    value: Pence | date


@dataclass(frozen=True)
class BurnDown:
    """What is left of a pot over its year: what was, how it goes on to the forecast, and an even pace beside it.

    Lines are points of an SVG polyline, "x,y x,y". `marks` are the points of what was, for the dots that set it apart.
    """

    width: int
    height: int
    left: str
    spent: str
    onward: str
    pace: str
    marks: tuple[tuple[float, float], ...]
    x: tuple[Tick, ...]
    y: tuple[Tick, ...]
    ground: float
    today: float | None


@dataclass(frozen=True)
class At:
    """What was left on a day: of what is spoken for, and of what was really spent."""

    on: date
    left: Pence
    unspent: Pence


def burn_down(
    allocated: Pence, first: date, last: date, known: Sequence[At], *, today: date, ends_at: Pence
) -> BurnDown:
    """Draw what is left from the first day to today (`known`, in order), and on to `ends_at` on the last day."""
    top = max([allocated, ends_at, *(at.left for at in known), *(at.unspent for at in known)])
    lowest = min([0, allocated, ends_at, *(at.left for at in known), *(at.unspent for at in known)])
    step = pounds_axis(max(top, -lowest))[1]
    axis = tuple(step * at for at in range(lowest // step, -(-max(top, 1) // step) + 1))
    high, low = axis[-1], axis[0]
    days = max((last - first).days, 1)

    def x(on: date) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max((on - first).days, 0), days) / days, 1)

    def y(pence: Pence) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - pence) / (high - low), 1)

    def line(points: Sequence[tuple[date, Pence]]) -> str:
        return " ".join(f"{x(on)},{y(pence)}" for on, pence in points)

    begin = (first, allocated)
    left = [begin, *((at.on, at.left) for at in known)]
    goes_on = [left[-1], (last, ends_at)] if today < last else []
    return BurnDown(
        WIDTH,
        HEIGHT,
        line(left),
        line([begin, *((at.on, at.unspent) for at in known)]),
        line(goes_on),
        line([begin, *((on, even_pace(allocated, first, last, on)) for on in month_ends(first, last))]),
        tuple((x(on), y(pence)) for on, pence in left),
        tuple(Tick(x(on), on) for on in (first, *month_ends(first, last)[5::6])),
        tuple(Tick(y(value), value) for value in axis),
        y(0),
        x(today) if first <= today <= last else None,
    )


@dataclass(frozen=True)
class Bar:
    """One stage of the pipeline: where its bar stands and how long it is."""

    name: str
    pence: Pence
    y: float
    width: float


@dataclass(frozen=True)
class Pipeline:
    """Money by stage, from what people are on the way to, to what was paid."""

    width: int
    height: int
    label: int
    bar: int
    bars: tuple[Bar, ...]


def pipeline(stages: Sequence[tuple[str, Pence]]) -> Pipeline:
    """Draw a bar for each stage, as long as its money; a stage with nothing has no bar but stands there."""
    most = max([pence for _, pence in stages if pence > 0], default=1)
    room = WIDTH - 20
    bars = tuple(
        Bar(name, pence, float(TOP + at * (BAR + GAP) + 14), round(room * max(pence, 0) / most, 1))
        for at, (name, pence) in enumerate(stages)
    )
    return Pipeline(WIDTH, TOP + len(stages) * (BAR + GAP) + 8, 10, BAR - 12, bars)
