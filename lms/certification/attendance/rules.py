"""What a workshop is, and what may still be changed about one. Plain Python."""

from datetime import date, timedelta
from enum import StrEnum

LONGEST_TITLE = 160
MOST_MINUTES = 40 * 60
"""A week of full days: longer than this is a course, and has its own certificates."""

STEP = 15
"""Minutes: nobody counts a workshop more finely."""

LONGEST_AGO = timedelta(days=3 * 366)
"""Lists that are older than this lie in an archive."""


class Place(StrEnum):
    """In what kind of place a workshop was held. Never the address: it can be somebody's home."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    BOTH = "both"


def too_far(on: date, today: date) -> bool:
    """Whether a day is no day for a workshop that was held: before what is kept, or still to come."""
    return on > today or on < today - LONGEST_AGO


def minutes_of(hours: str) -> int | None:
    """The minutes in hours as people type them ("2", "2.5", "1:30"); None when it is no such number, or too many."""
    typed = hours.strip().replace(",", ".")
    whole, mark, rest = typed.partition(":" if ":" in typed else ".")
    if not (whole + rest).isascii() or not whole.isdigit() or (mark and not rest.isdigit()) or len(typed) > 6:
        return None
    part = 0 if not mark else int(rest) if mark == ":" else round(int(rest) * 60 / 10 ** len(rest))
    minutes = int(whole) * 60 + part
    fits = part < 60 and 0 < minutes <= MOST_MINUTES and minutes % STEP == 0
    return minutes if fits else None


def hours_of(minutes: int) -> str:
    """Minutes as they are typed and shown: "2", "2.5", "1:15"."""
    hours, rest = divmod(minutes, 60)
    return {0: f"{hours}", 30: f"{hours}.5"}.get(rest, f"{hours}:{rest:02}")
