"""Write standardisation meetings: called, attended, and what was agreed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment.quality.events import StandardisationAsked, StandardisationAttended
from lms.assessment.quality.meetings import queries
from lms.assessment.quality.models import Meeting, MeetingAgreed, MeetingAsked, MeetingAttended
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

STAFF = (Role.QUALITY_ASSURER, Role.COORDINATOR)
LONGEST = 4000
MOST_ASKED = 200


@dataclass(frozen=True)
class Called:
    """A meeting that is called. `units` are "framework:unit"; `place` or `link`, or both."""

    on: date
    at_time: str
    place: str
    link: str
    units: Sequence[str]
    asked: Collection[UUID]


def call(db: Db, *, id: UUID, authority_id: UUID, called: Called, by: UUID, now: datetime) -> None:
    """Call a meeting and ask people to come; the same form again makes one.

    Raises NotFound for who may not call one here; refused without a place or a link, for a day long past or far away,
    for people who do not assess here, and for standards that are not there.
    """
    _is_staff(db, authority_id, by, now)
    _check(db, authority_id, called, now)
    row = Meeting(
        id=id,
        authority_id=authority_id,
        on_day=called.on,
        at_time=called.at_time,
        place=called.place.strip(),
        link=called.link.strip(),
        units=sorted(set(called.units)),
        asked_by=by,
        asked_at=now,
    )
    if not add_once(db, row):
        return
    for person_id in sorted(set(called.asked)):
        db.add(MeetingAsked(meeting_id=id, person_id=person_id, at=now))
        fact = StandardisationAsked(about=person_id, meeting_id=id, on=called.on)
        record(db, fact, by=by, now=now, behalf=authority_id)
    db.flush()


def _check(db: Db, authority_id: UUID, called: Called, now: datetime) -> None:
    today = london_day(now)
    if not today - timedelta(days=366) <= called.on <= today + timedelta(days=366):
        raise Refused(N_("Choose a day within a year of today."))
    if not called.place.strip() and not called.link.strip():
        raise Refused(N_("Say where it is, or give the link for joining."))
    if called.link.strip() and urlsplit(called.link.strip()).scheme not in {"https", "http"}:
        raise Refused(N_("The link has to begin with https://"))
    if not called.asked or len(called.asked) > MOST_ASKED:
        raise Refused(N_("Choose who is asked to come."))
    known = {each.id for each in queries.could_come(db, authority_id, today)}
    if not set(called.asked) <= known:
        raise Refused(N_("Choose people who assess or assure quality here."))
    if not called.units or not set(called.units) <= queries.units_there(db):
        raise Refused(N_("Choose the standards the meeting is about."))


def note_attendance(
    db: Db, *, meeting_id: UUID, authority_id: UUID, came: Collection[UUID], by: UUID, now: datetime
) -> int:
    """Write down who was there; returns how many are new. What was written down stays. Refused before the day."""
    row = _meeting(db, meeting_id, authority_id, by, now)
    if london_day(now) < row.on_day:
        raise Refused(N_("You can write down who was there from the day of the meeting on."))
    asked = set(db.scalars(select(MeetingAsked.person_id).where(MeetingAsked.meeting_id == meeting_id)))
    if not set(came) <= asked:
        raise Refused(N_("Choose people who were asked to come."))
    new = 0
    for person_id in sorted(set(came)):
        if add_once(db, MeetingAttended(meeting_id=meeting_id, person_id=person_id, by=by, at=now)):
            new += 1
            fact = StandardisationAttended(
                about=person_id,
                meeting_id=meeting_id,
                authority_id=authority_id,
                on=row.on_day,
                units=tuple(row.units),
            )
            record(db, fact, by=by, now=now, behalf=authority_id)
    return new


def note_agreed(db: Db, *, id: UUID, meeting_id: UUID, authority_id: UUID, text: str, by: UUID, now: datetime) -> None:
    """Write down what was agreed; a later version stands beside the earlier one. The same form again is one."""
    row = _meeting(db, meeting_id, authority_id, by, now)
    if london_day(now) < row.on_day:
        raise Refused(N_("You can write down what was agreed from the day of the meeting on."))
    if not text.strip() or len(text) > LONGEST:
        raise Refused(N_("Write what was agreed, in at most 4,000 characters."))
    if (db.scalar(select(func.count()).where(MeetingAgreed.meeting_id == meeting_id)) or 0) >= 50:
        raise Refused(N_("This was changed very often. Write the rest down after the next meeting."))
    add_once(db, MeetingAgreed(id=id, meeting_id=meeting_id, text=text.strip(), by=by, at=now))


def _meeting(db: Db, meeting_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> Meeting:
    row = db.get(Meeting, meeting_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("meeting")
    _is_staff(db, authority_id, by, now)
    return row


def _is_staff(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not any(people.holds(db, by, role, [authority_id], london_day(now)) for role in STAFF):
        raise NotFound("authority")
