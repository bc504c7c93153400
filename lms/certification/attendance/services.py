"""Write workshops: recorded, corrected until their certificates are issued, and who attended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from lms.certification.attendance.events import AttendanceNoted, AttendanceTakenBack, WorkshopRecorded
from lms.certification.attendance.models import Attendance, Workshop
from lms.certification.attendance.rules import LONGEST_TITLE, Place, too_far
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.spelling import visible
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

MOST_ATTENDED = 500
_SETTLED = N_("Its certificates are issued, so what it says of the workshop stays.")


@dataclass(frozen=True)
class Held:
    """What is recorded of a workshop. `led_by` can be left out."""

    title: str
    on: date
    minutes: int
    place: Place
    led_by: str = ""


def record_workshop(db: Db, *, id: UUID, authority_id: UUID, held: Held, by: UUID, now: datetime) -> None:
    """Record a workshop; the same form again records one. Refused without a title and for a day still to come."""
    _is_coordinator(db, authority_id, by, now)
    row = Workshop(
        id=id,
        authority_id=authority_id,
        **_checked(held, now),
        recorded_by=by,
        recorded_at=now,
    )
    if add_once(db, row):
        _say(db, row, corrected=False, by=by, now=now)


def correct_workshop(db: Db, *, workshop_id: UUID, held: Held, by: UUID, now: datetime) -> None:
    """Correct what is recorded of a workshop. Refused from its first certificate on, since that says it."""
    row = _own(db, workshop_id, by, now)
    if row.issued_at is not None:
        raise Refused(_SETTLED)
    for name, value in _checked(held, now).items():
        setattr(row, name, value)
    db.flush()
    _say(db, row, corrected=True, by=by, now=now)


def note_attendance(
    db: Db, *, workshop_id: UUID, people_ids: Collection[UUID], by: UUID, now: datetime
) -> tuple[UUID, ...]:
    """Write down who attended; returns whom that was new of. Somebody on the list already stays there once.

    Refused for somebody who is no PA of the authority, and for more people than a workshop has.
    """
    row = _own(db, workshop_id, by, now)
    today = london_day(now)
    wanted = sorted(set(people_ids))
    if not set(wanted) <= {each.id for each in people.people_in(db, row.authority_id, Role.PA, today)}:
        raise NotFound("person")
    there = set(db.scalars(select(Attendance.person_id).where(Attendance.workshop_id == workshop_id)))
    new = [each for each in wanted if each not in there]
    if len(there) + len(new) > MOST_ATTENDED:
        raise Refused(N_("A workshop has at most %(most)s people here. Record it as two."), most=MOST_ATTENDED)
    facts, added = [], []
    for person_id in new:
        line = Attendance(id=uuid4(), workshop_id=workshop_id, person_id=person_id, noted_by=by, noted_at=now)
        if add_once(db, line):
            added.append(person_id)
            facts.append(AttendanceNoted(about=person_id, workshop_id=workshop_id, attendance_id=line.id))
    record_all(db, facts, by=by, now=now, behalf=row.authority_id)
    return tuple(added)


def take_back(db: Db, *, workshop_id: UUID, attendance_id: UUID, by: UUID, now: datetime) -> None:
    """Take somebody off the list who was not there; taken off already changes nothing.

    Refused once their certificate was asked for: that is withdrawn on its own page, with a reason.
    """
    row = _own(db, workshop_id, by, now)
    line = db.get(Attendance, attendance_id)
    if line is None:
        return
    if line.workshop_id != workshop_id:
        raise NotFound("attendance")
    if line.issued_at is not None:
        raise Refused(N_("Their certificate is issued. Withdraw it, on the page of the certificate."))
    db.delete(line)
    db.flush()
    fact = AttendanceTakenBack(about=line.person_id, workshop_id=workshop_id, attendance_id=attendance_id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def settle(db: Db, *, workshop_id: UUID, by: UUID, now: datetime) -> list[tuple[UUID, UUID]]:
    """The list stands: everybody on it who has not been settled yet, as attendance and person.

    From here on the details stay; somebody who was forgotten can still be added, and is settled the next time.
    Nobody new is no mistake: a second tap finds none. Refused while nobody is on the list.
    """
    row = _own(db, workshop_id, by, now)
    wanted = select(Attendance.id, Attendance.person_id).where(Attendance.workshop_id == workshop_id)
    found = db.execute(wanted.where(Attendance.issued_at.is_(None)).order_by(Attendance.noted_at, Attendance.id)).all()
    if not found and not db.scalar(select(func.count()).where(Attendance.workshop_id == workshop_id)):
        raise Refused(N_("Nobody is on the list yet. Say first who attended."))
    if row.issued_at is None:
        row.issued_at, row.issued_by = now, by
    new = [each.id for each in found]
    db.execute(update(Attendance).where(Attendance.id.in_(new)).values(issued_at=now))
    db.flush()
    return [(each.id, each.person_id) for each in found]


def _checked(held: Held, now: datetime) -> dict[str, object]:
    title, led_by = (" ".join(visible(text, keep="\t\n").split()) for text in (held.title, held.led_by))
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(N_("Say what the workshop was called, in at most %(most)s characters."), most=LONGEST_TITLE)
    if len(led_by) > 120:
        raise Refused(N_("Shorten this to at most %(most)s characters."), most=120)
    if too_far(held.on, london_day(now)):
        raise Refused(N_("Choose the day it was held: today, or a day in the last three years."))
    return {
        "title": title,
        "on_day": held.on,
        "minutes": held.minutes,
        "place": held.place,
        "led_by": led_by,
    }


def _say(db: Db, row: Workshop, *, corrected: bool, by: UUID, now: datetime) -> None:
    fact = WorkshopRecorded(
        about=by, authority_id=row.authority_id, workshop_id=row.id, on=row.on_day, corrected=corrected
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def _own(db: Db, workshop_id: UUID, by: UUID, now: datetime) -> Workshop:
    """A workshop of an authority this person coordinates, held until the end. Raises NotFound for any other."""
    row = db.get(Workshop, workshop_id, with_for_update=True)
    if row is None:
        raise NotFound("workshop")
    _is_coordinator(db, row.authority_id, by, now)
    return row


def _is_coordinator(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")
