"""A pattern made ready for copying: each row is one look into a list of values, so that millions are quick.

The list of one copy is: the values of all places, the texts made from them, the events' digests, and what is the same
in every copy.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from lms.core.tables import Kind
from tests.benchmarks.levels import Level, Placed
from tests.benchmarks.slots import Key, Slots, spelled
from tests.benchmarks.story import Row

_DAY = re.compile(r"\b20\d\d-\d\d-\d\d(?=\b|T)")
_DATED = {Kind.MOMENT, Kind.DAY, Kind.JSON}
_FIXED = {"terms"}
"""Columns whose days are those of a scheme, not of anybody's life."""


@dataclass
class Sheet:
    """The rows of one level of a pattern, a number of days earlier than in the pattern."""

    slots: Slots
    level: Level
    earlier: int
    _same: dict[Any, int] = field(default_factory=dict)
    _texts: dict[tuple[str, tuple[Key, ...]], int] = field(default_factory=dict)
    _events: list[tuple[Key, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = [(n, placed) for n, placed in enumerate(self.slots.pattern.rows) if placed.level is self.level]
        cells = [(placed.table, self._cells(number, placed)) for number, placed in rows]
        index = {key: i for i, key in enumerate(key for level in Level for key in self.slots.keys[level])}
        self._places = len(index)
        texts, digests = len(index), len(index) + len(self._texts)
        same = digests + len(self._events)
        starts = {"place": 0, "text": texts, "digest": digests, "same": same}

        def where(kind: str, what: Any) -> int:
            return index[what] if kind == "place" else starts[kind] + what

        self._rows = [(table, _taking([where(*cell) for cell in row])) for table, row in cells]
        self._formats = [(text, itemgetter(*map(index.__getitem__, keys))) for text, keys in self._texts]
        self._digests = [(index[salt], texts + content) for salt, content in self._events]
        self._tail = list(self._same)

    def copy(self, values: Sequence[Any]) -> Iterator[tuple[str, Row]]:
        """Every row of one copy, with its table; `values` fill all places."""
        whole = [*values, *(None for _ in range(self._places - len(values)))]
        whole += [text % get(values) for text, get in self._formats]
        whole += [hashlib.sha256(whole[salt] + whole[content].encode()).hexdigest() for salt, content in self._digests]
        whole += [value for _kind, value in self._tail]
        return ((table, get(whole)) for table, get in self._rows)

    def _cells(self, number: int, placed: Placed) -> list[tuple[str, Any]]:
        columns = self.slots.story.columns[placed.table]
        found = [self._cell(columns[name], name, value) for name, value in placed.row.items()]
        names = list(placed.row)
        if counted := self.slots.story.counted.get(placed.table):
            found[names.index(counted)] = ("place", ("counter", f"{placed.table} {number}"))
        if placed.table == "lms_event":
            salt = ("salt", str(number))
            found[names.index("salt")] = ("place", salt)
            found[names.index("digest")] = ("digest", len(self._events))
            self._events.append((salt, self._text(spelled(placed.row), dated=True)))
        return found

    def _cell(self, kind: Kind, name: str, value: Any) -> tuple[str, Any]:
        if kind is Kind.ID and value is not None:
            return "place", ("id", value)
        if isinstance(value, str) and value in self.slots.words:
            return "place", self.slots.words[value]
        dated = kind in _DATED and name not in _FIXED
        if isinstance(value, str) and kind in {Kind.TEXT, *_DATED}:
            keys = self.slots.split(value)[1]
            # A message to an assessor may name one learner of many: it keeps that name in every copy.
            if keys and all(self.slots.level_of(key) <= self.level for key in keys):
                return "text", self._text(value, dated=dated)
            value = self._dated(value) if dated else value
        return "same", self._same.setdefault((type(value), value), len(self._same))

    def _text(self, text: str, *, dated: bool) -> int:
        said, keys = self.slots.split(text)
        return self._texts.setdefault((self._dated(said) if dated else said, keys), len(self._texts))

    def _dated(self, text: str) -> str:
        return _DAY.sub(lambda match: _before(match.group(), self.earlier), text) if self.earlier else text


@lru_cache(maxsize=10_000)
def _before(day: str, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()


def _taking(places: Sequence[int]) -> Callable[[Sequence[Any]], Row]:
    """Takes the values of these places as a row; of a table with one column too, where a getter gives no row."""
    if len(places) == 1:
        (only,) = places
        return lambda values: (values[only],)
    return itemgetter(*places)
