"""What a provider's word for a message means, and when to ask again. Plain Python.

The words are those of GOV.UK Notify (docs.notifications.service.gov.uk, “Message status descriptions”).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from lms.notifications.preferences.rules import Way


class Came(StrEnum):
    """What came of a message. `TROUBLED`: not this time, and the number may work. The last two are of letters."""

    NOT_YET = "not_yet"
    DELIVERED = "delivered"
    FAILED = "failed"
    TROUBLED = "troubled"
    UNKNOWN = "unknown"
    POSTED = "posted"
    NOT_POSTED = "not_posted"


_CAME: Mapping[str, Came] = {
    "delivered": Came.DELIVERED,
    "permanent-failure": Came.FAILED,
    "temporary-failure": Came.TROUBLED,
    "technical-failure": Came.TROUBLED,
}
FIRST_PAUSE = timedelta(minutes=5)
_CAME_OF_LETTERS: Mapping[str, Came] = {
    "received": Came.POSTED,
    "permanent-failure": Came.NOT_POSTED,
    "technical-failure": Came.NOT_POSTED,
    "validation-failed": Came.NOT_POSTED,
    "cancelled": Came.NOT_POSTED,
}
LONGEST = timedelta(days=3)
"""Notify gives up after three days at the latest; afterwards nobody knows."""
LONGEST_OF_LETTERS = timedelta(days=7)
"""Letters are printed on the next working day; after seven days Notify has forgotten them."""
MOST_DOUBLINGS = 8


def came_of(said: str, way: str | None = None) -> Came:
    """What a status says of a message that went that way; a word we do not know says nothing yet."""
    return (_CAME_OF_LETTERS if way == Way.LETTER else _CAME).get(said, Came.NOT_YET)


def next_asked(sent_at: datetime, asked: int, now: datetime, way: str | None = None) -> datetime | None:
    """When to ask again after so many times: each pause is twice the one before. None when it is no use any more."""
    longest = LONGEST_OF_LETTERS if way == Way.LETTER else LONGEST
    at = now + FIRST_PAUSE * 2 ** min(asked, MOST_DOUBLINGS)
    return at if at <= sent_at + longest else None
