"""A part of a content file that can be put into another shape while every place keeps the line it came from."""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms.core.content import Line, Source

Where = tuple[str | int, ...]


@dataclass
class Part:
    """Plain data of one part of a file, and the line of each place in it, counted from this part."""

    path: Path
    data: dict[str, Any]
    lines: Line

    def source(self) -> Source:
        """The part as a source that `validated` reads."""
        return Source(self.path, self.data, self.lines)

    def rename(self, inside: Where, old: str, new: str) -> None:
        """Call a key otherwise. Nothing happens when it is not there, or the new one is there already."""
        data: Any = self.data
        for key in inside:
            if isinstance(data, dict):
                data = data.get(key)
            else:
                data = data[key] if isinstance(data, list) and isinstance(key, int) else None
        if isinstance(data, dict) and old in data and new not in data:
            data[new] = data.pop(old)
            self.moved((*inside, old), (*inside, new))

    def moved(self, old: Where, new: Where) -> None:
        """Lines that were known at one place are known at another."""
        for where in [each for each in self.lines if each[: len(old)] == old]:
            self.lines[(*new, *where[len(old) :])] = self.lines.pop(where)

    def put(self, other: "Part", *where: str | int) -> None:
        """Set another part at a key of this one."""
        self.data[str(where[0])] = deepcopy(other.data)
        self._take_lines(other, where)

    def append(self, other: "Part", key: str) -> None:
        """Add another part at the end of a list of this one."""
        several = self.data.setdefault(key, [])
        if isinstance(several, list):
            several.append(other.data)
            self._take_lines(other, (key, len(several) - 1))

    def _take_lines(self, other: "Part", where: Where) -> None:
        for each, line in other.lines.items():
            self.lines[(*where, *each)] = line


def part_of(source: Source, *where: str | int) -> Part:
    """A copy of the part of a source at a place; nothing done to it changes the source."""
    data = source.data
    for key in where:
        data = data[key]
    count = len(where)
    lines = {each[count:]: line for each, line in source.lines.items() if each[:count] == where}
    return Part(source.path, deepcopy(data), lines)
