"""What a provider's word for a message means, and when to ask again. Plain Python.

The words are those of GOV.UK Notify (docs.notifications.service.gov.uk, “Message status descriptions”).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class Came(StrEnum):
    """What came of a message. `TROUBLED`: not this time, and the number may work."""

    NOT_YET = "not_yet"
    DELIVERED = "delivered"
    FAILED = "failed"
    TROUBLED = "troubled"
    UNKNOWN = "unknown"


_CAME: Mapping[str, Came] = {
    "delivered": Came.DELIVERED,
    "permanent-failure": Came.FAILED,
    "temporary-failure": Came.TROUBLED,
    "technical-failure": Came.TROUBLED,
}
FIRST_PAUSE = timedelta(minutes=5)
LONGEST = timedelta(days=3)
"""Notify gives up after three days at the latest; afterwards nobody knows."""
MOST_DOUBLINGS = 8


def came_of(said: str) -> Came:
    """What a status says; a word we do not know says nothing yet."""
    return _CAME.get(said, Came.NOT_YET)


def next_asked(sent_at: datetime, asked: int, now: datetime) -> datetime | None:
    """When to ask again after so many times: each pause is twice the one before. None when it is no use any more."""
    at = now + FIRST_PAUSE * 2 ** min(asked, MOST_DOUBLINGS)
    return at if at <= sent_at + LONGEST else None
