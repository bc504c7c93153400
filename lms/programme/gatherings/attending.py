"""Who was there: by a list, or by a code that is shown in the room. What was noted stays; a correction is added."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import func, select

from lms.certification.attendance import queries as workshops
from lms.certification.attendance import services as workshop_lists
from lms.certification.attendance.rules import STEP, Place
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.gatherings import placing, rules
from lms.programme.gatherings.events import GatheringAttended, GatheringMissed
from lms.programme.gatherings.knowing import could_join, known_for
from lms.programme.gatherings.models import Gathering, GatheringAttendance, GatheringCode, GatheringPlace, GatheringTry
from lms.programme.gatherings.planning import own
from lms.programme.gatherings.words import HERE, Came, How, Where

LONGEST_REASON = 200


@dataclass(frozen=True)
class Noted:
    """What a list says of one person."""

    came: Came
    reason: str = ""


class Entered(StrEnum):
    """What came of a code that somebody typed."""

    HERE = "here"
    ALREADY = "already"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"
    NO_PLACE = "no_place"


def note(db: Db, *, gathering_id: UUID, noted: Mapping[UUID, Noted], by: UUID, now: datetime) -> int:
    """Note who was there, late or absent; how many lines are new. The same as before adds none; else it is corrected.

    Refused before it begins and when it was called off. Raises NotFound for somebody without a place.
    """
    row = own(db, gathering_id, by, now)
    if row.cancelled_at is not None:
        raise Refused(N_("This event is called off."))
    if now < row.starts_at:
        raise Refused(N_("Note who was there once it has begun."))
    there, before = _placed(db, gathering_id), newest(db, gathering_id)
    new = 0
    for person_id, said in sorted(noted.items()):
        if person_id not in there:
            raise NotFound("person")
        reason = clean_text(said.reason, LONGEST_REASON) if said.came is Came.ABSENT else ""
        known = before.get(person_id)
        if known is None or (known.came, known.reason) != (said.came, reason):
            _add(db, row, person_id, Noted(said.came, reason), how=How.LIST, by=by, now=now)
            new += 1
    return new


def open_code(db: Db, *, gathering_id: UUID, by: UUID, now: datetime) -> str:
    """A new code to show in the room; it counts for 20 minutes, and the one before does not count any more.

    Refused when it is not the time: from half an hour before it begins to half an hour after it ends.
    """
    row = own(db, gathering_id, by, now)
    times = rules.code_times(row.starts_at, row.ends_at, now)
    if row.cancelled_at is not None or times is None:
        raise Refused(N_("A code can be shown from half an hour before the event until half an hour after it."))
    code = "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(rules.CODE_LENGTH))
    db.add(GatheringCode(gathering_id=gathering_id, code=code, since=times[0], until=times[1], by=by))
    db.flush()
    return code


def code_now(db: Db, gathering_id: UUID, now: datetime) -> GatheringCode | None:
    """The code that counts at a moment."""
    mine = select(GatheringCode).where(GatheringCode.gathering_id == gathering_id)
    found = db.scalar(mine.order_by(GatheringCode.number.desc()).limit(1))
    return found if found is not None and found.since <= now < found.until else None


def enter(db: Db, *, gathering_id: UUID, typed: str, by: UUID, now: datetime) -> Entered:
    """Somebody types the code of the room. It counts once for each person; wrong ones are counted too.

    Only for those with a place, and for walk-ins of the authority where the event takes them. Raises NotFound for
    everybody else, whatever they type. After five wrong ones nobody is answered for a quarter of an hour.
    """
    row = placing.held(db, gathering_id)
    place, known = placing.open_place(db, gathering_id, by), known_for(db, row, by)
    if not known.anybody or (place is None and not (row.walk_ins and could_join(db, row, by))):
        raise NotFound("event")
    if row.cancelled_at is not None:
        raise Refused(N_("This event is called off."))
    if _tries(db, gathering_id, by, now) >= rules.TRIES:
        return Entered.TOO_OFTEN
    shown = code_now(db, gathering_id, now)
    if shown is None or not compare_digest(shown.code, rules.tidy_code(typed)):
        db.add(GatheringTry(gathering_id=gathering_id, person_id=by, at=now))
        db.flush()
        return Entered.WRONG
    before = newest(db, gathering_id).get(by)
    if before is not None:
        # Whoever leads it has the last word: a code does not turn an absence into something else.
        return Entered.ALREADY
    if place is None or place.placed_at is None:
        if not row.walk_ins:
            return Entered.NO_PLACE
        placing.walk_in(db, row, by, now)
    _add(db, row, by, Noted(Came.PRESENT), how=How.CODE, by=by, now=now)
    return Entered.HERE


def newest(db: Db, gathering_id: UUID) -> dict[UUID, GatheringAttendance]:
    """What counts of each person who was noted. One query."""
    of = GatheringAttendance.gathering_id == gathering_id
    last = select(func.max(GatheringAttendance.number)).where(of).group_by(GatheringAttendance.person_id)
    rows = db.scalars(select(GatheringAttendance).where(GatheringAttendance.number.in_(last)))
    return {row.person_id: row for row in rows}


def certify(db: Db, *, gathering_id: UUID, by: UUID, now: datetime) -> UUID:
    """Carry those who were there over to a workshop of certificates, from which they are issued; returns the workshop.

    It has the event's own number, so once more adds only who is new. Refused while it goes on, and when no PA was
    there. Only PAs of today are carried over.
    """
    row = own(db, gathering_id, by, now)
    if row.cancelled_at is not None or now < row.ends_at:
        raise Refused(N_("Certificates are made once the event is over."))
    on = london_day(row.starts_at)
    pas = {each.id for each in people.people_in(db, row.authority_id, Role.PA, london_day(now))}
    there = {id for id, each in newest(db, gathering_id).items() if each.came in HERE} & pas
    if not there:
        raise Refused(N_("Note first which PAs were there."))
    minutes = int((row.ends_at - row.starts_at).total_seconds() // 60)
    place = Place.ONLINE if row.where is Where.ONLINE else Place.BOTH if row.link else Place.IN_PERSON
    held = workshop_lists.Held(row.title, on, max(STEP, minutes // STEP * STEP), place, row.led_by)
    try:
        workshops.workshop(db, gathering_id, [row.authority_id])
    except NotFound:
        workshop_lists.record_workshop(db, id=gathering_id, authority_id=row.authority_id, held=held, by=by, now=now)
    workshop_lists.note_attendance(db, workshop_id=gathering_id, people_ids=there, by=by, now=now)
    return gathering_id


def _placed(db: Db, gathering_id: UUID) -> frozenset[UUID]:
    mine = (GatheringPlace.gathering_id == gathering_id, GatheringPlace.ended_at.is_(None))
    return frozenset(db.scalars(select(GatheringPlace.person_id).where(*mine, GatheringPlace.placed_at.is_not(None))))


def _tries(db: Db, gathering_id: UUID, person_id: UUID, now: datetime) -> int:
    mine = (GatheringTry.gathering_id == gathering_id, GatheringTry.person_id == person_id)
    wanted = select(func.count()).where(*mine, GatheringTry.at > now - rules.TRIES_WITHIN)
    return db.scalar(wanted) or 0


def _add(db: Db, row: Gathering, person_id: UUID, said: Noted, *, how: How, by: UUID, now: datetime) -> None:
    came = said.came
    line = GatheringAttendance(
        gathering_id=row.id, person_id=person_id, came=came, reason=said.reason, how=how, by=by, at=now
    )
    db.add(line)
    db.flush()
    fact = (
        GatheringAttended(about=person_id, authority_id=row.authority_id, gathering_id=row.id, came=came, how=how)
        if came in HERE
        else GatheringMissed(about=person_id, authority_id=row.authority_id, gathering_id=row.id)
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id)
