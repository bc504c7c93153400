"""Working days in England and Wales: neither weekends nor bank holidays.

Bank holidays come from the `holidays` package, since some are proclaimed and no rule foretells them.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

_PLACES = {"england": "ENG", "wales": "WLS"}
_SATURDAY = 5


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of a year in a nation: "england" or "wales". Raises KeyError for any other."""
    return frozenset(holidays.country_holidays("GB", subdiv=_PLACES[nation], years=year))


def is_working_day(day: date, nation: str) -> bool:
    """Whether offices work on a day."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(nation, day.year)


@lru_cache(maxsize=4096)
def working_days_after(day: date, count: int, nation: str) -> date:
    """The working day that is so many working days after a day. That day itself is not counted.

    With none to count it is the day itself, or the next working day.
    """
    found, left = day, count
    while left > 0 or not is_working_day(found, nation):
        found += timedelta(days=1)
        left -= is_working_day(found, nation)
    return found


def working_days_between(first: date, last: date, nation: str) -> int:
    """How many working days come after the first day, up to and including the last; below 0 when that was before."""
    if last < first:
        return -working_days_between(last, first, nation)
    days = (first + timedelta(days=each) for each in range(1, (last - first).days + 1))
    return sum(is_working_day(each, nation) for each in days)
