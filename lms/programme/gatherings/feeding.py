"""What stands in somebody's calendar: their events, and meetings of assessors they were asked to."""

from datetime import UTC, datetime, time
from uuid import UUID

from lms.assessment.quality.meetings import queries as meetings
from lms.assessment.quality.meetings.queries import MeetingLine
from lms.core.clock import LONDON, london_day
from lms.core.db import Db
from lms.core.i18n import say_in
from lms.core.words import N_, Say
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.gatherings import queries
from lms.programme.gatherings.ical import Entry
from lms.programme.gatherings.queries import KEPT, Mine
from lms.programme.gatherings.words import Standing, Where

_AT_HOME = N_("At the home of your employer")
_ONLINE = N_("Online: the link is on the page of the event")
_MEETING = N_("Meeting of assessors")
_MEETS = (Role.ASSESSOR, Role.QUALITY_ASSURER)
_WAITING = N_("Waiting list: %(event)s")


def entries(db: Db, person_id: UUID, now: datetime, base_url: str) -> list[Entry]:
    """Everything in somebody's calendar, also what was in the last 90 days. A few queries."""
    say = say_in(people.person(db, person_id).language)
    mine = [_entry(each, base_url, say) for each in queries.in_calendar(db, person_id, now)]
    first = london_day(now - KEPT)
    viewer = people.viewer_of(db, person_id, london_day(now))
    comes = viewer is not None and viewer.has(
        *_MEETS
    )  # who may not open the page of a meeting reads nothing of it here
    asked = [each for each in meetings.asked_of(db, person_id) if each.on >= first] if comes else []
    return mine + [_meeting(each, base_url, say) for each in asked]


def entry_of(mine: Mine, base_url: str, language: str) -> Entry:
    """One event of somebody, as a file has it."""
    return _entry(mine, base_url, say_in(language))


def _entry(mine: Mine, base_url: str, say: Say) -> Entry:
    event, waits = mine.event, mine.standing is Standing.WAITING
    # A calendar is shared, printed and lies on other people's computers: whose home it is, and the link by which one
    # joins, stand on the page alone.
    where = {Where.VENUE: event.place, Where.ONLINE: say(_ONLINE), Where.HOME: say(_AT_HOME)}[event.where]
    return Entry(
        uid=f"{event.id}@palms",
        title=say(_WAITING) % {"event": event.title} if waits else event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.changed_at,
        number=event.number,
        place=where,
        about=event.about if event.where is not Where.HOME else "",
        address=f"{base_url}/events/{event.id}",
        cancelled=event.cancelled_at is not None,
        waiting=waits,
    )


def _meeting(line: MeetingLine, base_url: str, say: Say) -> Entry:
    """A meeting of assessors: it says when it begins, and not how long it takes."""
    hour, minute = (int(part) for part in line.at_time.split(":"))
    starts = datetime.combine(line.on, time(hour, minute), tzinfo=LONDON).astimezone(UTC)
    return Entry(
        uid=f"{line.id}@palms",
        title=say(_MEETING),
        starts_at=starts,
        ends_at=None,
        changed_at=starts,
        place=line.place,
        address=f"{base_url}/meetings/{line.id}",
    )
