"""Whether a name somebody typed is the holder's: forgiving in how it is written, strict in who it names. Plain Python.

Forgiven are capitals, accents (Sian, Siân), dots, dashes and apostrophes, spaces, marks nobody sees, the order of the
names, and middle names that are left out, added or only an initial. First and last name have to be there, whole.
"""

import unicodedata
from collections.abc import Sequence

LONGEST = 400
"""Letters that are looked at. A certificate's own name is far shorter."""

MOST_MORE = 3
"""Middle names that one of the two may have more than the other: enough for a passport, too few to try a list."""

_UNLIKE = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
        "ŧ": "t", "ə": "e", "ĸ": "k", "ŋ": "n", "ſ": "s", "ـ": None,
    }
)  # fmt: skip
"""Letters that Unicode does not take apart into a plain one and a mark, and the Arabic stroke that fills lines."""

_INSIDE = frozenset("'’‘ʼʻ`´′＇.·‧")
"""What stands inside a name without parting it: O’Brien, D. J. It parts nothing and says nothing."""

_VOICED = frozenset({7, 8, 9})
"""Marks that make another letter, in the scripts of South Asia and in kana; all other marks are accents."""


def matches(typed: str, name: str) -> bool:
    """Whether what was typed names the holder of a certificate with `name`."""
    given, held = words(typed), words(name)
    if not given or not held:
        return False
    if "".join(given) == "".join(held) or sorted(given) == sorted(held):
        return True
    if len(given) < 2 or len(held) < 2:
        return False
    return any(_same_but_for_middle_names(order, held) for order in _orders(given))


def words(name: str) -> list[str]:
    """The words of a name as they are compared: small letters without accents, signs or marks nobody sees."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name[:LONGEST]).casefold())
    kept = (letter for letter in plain.translate(_UNLIKE) if not _is_accent(letter))
    return "".join(_as_compared(letter) for letter in kept).split()


def _is_accent(letter: str) -> bool:
    return bool(marks := unicodedata.combining(letter)) and marks not in _VOICED


def _as_compared(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter in _INSIDE or (kind in {"Cf", "Cc"} and not letter.isspace()):
        return ""
    return letter if kind[0] in "LMN" else " "


def _orders(given: Sequence[str]) -> list[Sequence[str]]:
    """The orders in which the same person may be named: as typed, and with the last name first."""
    return [given, [*given[1:], given[0]], [given[-1], *given[1:-1], given[0]]]


def _same_but_for_middle_names(one: Sequence[str], other: Sequence[str]) -> bool:
    if (one[0], one[-1]) != (other[0], other[-1]):
        return False
    shorter, longer = sorted((one[1:-1], other[1:-1]), key=len)
    return len(longer) - len(shorter) <= MOST_MORE and _is_among(shorter, longer)


def _is_among(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether the names are among the others, in their order, each whole or as an initial."""
    rest = iter(many)
    return all(any(_same_or_initial(each, other) for other in rest) for each in few)


def _same_or_initial(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) == 1 and longer.startswith(shorter))
