"""Where the time of pages goes: by part of the software, and the functions of ours that take most."""

import cProfile
import pstats
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tests.benchmarks.pages import Opener, Page

CALLS = 40
MOST = 12
_PART = re.compile(r"(?:site-packages/|/lib/python[\d.]+/(?!site-packages))(\w+)")


def look(opened: Iterable[tuple[Page, Opener]]) -> Iterator[str]:
    """Profile pages and say what was found, page by page. A profile slows Python down but not the database."""
    for page, opener in opened:
        profile = cProfile.Profile()
        for _ in range(3):
            opener()
        profile.enable()
        for _ in range(CALLS):
            opener()
        profile.disable()
        yield from _said(page.name, pstats.Stats(profile))


def _said(name: str, stats: pstats.Stats) -> Iterator[str]:
    total = stats.total_tt or 1.0  # type: ignore[attr-defined]  # pstats says it in print_stats only
    parts: dict[str, float] = defaultdict(float)
    for (file, _line, _function), (_calls, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        parts[_part(file)] += own / total * 100
    yield f"### {name}: {total / CALLS * 1000:.1f} ms a call while profiled"
    yield ", ".join(f"{part} {share:.0f} %" for part, share in sorted(parts.items(), key=lambda part: -part[1])[:8])
    whole = sorted(stats.stats.items(), key=lambda item: -item[1][3])  # type: ignore[attr-defined]
    ours = [(where, each) for where, each in whole if "/lms/" in where[0] or "govuk" in where[0]]
    for (file, line, function), (calls, _, _, cumulative, _) in ours[:MOST]:
        short = file.rpartition("/lms/")[2] if "/lms/" in file else file.rpartition("site-packages/")[2]
        yield f"- {cumulative / total * 100:.0f} %  {short}:{line} {function}, {calls / CALLS:.0f} times a page"


def _part(file: str) -> str:
    if "/lms/" in file and "site-packages" not in file:
        return "lms templates" if file.endswith(".html") else "lms"
    match = _PART.search(file)
    return match.group(1) if match else ("built in" if file.startswith("~") else "templates")
