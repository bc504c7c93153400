"""How the board counts: ages, what a claim is about in each state, and which days are near. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.funding.vocabulary import ClaimState

TO_DO = (ClaimState.DRAFT, ClaimState.NEEDS_ACTION)
"""Claims somebody here has to do something about: their last days count."""

SHOWN = (
    ClaimState.DRAFT,
    ClaimState.SUBMITTED,
    ClaimState.NEEDS_ACTION,
    ClaimState.APPROVED,
    ClaimState.PAID,
    ClaimState.REJECTED,
    ClaimState.WITHDRAWN,
    ClaimState.RECOVERED,
)


class Age(StrEnum):
    """How long a claim has been in its state, in days counted from the day it came there."""

    WEEK = "0-7"
    MONTH = "8-30"
    QUARTER = "31-90"
    OLDER = "91-"

    def between(self, on: date) -> tuple[date, date]:
        """The first and the last day on which a claim of this age came to its state, both included."""
        youngest, oldest = _DAYS[self]
        first = on - timedelta(days=oldest) if oldest is not None else date.min
        return first, (on - timedelta(days=youngest) if youngest else date.max)


_DAYS: Mapping[Age, tuple[int, int | None]] = {
    Age.WEEK: (0, 7),
    Age.MONTH: (8, 30),
    Age.QUARTER: (31, 90),
    Age.OLDER: (91, None),
}


def age_of(since: date, on: date) -> Age:
    """The age of a claim on a day; a day to come counts as today."""
    days = max(0, (on - since).days)
    return next(age for age, (youngest, oldest) in _DAYS.items() if youngest <= days <= (oldest or days))


class Due(StrEnum):
    """Last days to come, or gone by."""

    GONE = "gone"
    IN_30 = "30"
    IN_90 = "90"

    def between(self, on: date) -> tuple[date, date]:
        """The first and the last of these days, both included; within 90 days are those within 30 as well."""
        match self:
            case Due.GONE:
                return date.min, on - timedelta(days=1)
            case Due.IN_30:
                return on, on + timedelta(days=30)
            case Due.IN_90:
                return on, on + timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The sums over the lines of a claim that were not taken out, in pence."""

    lines: int
    payable: int
    approved: int
    paid: int
    recovered: int
    last_day: date | None


def amount_in(state: ClaimState, sums: Sums) -> int:
    """What a claim is about in its state: asked for until it is decided, then approved, paid or taken back."""
    match state:
        case ClaimState.APPROVED:
            return sums.approved
        case ClaimState.PAID:
            return sums.paid
        case ClaimState.RECOVERED:
            return sums.recovered
        case _:
            return sums.payable


def deadline_in(state: ClaimState, sums: Sums) -> date | None:
    """The last day somebody here has to keep to; None once nobody here has anything to do."""
    return sums.last_day if state in TO_DO else None
