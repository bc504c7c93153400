"""What a room puts on somebody's home page: one thing to do or to know, with where it leads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, or_, select

from lms.core.content import Words
from lms.core.db import Db, columns


@dataclass(frozen=True)
class Count:
    """A number of things inside a sentence: two message ids with %(num)s, said in the reader's language."""

    one: str
    many: str
    num: int


@dataclass(frozen=True)
class TaskState:
    """Where a task stands: a message id, and the colour of its tag ("" for words alone)."""

    text: str
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of a task list. Without an `endpoint` it leads nowhere yet."""

    title: Words
    state: TaskState
    hint: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    endpoint: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """Everything around a card's one thing to do, as a task list below it; `title` is authored or a message id."""

    title: str | Words
    items: Sequence[Task]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. `title`, `body` and `action` are message ids filled from `values`; the home page translates them.

    A value may be Words or a Count: both are said in the language of the page, whatever the viewer's own one is.
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
    tasks: Tasks | None = None


CardMaker = Callable[[Db, Any, datetime], list[Card]]
"""Gives a viewer's cards: unit of work, viewer (lms.people.viewer.Viewer), now. A constant number of queries."""


@dataclass(frozen=True, eq=False)
class Rarely:
    """Cards that hardly anybody has. Whether there is anything to make them of is asked with all others like it.

    Each of `any` has a row when there may be something; a row too many costs one question, and no card. `asks` gives
    the values of all of them, and None for a viewer who never has these cards. The values' names are this room's own.
    """

    make: CardMaker
    any: tuple[Select[*tuple[Any, ...]], ...]
    asks: Callable[[Any, datetime], Mapping[str, object] | None]

    def __call__(self, db: Db, viewer: Any, now: datetime) -> list[Card]:
        """The same as `make`."""
        return self.make(db, viewer, now)


def cards_for(db: Db, viewer: Any, now: datetime, makers: Sequence[CardMaker]) -> list[Card]:
    """A viewer's cards of all makers, in their order. One query for all that are made rarely, and those of the rest."""
    asked = [(each, each.asks(viewer, now)) for each in makers if isinstance(each, Rarely)]
    rare = tuple(each for each, values in asked if values is not None)
    there: set[CardMaker] = set()
    if rare:
        given = {name: value for _each, values in asked for name, value in (values or {}).items()}
        found = columns(db, _any(rare), given).one()
        there = {each for each, may in zip(rare, found, strict=True) if may}
    return [card for make in makers if not isinstance(make, Rarely) or make in there for card in make(db, viewer, now)]


@lru_cache(maxsize=64)
def _any(rare: tuple[Rarely, ...]) -> Select[*tuple[Any, ...]]:
    return select(*(or_(*(question.exists() for question in each.any)) for each in rare))
