"""What is the matter with a number that cannot be one, so that the page can say where to look. Plain Python."""

import re
from enum import StrEnum

from lms.certification.numbers import PREFIX, SYMBOLS
from lms.core.words import N_

_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_.]+")
_LOOKALIKES = str.maketrans("OIL", "011")
_LONG = 9
"""Letters and digits of a number after its first word, with the check symbol."""


class Slip(StrEnum):
    """What is wrong with a number that was typed."""

    SHORT = "short"
    LONG = "long"
    LETTER = "letter"
    CHECK = "check"

    @property
    def sentence(self) -> str:
        """What to look for; a message id."""
        return _SENTENCES[self]


_SENTENCES = {
    Slip.SHORT: N_("Something is missing: after PALMS come nine letters and digits."),
    Slip.LONG: N_("There is too much: after PALMS come nine letters and digits."),
    Slip.LETTER: N_("There is a letter or sign in it that our numbers do not have. They have no U, for example."),
    Slip.CHECK: N_("Its letters and digits do not fit together: one is wrong, or two changed places."),
}


def slip(typed: str) -> Slip:
    """What is wrong with a number that `numbers.reads` could not read."""
    last = typed.strip().rstrip("/").rpartition("/")[2]
    symbols = _BETWEEN.sub("", last).upper()
    if symbols.startswith(PREFIX):
        symbols = symbols.removeprefix(PREFIX)
    if not set(symbols.translate(_LOOKALIKES)) <= set(SYMBOLS):
        return Slip.LETTER
    if len(symbols) != _LONG:
        return Slip.SHORT if len(symbols) < _LONG else Slip.LONG
    return Slip.CHECK
