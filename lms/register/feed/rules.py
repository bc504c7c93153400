"""What is told of a PA to other systems: the listing, the rules' `visible` and what the PA agreed to. Plain Python."""

from enum import StrEnum


class Kind(StrEnum):
    """What an entry says: from now on this is told of a PA, or nothing is."""

    PUT = "put"
    REMOVE = "remove"


class Way(StrEnum):
    """How a system received something."""

    LISTINGS = "listings"
    CHANGES = "changes"
    VERDICT = "verdict"
