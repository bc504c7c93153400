"""What a stranger sees of a holder's name, and how long a share link works. Plain Python."""

import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum


class NameShown(StrEnum):
    """How much of the holder's name is shown to somebody who has not typed it."""

    INITIALS = "initials"
    FULL = "full"


MOST_DAYS = 365
"""A share link lasts a year at most: whoever needs it longer makes another one."""

MOST_OPEN = 20
"""Open share links of one certificate: more than anybody keeps in mind."""


def initials(name: str) -> str:
    """The first letter of each word of a name: “Siân ap Rhys” is “S. a. R.”. Empty for a name without letters.

    A letter keeps the marks that belong to it. Signs and numbers at the beginning of a word are passed over.
    """
    found = [first for word in name.split() if (first := _first(word))]
    return " ".join(f"{letter}." for letter in found)


def _first(word: str) -> str:
    for place, letter in enumerate(word):
        if letter.isalpha():
            marks = place + 1
            while marks < len(word) and unicodedata.combining(word[marks]):
                marks += 1
            return word[place:marks]
    return ""


def open_link(*, until: date, ended_at: datetime | None, on: date) -> bool:
    """Whether a share link works on a day; its last day counts."""
    return ended_at is None and on <= until


def wrong_end(until: date, *, today: date) -> bool:
    """Whether a last day lies before today or further away than a link may last."""
    return not today <= until <= today + timedelta(days=MOST_DAYS)
