"""How long calls take, fairly: things to be compared take turns, so that whatever else the machine does meets all."""

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Engine, event

Call = Callable[[], object]

_STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@dataclass(frozen=True)
class Timing:
    """Durations of single calls in seconds, the shortest first; `cpu` is what the median call kept the processor."""

    sorted: tuple[float, ...]
    cpu: float

    def percentile(self, percent: float) -> float:
        """The duration that so many percent of the calls stayed within, in milliseconds."""
        last = len(self.sorted) - 1
        return self.sorted[min(last, round(last * percent / 100))] * 1000

    @property
    def a_second(self) -> float:
        """Calls a second, one after the other: what one thread would answer."""
        return len(self.sorted) / sum(self.sorted)


def in_turns(
    calls: Sequence[Call], *, seconds: float, warm_up: int = 5, most: int = 400, least: int = 20
) -> list[Timing]:
    """Time several calls, each in its turn, until each had its `seconds` or `most` calls; `least` are made anyway."""
    for call in calls:
        for _ in range(warm_up):
            call()
    gc.collect()
    taken: list[list[float]] = [[] for _ in calls]
    worked: list[list[float]] = [[] for _ in calls]
    began = time.perf_counter()
    while len(taken[0]) < most and (len(taken[0]) < least or time.perf_counter() - began < seconds * len(calls)):
        for call, durations, kept in zip(calls, taken, worked, strict=True):
            start, busy = time.perf_counter(), time.thread_time()
            call()
            kept.append(time.thread_time() - busy)
            durations.append(time.perf_counter() - start)
    return [Timing(tuple(sorted(d)), median(kept)) for d, kept in zip(taken, worked, strict=True)]


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collects the statements sent to a database; PRAGMAs and the begin and end of transactions are left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip("( ").upper().startswith(_STATEMENTS):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
