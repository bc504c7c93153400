"""What a batch of certificates can do next, and how a line of it stands. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST = 20_000
"""Lines of one batch: the whole of the largest council."""

SLICE = 25
"""Lines that one piece of the worker's work goes through, so that other work is never kept waiting for long."""

LOOKS = 100
"""Lines that are looked at in one piece of work: nothing is written but the line."""

MOST_FILES = 250
MOST_BYTES = 48 * 1024 * 1024
"""Of one part of a download: it still goes by most mail gateways, and a slow line can take it."""


class State(StrEnum):
    """How a batch stands."""

    LOOKING = "looking"
    READY = "ready"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    CLOSED = "closed"


OPEN = frozenset({State.LOOKING, State.READY, State.RUNNING, State.STOPPED})

MOVES: Mapping[State, frozenset[State]] = {
    State.LOOKING: frozenset({State.READY, State.CLOSED}),
    State.READY: frozenset({State.LOOKING, State.RUNNING, State.CLOSED}),
    State.RUNNING: frozenset({State.STOPPED, State.DONE}),
    State.STOPPED: frozenset({State.LOOKING, State.RUNNING, State.CLOSED}),
    State.DONE: frozenset({State.RUNNING}),
    State.CLOSED: frozenset(),
}
"""What can follow on what. A batch that is done runs again only for lines that went wrong."""


def may_move(before: State, after: State) -> bool:
    """Whether a batch can go from one state to another."""
    return after in MOVES[before]


class Line(StrEnum):
    """How one line of a batch stands."""

    NEW = "new"
    """Nobody has looked yet."""
    WILL = "will"
    """Nothing is missing: a certificate comes when the batch is started."""
    ISSUED = "issued"
    HELD = "held"
    """There was one already."""
    MISSING = "missing"
    WAITS = "waits"
    """Everything is there; a quality sample is waited for."""
    FAILED = "failed"


@dataclass(frozen=True)
class Tally:
    """How many lines of a batch stand how."""

    of: Mapping[Line, int]

    def __getitem__(self, line: Line) -> int:
        return self.of.get(line, 0)

    @property
    def total(self) -> int:
        """All lines."""
        return sum(self.of.values())

    @property
    def looked_at(self) -> int:
        """Lines somebody has looked at."""
        return self.total - self[Line.NEW]

    @property
    def to_issue(self) -> int:
        """Lines for which a certificate was foreseen at the start, came, or went wrong."""
        return self[Line.WILL] + self[Line.ISSUED] + self[Line.FAILED]

    @property
    def gone_through(self) -> int:
        """Of those, the lines the worker is through with."""
        return self[Line.ISSUED] + self[Line.FAILED]

    @property
    def with_certificate(self) -> int:
        """Lines that have one, from here or from before."""
        return self[Line.ISSUED] + self[Line.HELD]
