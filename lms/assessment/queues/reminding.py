"""Gentle reminders: once a day the worker goes through everybody something may wait for, a few hundred at a time.

Whoever it waits for hears of it first, after some days; when it goes on, the coordinators of the authority do. Nobody
is told twice of the same, and nobody more often than once a week.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, func, select

from lms.assessment.queues.events import WorkWaits, WorkWaitsLong
from lms.assessment.queues.models import LongWait, OpenThing, ReminderRound
from lms.assessment.queues.queries import all_waiting
from lms.assessment.queues.rules import LEASE, QUIET, Stage, Waiting, stage
from lms.core.clock import LONDON, london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.people import queries as people
from lms.people.rules import Role

AT_ONCE = 300
"""People looked at in one go: a second or two of the worker's time."""

FROM_HOUR = 8
"""No mail about work before this hour in the United Kingdom."""

ROLES = (Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE, Role.QUALITY_ASSURER)
"""Whose work is reminded of. Coordinators are told about others, and see their own list when they look."""


def remind(house: House, now: datetime) -> int:
    """Go on with today's round; returns how many people were looked at. When it is done, that is one question."""
    if now.astimezone(LONDON).hour < FROM_HOUR:
        return 0
    on = london_day(now)
    with house.database.reading() as db:
        going = db.get(ReminderRound, on)
        if going is not None and going.done_at is not None:
            return 0
        after = going.after if going else None
        some = people.holders_after(db, ROLES, on, after=after, limit=AT_ONCE)
        long = {person: waits for person in some if (waits := _long(house, db, person, on))}
    with house.database.writing() as db:
        for person, waits in long.items():
            _tell(db, person, waits, on=on, now=now)
        row = db.get(ReminderRound, on) or ReminderRound(on_day=on)
        row.after = some[-1] if some else after
        row.done_at = now if len(some) < AT_ONCE else None
        db.add(row)
        db.flush()
        if row.done_at is not None:
            _end_of_round(db, on=on, now=now)
    return len(some)


def _long(house: House, db: Db, person: UUID, on: date) -> list[tuple[Waiting, Stage]]:
    viewer = people.viewer_of(db, person, on)
    found = all_waiting(db, viewer, on, waits=house.waits) if viewer else []
    return [(one, told) for one in found if (told := stage(one.since, one.due_on, on))]


def _tell(db: Db, person: UUID, waits: Sequence[tuple[Waiting, Stage]], *, on: date, now: datetime) -> None:
    """Write down what has waited long for somebody, and remind them of what they were not told of."""
    rows = {(r.thing, r.since): r for r in db.scalars(select(LongWait).where(LongWait.person_id == person))}
    last = max((row.told_at for row in rows.values()), default=None)
    new = 0
    for one, reached in waits:
        row = rows.get((one.key, one.since))
        if row is not None:
            row.still_on = on
            row.stage = reached if row.stage is Stage.PERSON else row.stage
        elif last is None or now - last >= QUIET:
            fresh = LongWait(
                person_id=person,
                thing=one.key,
                since=one.since,
                kind=one.kind,
                about=one.about,
                authority_id=one.authority_id,
                stage=Stage.PERSON,  # they hear of it before anybody else does, however late
                told_at=now,
                still_on=on,
            )
            new += add_once(db, fresh)
    db.flush()
    if new:
        record(db, WorkWaits(about=person, count=new), by=None, now=now)


def _end_of_round(db: Db, *, on: date, now: datetime) -> None:
    """Tell coordinators of what has waited long, once a week at most; forget what waits no more, and old leases."""
    db.execute(delete(LongWait).where(LongWait.still_on < on))
    db.execute(delete(OpenThing).where(OpenThing.until < now - 2 * LEASE))
    counted = (
        select(LongWait.authority_id, func.count())
        .where(LongWait.stage == Stage.COORDINATOR, LongWait.authority_id.is_not(None))
        .group_by(LongWait.authority_id)
    )
    if on.weekday() != _DAY_OF_COORDINATORS:
        return
    for authority, count in db.execute(counted).all():
        assert authority is not None  # it was asked for
        for coordinator in people.people_in(db, authority, Role.COORDINATOR, on):
            fact = WorkWaitsLong(about=coordinator.id, authority_id=authority, count=count)
            record(db, fact, by=None, now=now)
    db.execute(delete(ReminderRound).where(ReminderRound.on_day < on))


_DAY_OF_COORDINATORS = 1
"""Tuesday: one message a week, on a day when most offices are open."""
