"""When something was really given that reached us later. Plain Python; a phone's clock may be wrong by years."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

SMALLEST = timedelta(microseconds=1)
"""The smallest difference between two moments that both databases keep."""

Place = tuple[datetime, UUID]
"""Where an answer stands among others: moment and number. The one with the latest place counts."""


def when_given(*, receipt: datetime, claimed_at: datetime, phone_now: datetime, not_before: datetime) -> datetime:
    """The moment something was given: its receipt here minus its age by the phone's own clock.

    Only the difference of two readings of the same clock is used, so it does not matter what that clock says. Nothing
    is given before `not_before`, the start of what it belongs to, nor after its receipt.
    """
    age = max(phone_now - claimed_at, timedelta(0))
    earliest = min(not_before, receipt)
    return receipt - age if age < receipt - earliest else earliest


def after(place: Place, earlier: Place | None) -> Place:
    """A place that comes after an earlier one; the same where it does already.

    Signal can be so slow that an answer seems younger than the one that replaced it on the same phone.
    """
    if earlier is None or place > earlier:
        return place
    return earlier[0] + SMALLEST, place[1]


@dataclass(frozen=True)
class Waited:
    """Something waited on a phone: when it was given and when it was sent, both by the phone's own clock."""

    claimed_at: datetime
    phone_now: datetime


def waited(claimed_at: datetime | None, phone_now: datetime | None) -> Waited | None:
    """Both readings of a phone's clock, or None: one alone says nothing."""
    return Waited(claimed_at, phone_now) if claimed_at is not None and phone_now is not None else None
