"""What a system may ask for, and how long its token lasts. Plain Python."""

from datetime import date, timedelta
from enum import StrEnum

PREFIX = "palms_"
"""Begins every token, so that one left in a program's text is recognised by whoever looks for such slips."""

LONGEST = timedelta(days=400)
"""A token lasts at most so long: once a year somebody asks whether the system still needs it, with a month to spare."""

USUAL = timedelta(days=365)


class Scope(StrEnum):
    """What a token opens. Each way in asks for exactly one."""

    LISTINGS = "register.listings"
    VERDICTS = "register.verdicts"


def open_on(day: date, *, ends_on: date, ended: bool) -> bool:
    """Whether a token opens anything on a day; `ends_on` is its last day."""
    return not ended and day <= ends_on
