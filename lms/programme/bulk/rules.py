"""What work on many can do next, who of the chosen is affected, and how learners are shared out. Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from lms.programme.bulk.words import Fate, State

MOST = 20_000
"""Lines of one work: the whole of the largest council."""

LOOKS = 200
"""Lines that are looked at in one piece of work; nothing is written but the lines."""

SLICE = 50
"""Lines that are carried out in one piece of work, so that other work is never kept waiting for long."""

TURN = 5
"""Lines that are carried out in one transaction, so that whoever else writes waits for a moment only."""

KEPT_FOR = timedelta(days=365)
"""How long a work and its lines are kept. What was done stays in each person's own record."""

MOVES: Mapping[State, frozenset[State]] = {
    State.LOOKING: frozenset({State.READY, State.CLOSED}),
    State.READY: frozenset({State.LOOKING, State.RUNNING, State.CLOSED}),
    State.RUNNING: frozenset({State.STOPPED, State.DONE}),
    State.STOPPED: frozenset({State.LOOKING, State.RUNNING, State.CLOSED}),
    State.DONE: frozenset({State.RUNNING}),
    State.CLOSED: frozenset(),
}
"""What can follow on what. A work that is done runs again only for lines that went wrong."""

AHEAD = frozenset({Fate.WILL, Fate.DONE, Fate.CHANGED, Fate.FAILED})
"""Lines that were affected when one looked, whatever came of them."""


def may_move(before: State, after: State) -> bool:
    """Whether a work can go from one state to another."""
    return after in MOVES[before]


@dataclass(frozen=True)
class Judged:
    """Whether a line is affected; `why` not, as a message id that `values` fill. `helper` is who or what it needs."""

    will: bool
    why: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    helper: UUID | None = None


WILL = Judged(will=True)


def wont(why: str, **values: Any) -> Judged:
    """Not affected, for a reason."""
    return Judged(will=False, why=why, values=values)


def when_looked(judged: Judged) -> Fate:
    """How a line stands after one looked at it."""
    return Fate.WILL if judged.will else Fate.WONT


def when_judged_again(judged: Judged) -> Fate | None:
    """How a line stands that was affected and is so no more; None: it still is, and is carried out now."""
    return None if judged.will else Fate.CHANGED


@dataclass(frozen=True)
class Tally:
    """How many lines of a work stand how."""

    of: Mapping[Fate, int]

    def __getitem__(self, fate: Fate) -> int:
        return self.of.get(fate, 0)

    @property
    def total(self) -> int:
        """All lines."""
        return sum(self.of.values())

    @property
    def looked_at(self) -> int:
        """Lines somebody has looked at."""
        return self.total - self[Fate.NEW]

    @property
    def affected(self) -> int:
        """Lines that were affected when one looked."""
        return sum(self[each] for each in AHEAD)

    @property
    def gone_through(self) -> int:
        """Of those, the lines the worker is through with."""
        return self.affected - self[Fate.WILL]


def shared_out(
    learners: Sequence[UUID],
    loads: Mapping[UUID, int],
    *,
    most: int | None,
    barred: Iterable[tuple[UUID, UUID]] = (),
) -> dict[UUID, UUID]:
    """Give each learner, in order, the assessor of `loads` who has fewest; returns assessor by learner.

    `loads` says how many each assessor has already, `most` how many one may have in all. `barred` are pairs of
    assessor and learner that must not be. Of two with as few the one with the smaller id. Who finds nobody is left out.
    """
    have, never, given = dict(loads), set(barred), {}
    for learner in learners:
        free = [
            (load, str(assessor), assessor)
            for assessor, load in have.items()
            if (most is None or load < most) and (assessor, learner) not in never
        ]
        if free:
            _load, _text, chosen = min(free)
            given[learner] = chosen
            have[chosen] += 1
    return given
