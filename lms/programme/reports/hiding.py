"""Which numbers of a report are kept back, so that nobody works out a small one. Plain Python.

Each table adds up in one direction only, and tables meet in their totals alone. So whatever can be worked out of the
numbers that are shown follows from walking through the sums, one after the other, until nothing moves any more: the
walk is what somebody who attacks a report can do at best, and `ranges` does it. A number is kept back with as many
others as it takes until the range it can lie in is wide enough.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

LEAST, MOST, USUAL = 3, 20, 5
"""Numbers about fewer people than this are kept back; an authority chooses within these limits."""


@dataclass(frozen=True)
class Number:
    """A number of a report: its value, and how many people it is about. `money`: in pence, and it may be nothing."""

    value: int
    people: int
    money: bool = False


@dataclass(frozen=True)
class Sum:
    """A number that is other numbers added up, by their names."""

    total: str
    parts: tuple[str, ...]


Range = tuple[float, float]


def hidden(
    numbers: Mapping[str, Number], sums: Sequence[Sum], threshold: int, *, before: Collection[str] = ()
) -> frozenset[str]:
    """The names of the numbers to keep back.

    First every number about somebody, and fewer than `threshold` people. Then, while one of those kept back can be told
    too closely, the smallest number shown beside it; rather one that was kept back `before`, in the last report, so
    that two reports side by side give less away.
    """
    kept = {name for name, one in numbers.items() if 0 < one.people < threshold}
    while True:
        can_be = ranges(numbers, sums, kept)
        open_ones = {name for name in kept if not _wide(can_be[name], numbers[name], threshold)}
        if not open_ones:
            return frozenset(kept)
        beside = _beside(open_ones, numbers, sums, kept) or _beside(kept, numbers, sums, kept)
        if not beside:
            return frozenset(kept)
        kept.add(min(beside, key=lambda name: (name not in before, numbers[name].people, numbers[name].value, name)))


def _beside(
    names: Collection[str], numbers: Mapping[str, Number], sums: Iterable[Sum], kept: Collection[str]
) -> set[str]:
    """What is shown in a sum with one of these: parts of it, and where there are none, its total."""
    met = [one for one in sums if any(name in names for name in (one.total, *one.parts))]
    shown = {name for one in met for name in one.parts if name not in kept and numbers[name].people}
    return shown or {one.total for one in met if one.total not in kept and numbers[one.total].people}


def _wide(can_be: Range, one: Number, threshold: int) -> bool:
    """Whether somebody who walked through the sums still cannot tell: the range holds as many values as people."""
    low, high = can_be
    return high - low >= max(threshold - 1, one.value // 5 if one.money else 0)


def ranges(numbers: Mapping[str, Number], sums: Sequence[Sum], kept: Collection[str]) -> dict[str, Range]:
    """The least and the most each number can be for somebody who sees all that are not kept back.

    That nothing is shown as 0 tells that a number kept back is about somebody; so counts begin at 1, money at nothing.
    """
    found: dict[str, Range] = {
        name: ((0.0 if one.money else 1.0), inf) if name in kept else (one.value, one.value)
        for name, one in numbers.items()
    }
    moved = True
    while moved:
        moved = bool(sum(_walk(one, found) for one in sums))  # every one of them, also once one moved
    return found


def _walk(one: Sum, found: dict[str, Range]) -> bool:
    """Narrow what a sum's numbers can be by each other; whether that narrowed anything."""
    low, high = sum(found[name][0] for name in one.parts), sum(found[name][1] for name in one.parts)
    moved = _narrow(found, one.total, low, high)
    total_low, total_high = found[one.total]
    for name in one.parts:
        mine = found[name]
        others_low = low - mine[0]
        others_high = sum(found[each][1] for each in one.parts if each != name) if high == inf else high - mine[1]
        if _narrow(found, name, total_low - others_high, total_high - others_low):
            moved = True
            low, high = sum(found[each][0] for each in one.parts), sum(found[each][1] for each in one.parts)
    return moved


def _narrow(found: dict[str, Range], name: str, low: float, high: float) -> bool:
    was = found[name]
    found[name] = max(was[0], low), min(was[1], high)
    return found[name] != was
