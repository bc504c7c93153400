"""The arithmetic of budgets: where a pot stands, what it will probably come to. Plain Python; docs/budgets.md in prose.

Every penny of a pot is in exactly one place: waiting for a decision, approved and still to come, paid, or left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.funding.money import Pence, percent_of

NEARLY = 80
"""Percent of a pot that is spoken for when somebody is told."""

ENOUGH = 10
"""Enrolments or decisions that history needs before it is believed; with fewer, everything is taken to be claimed."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a pot stands, in pence.

    `allocated`: put into it, less what was taken out. `drafts`: what drafts could ask for at most; nothing of it is
    spoken for yet. `waiting`: asked for and not decided. `approved`: all that was approved and not let go. `paid`:
    what came in. `recovered`: what was taken back of it.
    """

    allocated: Pence = 0
    drafts: Pence = 0
    waiting: Pence = 0
    approved: Pence = 0
    paid: Pence = 0
    recovered: Pence = 0

    @property
    def owed(self) -> Pence:
        """Approved and still to come. Lines for which too much came owe nothing, so it is summed line by line."""
        return max(0, self.approved - self.paid)

    @property
    def spent(self) -> Pence:
        """Paid, less what was taken back."""
        return self.paid - self.recovered

    @property
    def committed(self) -> Pence:
        """Spoken for: waiting for a decision, approved and still to come, and spent."""
        return self.waiting + self.owed + self.spent

    @property
    def left(self) -> Pence:
        """What is not spoken for; minus where more is spoken for than was allocated."""
        return self.allocated - self.committed

    @property
    def percent(self) -> int:
        """Percent of the pot that is spoken for, rounded down; 100 where something is and nothing was allocated."""
        if self.allocated <= 0:
            return 100 if self.committed > 0 else 0
        return max(0, self.committed * 100 // self.allocated)

    def and_(self, other: "Standing") -> "Standing":
        """Two pots together."""
        names = ("allocated", "drafts", "waiting", "approved", "paid", "recovered")
        return Standing(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, kw_only=True)
class History:
    """What usually becomes of enrolments and of claims under a scheme, counted.

    Of `began` enrolments that are old enough to be over, `finished` brought the training; of `decided` pence asked
    for, `granted` pence were approved.
    """

    began: int = 0
    finished: int = 0
    decisions: int = 0
    decided: Pence = 0
    granted: Pence = 0

    @property
    def finish_percent(self) -> int:
        """How many of a hundred finish. Too little history: all of them, so that nothing is forecast away."""
        return 100 if self.began < ENOUGH else self.finished * 100 // self.began

    @property
    def grant_percent(self) -> int:
        """How much of what is asked for is approved. Too little history: all of it."""
        if self.decisions < ENOUGH or self.decided <= 0:
            return 100
        return min(100, self.granted * 100 // self.decided)

    @property
    def is_enough(self) -> bool:
        """Whether both shares are measured, or at least one is taken to be everything."""
        return self.began >= ENOUGH and self.decisions >= ENOUGH


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """People on the way to a training that the scheme pays for: how many, and what one of them could come to."""

    training: str
    people: int
    each: Pence
    history: History = History()


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What a pot will probably come to at the end of its year, in pence: the parts, and the whole.

    `known` is spoken for today, `drafts` and `under_way` what is probably added. `total` is never below `known`.
    """

    known: Pence
    drafts: Pence
    under_way: Pence

    @property
    def total(self) -> Pence:
        """All three together."""
        return self.known + self.drafts + self.under_way

    def short(self, allocated: Pence) -> Pence:
        """By how much the pot is too small for it; nothing when it is large enough."""
        return max(0, self.total - allocated)


def forecast(standing: Standing, history: History, under_way: Sequence[UnderWay]) -> Forecast:
    """Add to what is spoken for the usual share of drafts, and of people under way the usual share who finish.

    Each share is a whole percentage, rounded half up to a penny; none is ever below nothing.
    """
    drafts = percent_of(max(0, standing.drafts), history.grant_percent)
    coming = 0
    for each in under_way:
        finishing = percent_of(max(0, each.people * each.each), each.history.finish_percent)
        coming += percent_of(finishing, history.grant_percent)
    return Forecast(known=max(0, standing.committed), drafts=drafts, under_way=coming)


@dataclass(frozen=True)
class Point:
    """What was spoken for, and what was spent, at the end of a day."""

    on: date
    committed: Pence
    spent: Pence


def month_ends(first: date, last: date) -> list[date]:
    """The last day of every month from one day to another, and the last day itself."""
    ends, day = [], first
    while day <= last:
        following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        ends.append(min(following - timedelta(days=1), last))
        day = following
    return ends


def even_pace(allocated: Pence, first: date, last: date, on: date) -> Pence:
    """What would be left on a day if the pot were used up evenly from its first day to its last."""
    days = (last - first).days + 1
    gone = min(max((on - first).days + 1, 0), days)
    return allocated - allocated * gone // days


def pounds_axis(most: Pence) -> tuple[Pence, ...]:
    """Four or five round figures from nothing to at least `most`, for the axis of a chart."""
    most = max(most, 100)
    step = 100
    while step * 4 < most:
        lead = int(str(step)[0])
        step = step * 2 if lead in {1, 5} else step * 5 // 2
    return tuple(step * at for at in range(-(-most // step) + 1))
