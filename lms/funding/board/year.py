"""The arithmetic of a year-end statement, as at a day. Plain Python, whole pence; docs/claims.md tells it in prose.

Claims that were first sent in during the year, as they stood at the end of the day:

    asked    = approved + refused + withdrawn + not decided yet - approved above what was asked
    approved = paid + still owed          (below nothing: paid too much)

and beside it the money that moved during the year, whichever year it was asked for:

    kept     = came in − taken back
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Ended(StrEnum):
    """How a claim ended without money."""

    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


OnDay = tuple[date, int]
"""A day and pence."""


@dataclass(frozen=True, kw_only=True)
class LineHistory:
    """One line of a claim and everything that happened to it, each with its day, in the order it was recorded."""

    claim: str
    place: int
    scheme: str
    training: str
    item: str
    part: str
    sent: Sequence[OnDay] = ()
    decided: Sequence[OnDay] = ()
    paid: Sequence[OnDay] = ()
    taken_back: Sequence[OnDay] = ()
    ended: tuple[date, Ended] | None = None


@dataclass(frozen=True, kw_only=True)
class LineStands:
    """A line as it stood at the end of a day, in pence."""

    claim: str
    place: int
    scheme: str
    training: str
    item: str
    part: str
    asked: int
    approved: int
    refused: int
    withdrawn: int
    undecided: int
    above: int
    paid: int
    taken_back: int

    @property
    def owed(self) -> int:
        """What was approved and has not come; below nothing when too much came."""
        return self.approved - self.paid


SUMMED = ("asked", "approved", "refused", "withdrawn", "undecided", "above", "paid", "owed", "taken_back")


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Lines added up, in pence."""

    lines: int = 0
    asked: int = 0
    approved: int = 0
    refused: int = 0
    withdrawn: int = 0
    undecided: int = 0
    above: int = 0
    paid: int = 0
    owed: int = 0
    taken_back: int = 0


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Money that moved during the year, whichever year it was asked for, in pence."""

    came_in: int = 0
    taken_back: int = 0

    @property
    def kept(self) -> int:
        """What is left of what came in."""
        return self.came_in - self.taken_back


@dataclass(frozen=True, kw_only=True)
class Year:
    """Everything a statement says of the money."""

    lines: tuple[LineStands, ...]
    schemes: tuple[tuple[str, Sums], ...]
    total: Sums
    moved: Moved


def year_of(histories: Iterable[LineHistory], *, first: date, last: date, as_at: date) -> Year:
    """What the lines of one claimant come to in a year, as they stood at the end of a day. All days are included."""
    every = list(histories)
    lines = tuple(
        line
        for each in sorted(every, key=lambda h: (h.scheme, h.claim, h.place))
        if (line := _stands(each, first, last, as_at)) is not None
    )
    codes = sorted({line.scheme for line in lines})
    schemes = tuple((code, added(line for line in lines if line.scheme == code)) for code in codes)
    end = min(last, as_at)
    moved = Moved(
        came_in=sum(pence for each in every for day, pence in each.paid if first <= day <= end),
        taken_back=sum(pence for each in every for day, pence in each.taken_back if first <= day <= end),
    )
    return Year(lines=lines, schemes=schemes, total=added(lines), moved=moved)


def added(lines: Iterable[LineStands]) -> Sums:
    """The sums of some lines."""
    every = list(lines)
    return Sums(lines=len(every), **{name: sum(getattr(line, name) for line in every) for name in SUMMED})


def _stands(line: LineHistory, first: date, last: date, as_at: date) -> LineStands | None:
    """None when the line was not first sent in during the year, or not by the day."""
    sent = [(day, pence) for day, pence in line.sent if day <= as_at]
    if not sent or not first <= sent[0][0] <= last:
        return None
    asked = sent[-1][1]
    decided = [pence for day, pence in line.decided if day <= as_at]
    ended = line.ended[1] if line.ended and line.ended[0] <= as_at else None
    approved = decided[-1] if decided and ended is None else 0
    open_still = ended is None and not decided
    return LineStands(
        claim=line.claim,
        place=line.place,
        scheme=line.scheme,
        training=line.training,
        item=line.item,
        part=line.part,
        asked=asked,
        approved=approved,
        refused=0 if open_still or ended is Ended.WITHDRAWN else max(0, asked - approved),
        withdrawn=asked if ended is Ended.WITHDRAWN else 0,
        undecided=asked if open_still else 0,
        above=max(0, approved - asked),
        paid=sum(pence for day, pence in line.paid if day <= as_at),
        taken_back=sum(pence for day, pence in line.taken_back if day <= as_at),
    )
