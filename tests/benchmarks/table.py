"""What was measured, as Markdown for people and as JSON for later."""

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tests.benchmarks.bench import MOST_SCALE, SMALL, Cost, Missing
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done

_PAGE = ("Page", "a second", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "queries", "kB", "kB gzip", "bare pages", "goal")


def machine(country: Country) -> list[str]:
    """What the figures were taken on."""
    database = country.house.database.engine.dialect.name
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [
        f"Python {platform.python_version()}, {database}, {os.cpu_count()} cores, load before {load}",
        f"Pages are compared by {'the processor time they take' if database == 'sqlite' else 'the clock (p50)'}.",
        f"{country.learners} learners in {country.authorities} authorities: {country.rows} rows",
        f"Loaded in {country.seconds:.1f} s",
    ]


def of_pages(costs: Sequence[Cost | Missing]) -> Iterator[str]:
    """The table of pages, with the bare page below."""
    scaled = any(isinstance(cost, Cost) and cost.small for cost in costs)
    yield from _head([*_PAGE, *([f"× {SMALL} learners", "goal"] if scaled else [])])
    for cost in costs:
        yield _line(_cells(cost) if isinstance(cost, Cost) else [cost.name, cost.why])
    measured = [cost.bare for cost in costs if isinstance(cost, Cost)]
    if measured:
        p50, p95 = (sorted(bare.percentile(p) for bare in measured)[len(measured) // 2] for p in (50, 95))
        cpu = sorted(bare.cpu for bare in measured)[len(measured) // 2] * 1000
        name = "Bare Flask page (median of its runs)"
        yield _line([name, f"{1000 / p50:.0f}", f"{p50:.2f}", f"{p95:.2f}", "", f"{cpu:.2f}", "1"])


def _cells(cost: Cost) -> list[str]:
    timing = cost.timing
    cells = [
        cost.name,
        f"{timing.a_second:.0f}",
        *(f"{timing.percentile(p):.2f}" for p in (50, 95, 99)),
        f"{timing.cpu * 1000:.2f}",
        str(cost.queries) if cost.queries == cost.small_queries else f"{cost.queries} (small: {cost.small_queries})",
        f"{cost.raw / 1000:.1f}",
        f"{cost.zipped / 1000:.1f}",
        f"{cost.bare_pages:.1f}",
        f"{_held(cost.bare_pages, cost.goal)} (at most {cost.goal:g})",
    ]
    return [*cells, f"{cost.scale:.2f}", _held(cost.scale, MOST_SCALE)] if cost.scale is not None else cells


def of_jobs(done: Iterable[Done]) -> Iterator[str]:
    """The table of jobs."""
    yield from _head(["Job", "figure", "unit", "note", "goal"])
    for each in done:
        goal = f"{each.verdict} ({'at least' if each.more_is_better else 'at most'} {each.goal:g})" if each.goal else ""
        yield _line([each.name, _figure(each), each.unit, each.note, goal])


def as_json(country: Country, costs: Iterable[Cost | Missing], done: Iterable[Done]) -> dict[str, Any]:
    """Everything measured, with times in milliseconds and sizes in bytes."""
    return {
        "machine": machine(country),
        "learners": country.learners,
        "authorities": country.authorities,
        "rows": country.rows,
        "load_seconds": country.seconds,
        "pages": [_plain(cost) for cost in costs],
        "jobs": [{**vars(each), "verdict": each.verdict} for each in done],
    }


def _plain(cost: Cost | Missing) -> dict[str, Any]:
    if isinstance(cost, Missing):
        return {"name": cost.name, "missing": cost.why}
    return {
        "name": cost.name,
        "calls": len(cost.timing.sorted),
        "a_second": cost.timing.a_second,
        **{f"p{p}": cost.timing.percentile(p) for p in (50, 95, 99)},
        "cpu": cost.timing.cpu * 1000,
        "bare_cpu": cost.bare.cpu * 1000,
        "queries": cost.queries,
        "queries_small": cost.small_queries,
        "bytes": cost.raw,
        "bytes_gzip": cost.zipped,
        "bare_p50": cost.bare.percentile(50),
        "bare_pages": cost.bare_pages,
        "goal": cost.goal,
        "scale": cost.scale,
    }


def _figure(done: Done) -> str:
    return f"{done.value:.0f}" if done.value >= 100 else f"{done.value:.2f}"


def _held(value: float, goal: float) -> str:
    return "ok" if value <= goal else "over"


def _head(names: Sequence[str]) -> list[str]:
    return [_line(names), _line(["---"] * len(names))]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
