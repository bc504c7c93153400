"""Finds the PAs of a pasted list, one a line: by e-mail, by username, or by the whole name. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from unicodedata import normalize
from uuid import UUID

MOST_LINES = 500
LONGEST_LINE = 254


class Known(Protocol):
    """A PA as far as a list can name one."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def username(self) -> str | None: ...


@dataclass(frozen=True)
class Found:
    """What became of each line: who it is, lines nobody answers to, and lines several people answer to."""

    people: tuple[UUID, ...]
    unknown: tuple[str, ...]
    several: tuple[str, ...]


def lines_of(text: str) -> list[str]:
    """The lines of a pasted list without blank ones, each once; cut off where no list goes on so long."""
    seen = dict.fromkeys(" ".join(line.split()).strip(" ,;")[:LONGEST_LINE] for line in text.splitlines())
    return [line for line in seen if line][: MOST_LINES + 1]


def found_in(lines: Sequence[str], pas: Iterable[Known]) -> Found:
    """Look each line up. Case, accents typed in another way and needless space make no difference."""
    known: dict[str, set[UUID]] = {}
    for pa in pas:
        for word in (pa.name, pa.email, pa.username):
            if word:
                known.setdefault(_plain(word), set()).add(pa.id)
    hits = {line: known.get(_plain(line), set()) for line in lines}
    return Found(
        people=tuple(dict.fromkeys(next(iter(ids)) for ids in hits.values() if len(ids) == 1)),
        unknown=tuple(line for line, ids in hits.items() if not ids),
        several=tuple(line for line, ids in hits.items() if len(ids) > 1),
    )


def _plain(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())
