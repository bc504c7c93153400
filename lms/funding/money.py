"""Whole pence, and the one place where funding rounds. docs/claims.md tells the same in prose."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

Pence = int
"""Whole pence, as in `lms.core.types`; named again here because rules stay free of the database library."""

FIRST_PART_PERCENT = 60

_POUNDS = re.compile(r"£?\s*(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d{2}))?", re.ASCII)


def percent_of(amount: Pence, percent: int) -> Pence:
    """A whole percentage of an amount that is not negative, rounded half up to a penny."""
    return (amount * percent + 50) // 100


def in_two_parts(amount: Pence) -> tuple[Pence, Pence]:
    """Sixty percent first, rounded half up; the second part is the rest, so nothing is lost."""
    first = percent_of(amount, FIRST_PART_PERCENT)
    return first, amount - first


def shared(cost: Pence, grant_percent: int) -> tuple[Pence, Pence]:
    """What a grant pays of a cost, rounded half up, and what is matched locally: the rest."""
    grant = percent_of(cost, grant_percent)
    return grant, cost - grant


def for_days(a_day: Pence, days: Decimal) -> Pence:
    """A daily figure for a number of days, which may be halves; rounded half up to a penny."""
    return int((a_day * days).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def lowest(amounts: Iterable[Pence | None]) -> Pence | None:
    """The lowest of the amounts that are known; None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return min(known) if known else None


def pence_in(typed: str) -> Pence | None:
    """Pounds as people type them ("40", "£1,540.00") in pence; None when it is not an amount of whole pence."""
    found = _POUNDS.fullmatch(typed.strip())
    return int(found[1].replace(",", "")) * 100 + int(found[2] or 0) if found else None
