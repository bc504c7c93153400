"""Time is an argument everywhere; only the outermost doors ask what time it is, and they ask here."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

LONDON = ZoneInfo("Europe/London")


def utc_now() -> datetime:
    """The present moment as an aware UTC date-time."""
    return datetime.now(UTC)


def london_day(moment: datetime) -> date:
    """The calendar day in the United Kingdom at an aware moment; days of rules and deadlines are these days."""
    return moment.astimezone(LONDON).date()
