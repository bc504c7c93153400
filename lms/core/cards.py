"""What a room puts on somebody's home page: one thing to do or to know, with where it leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lms.core.db import Db


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. `title`, `body` and `action` are message ids filled from `values`; the home page translates them.

    The card with the smallest `weight` is shown first and largest: 0 to 9 act today, 10 to 49 act soon, 50 on to know.
    `endpoint` and `args` say where the action leads; `done` and `total` draw a progress line when `total` is given.
    """

    weight: int
    title: str
    action: str
    endpoint: str
    body: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    args: Mapping[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int = 0


CardMaker = Callable[[Db, Any, datetime], list[Card]]
"""Gives a viewer's cards: unit of work, viewer (lms.people.viewer.Viewer), now. A constant number of queries."""
