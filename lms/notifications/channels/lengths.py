"""How many parts a text message is sent in. Plain Python.

GSM 03.38 (3GPP TS 23.038): letters of its alphabet take seven bits, a few of them two places; 160 places fit into one
message, 153 into each part of a longer one. Any other letter, such as Welsh ŵ, makes the whole message UCS-2: 70 units
of UTF-16, or 67 in each part. A letter of two places is never cut in two.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")
MOST_PARTS = 4
"""A message of a coordinator is at most so long; what is longer belongs into a mail or a letter."""


@dataclass(frozen=True)
class Length:
    """How long a text message is: places taken, parts it is sent in, and whether a letter outside GSM is in it."""

    places: int
    parts: int
    unusual: bool


def length(text: str) -> Length:
    """How long a message is on the way; an empty one has no parts."""
    unusual = any(letter not in _BASIC and letter not in _EXTENDED for letter in text)
    sizes = list(_units(text) if unusual else _septets(text))
    places = sum(sizes)
    alone, each = (70, 67) if unusual else (160, 153)
    return Length(places, _parts(sizes, places, alone, each), unusual)


def _septets(text: str) -> Iterator[int]:
    return (2 if letter in _EXTENDED else 1 for letter in text)


def _units(text: str) -> Iterator[int]:
    return (2 if ord(letter) > 0xFFFF else 1 for letter in text)


def _parts(sizes: list[int], places: int, alone: int, each: int) -> int:
    if places <= alone:
        return 1 if places else 0
    parts, room = 1, each
    for size in sizes:
        if size > room:
            parts, room = parts + 1, each
        room -= size
    return parts
