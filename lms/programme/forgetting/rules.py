"""From which day on something may be forgotten, and which years hold while a shorter time is announced. Plain Python.

UK GDPR, article 5(1)(e): personal data are kept no longer than is needed. How long that is, the authority judges; the
notice and the bounds here are the service's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lms.core.clock import LONDON
from lms.register.spans import months_after

NOTICE = timedelta(days=30)
"""Between the day a shorter time is set and the first day on which anything goes because of it."""
LEAST, MOST = 1, 75
"""Years that can be set."""


@dataclass(frozen=True)
class Years:
    """For how many years each kind is kept; None: there is no end."""

    notes: int | None = None
    call_backs: int | None = None
    alerts: int | None = None


@dataclass(frozen=True)
class Said:
    """What an authority set, and the first day on which it is carried out."""

    since: date
    years: Years


def in_force(said: Sequence[Said], on: date) -> Years:
    """The years that hold on a day, of all that was ever set, oldest first.

    What is announced and not yet carried out can only keep something longer: whoever mends a mistake loses nothing
    while they wait.
    """
    begun = [each.years for each in said if each.since <= on]
    coming = [each.years for each in said if each.since > on]
    held = [begun[-1] if begun else Years(), *coming]
    return Years(
        notes=_longest([each.notes for each in held]),
        call_backs=_longest([each.call_backs for each in held]),
        alerts=_longest([each.alerts for each in held]),
    )


def _longest(years: Sequence[int | None]) -> int | None:
    known = [each for each in years if each is not None]
    return max(known) if len(known) == len(years) else None


def kept_from(years: int, on: date) -> datetime:
    """What is younger than this moment is still kept on a day: the start of the same day, so many years ago."""
    return datetime.combine(months_after(on, -12 * years), time.min, LONDON)
