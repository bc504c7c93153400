"""Events as a calendar program reads them: RFC 5545, times in UTC, and no name of anybody who comes. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vText

PRODUCT = "-//PALMS//Events//EN"
KIND = "text/calendar; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event in a calendar. `uid` stays the same whatever changes; `number` counts the changes.

    `ends_at` None: it says only when it begins. `waiting`: no place yet, so it keeps nobody busy.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    changed_at: datetime
    number: int = 0
    place: str = ""
    link: str = ""
    about: str = ""
    address: str = ""
    cancelled: bool = False
    waiting: bool = False


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """A calendar with these entries, whatever their order; the same entries give the same bytes."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(name))
    made.add("x-wr-timezone", vText("Europe/London"))
    for entry in sorted(entries, key=lambda each: (each.starts_at, each.uid)):
        made.add_component(_event(entry))
    written: bytes = made.to_ical()
    return written


def _event(entry: Entry) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", entry.changed_at)
    made.add("last-modified", entry.changed_at)
    made.add("sequence", entry.number)
    made.add("dtstart", entry.starts_at)
    if entry.ends_at is not None:
        made.add("dtend", entry.ends_at)
    made.add("summary", entry.title)
    if entry.place:
        made.add("location", entry.place)
    if entry.about:
        made.add("description", entry.about)
    if entry.address:
        made.add("url", entry.address)
    made.add("status", "CANCELLED" if entry.cancelled else "TENTATIVE" if entry.waiting else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if entry.cancelled or entry.waiting else "OPAQUE")
    return made
