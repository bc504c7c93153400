"""The places in a pattern that are filled anew in each copy: ids, names, numbers, and what has to be unique."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lms.core.tables import Kind
from tests.benchmarks.levels import DASHED, Level, Pattern, Placed
from tests.benchmarks.story import Story

Key = tuple[str, str]
"""What a place is, and what stands in the pattern there: ("id", "4d3c…"), ("name", "Carol Bennett")."""

_BY_COLUMN = {
    ("lms_person", "name"): "name",
    ("lms_person", "email"): "email",
    ("lms_person", "username"): "username",
    ("lms_organisation", "name"): "name",
    ("lms_organisation", "code"): "code",
    ("lms_certificate", "number"): "number",
    ("lms_claim", "reference"): "reference",
}


@dataclass
class Slots:
    """Every place of a pattern by level, and the words by which texts are searched for them."""

    story: Story
    pattern: Pattern
    keys: dict[Level, dict[Key, None]] = field(default_factory=lambda: {level: {} for level in Level})
    words: dict[str, Key] = field(default_factory=dict)
    _split: dict[str, tuple[str, tuple[Key, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for known, level in self.pattern.levels.items():
            if "@" in known:
                continue
            self.add(("id", known), level)
            self.add(("dashed", known), level)
        for number, placed in enumerate(self.pattern.rows):
            for name, value in placed.row.items():
                kind = self._kind(placed, name)
                if kind and value and value not in self.words:
                    self.words[value] = (kind, value)
                    self.add((kind, value), placed.level)
            if placed.table in self.story.counted:
                self.add(("counter", f"{placed.table} {number}"), placed.level)
            if placed.table == "lms_event":
                self.add(("salt", str(number)), placed.level)
        longest_first = sorted(map(re.escape, self.words), key=len, reverse=True)
        self._search = re.compile(
            "|".join([DASHED.pattern, *(rf"(?<![\w-]){word}(?![\w-])" for word in longest_first)])
        )

    def _kind(self, placed: Placed, column: str) -> str | None:
        """What has to be made anew for a column; None when it may be the same in each copy, or is an id."""
        if placed.table == "lms_organisation" and placed.level is Level.AUTHORITY and column.startswith("name"):
            return "place"
        is_text = self.story.columns[placed.table][column] is Kind.TEXT
        unique = is_text and column in self.story.unique[placed.table]
        return _BY_COLUMN.get((placed.table, column)) or ("secret" if unique else None)

    def add(self, key: Key, level: Level) -> None:
        """Note a place."""
        self.keys[level].setdefault(key)

    def level_of(self, key: Key) -> Level:
        """How often a place is filled anew."""
        return next(level for level in Level if key in self.keys[level])

    def split(self, text: str) -> tuple[str, tuple[Key, ...]]:
        """A text as a format with %s for each place, and the places in order; each text is searched once."""
        if text not in self._split:
            self._split[text] = self._searched(text)
        return self._split[text]

    def _searched(self, text: str) -> tuple[str, tuple[Key, ...]]:
        out, keys, end = [], [], 0
        for match in self._search.finditer(text):
            found = match.group()
            keys.append(self.words.get(found) or ("dashed", UUID(found).hex))
            out += [text[end : match.start()].replace("%", "%%"), "%s"]
            end = match.end()
        return "".join(out) + text[end:].replace("%", "%%"), tuple(keys)


def spelled(event: dict[str, Any]) -> str:
    """What an event's digest is taken over, salt apart; the same spelling as lms.core.events.digest_of."""

    def dashed(value: str | None) -> str | None:
        return str(UUID(value)) if value else None

    at = f"{event['at'].replace(' ', 'T')}+00:00"
    ids = (dashed(event[name]) for name in ("about", "by", "behalf"))
    content = [event["kind"], *ids, at, json.loads(event["data"])]
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


Maker = Callable[[str], Any]
"""Makes what fills a place in one copy, from what stands in the pattern there."""


def fill(keys: dict[Key, None], makers: dict[str, Maker], bits: Callable[[int], int]) -> Iterator[Any]:
    """The values of one copy's places, in order; each id is followed by the same id with dashes."""
    fresh = ""
    for kind, standing in keys:
        if kind == "id":
            fresh = f"{bits(128):032x}"
            yield fresh
        elif kind == "dashed":
            yield f"{fresh[:8]}-{fresh[8:12]}-{fresh[12:16]}-{fresh[16:20]}-{fresh[20:]}"
        else:
            yield makers[kind](standing)
