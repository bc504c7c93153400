"""A style sheet is read once, not for each of the thousand pages that are set with it.

xhtml2pdf reads the sheet of every document anew, which is a tenth of the time it takes to set one page. Rules of style
are the same for all of them and nothing changes them afterwards; only what an @page says makes frames that belong to
one document. So the two are read apart, and the rules are kept.
"""

import re
from collections.abc import Callable
from typing import Any

MOST_KEPT = 64
"""Sheets kept at once: the few each design has, with and without what only some certificates need."""

_PAGES = re.compile(r"@page\b[^{}]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_OPENINGS = re.compile(r"@(?:page|frame)\b")
_TOO_CLEVER = re.compile(r"@|/\*|--|[\"'\\]|<")
"""What else a sheet can have that makes its parts depend on each other or its braces mean something else."""


def apart(sheet: str) -> tuple[str, str] | None:
    """What a sheet says of pages, and its rules of style; None when they cannot safely be told apart."""
    rules = _PAGES.sub("", sheet)
    pages = "\n".join(_PAGES.findall(sheet))
    if _TOO_CLEVER.search(rules) or _TOO_CLEVER.search(_OPENINGS.sub("", pages)):
        return None
    return pages, rules


def kept(rules: str, read: Callable[[str], Any]) -> Any:
    """The rules, read now or at an earlier time. One caller at a time, as all setting of pages is."""
    if rules not in _known:
        while len(_known) >= MOST_KEPT:
            _known.pop(next(iter(_known)))
        _known[rules] = read(rules)
    return _known[rules]


_known: dict[str, Any] = {}
