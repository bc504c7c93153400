"""What the worker does for events because time went on: reminders, each once. Twice is harmless."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.house import House
from lms.programme.gatherings import placing, rules
from lms.programme.gatherings.events import GatheringComesUp
from lms.programme.gatherings.models import Gathering, GatheringPlace, GatheringReminder


def remind(house: House, now: datetime) -> int:
    """Remind everybody with a place of what comes up; how many."""
    with house.database.reading() as db:
        soon = [row.id for row in columns(db, _SOON, {"now": now, "last": now + timedelta(days=rules.MOST_DAYS + 1)})]
    done = 0
    for id in soon:
        with house.database.reading() as db:
            waits = bool(_due(db, id, now))
        if waits:
            with house.database.writing() as db:
                done += _remind(db, id, now)
    return done


_SOON = select(Gathering.id).where(
    Gathering.starts_at > bindparam("now"),
    Gathering.starts_at < bindparam("last"),
    Gathering.cancelled_at.is_(None),
)


def _remind(db: Db, gathering_id: object, now: datetime) -> int:
    """Remind of one event; its row is held, so that one that is called off at the same moment reminds nobody."""
    row = db.get(Gathering, gathering_id, with_for_update=True, populate_existing=True)
    if row is None or row.cancelled_at is not None:
        return 0
    # Accounts are closed and roles run out without a word: here those who are gone make room at the latest.
    placing.drop_gone(db, row, now)
    placing.move_up(db, row, now)
    done = 0
    for place, days in _due(db, gathering_id, now):
        once = GatheringReminder(
            gathering_id=row.id, person_id=place.person_id, on_day=london_day(row.starts_at), days=days, at=now
        )
        if add_once(db, once):
            fact = GatheringComesUp(about=place.person_id, gathering_id=row.id, days=days)
            record(db, fact, by=None, now=now, behalf=row.authority_id)
            done += 1
    return done


def _due(db: Db, gathering_id: object, now: datetime) -> list[tuple[GatheringPlace, int]]:
    row = db.get(Gathering, gathering_id)
    if row is None:
        return []
    on, nearest = london_day(row.starts_at), sorted(row.remind)
    come = [each for each in nearest if on - timedelta(days=each) <= london_day(now)]
    if not come:
        return []
    told = exists().where(
        GatheringReminder.gathering_id == GatheringPlace.gathering_id,
        GatheringReminder.person_id == GatheringPlace.person_id,
        GatheringReminder.on_day == on,
        GatheringReminder.days <= come[0],
    )
    wanted = select(GatheringPlace).where(
        GatheringPlace.gathering_id == row.id,
        GatheringPlace.ended_at.is_(None),
        GatheringPlace.placed_at.is_not(None),
        ~told,
    )
    found = []
    for place in db.scalars(wanted.order_by(GatheringPlace.number)).all():
        assert place.placed_at is not None
        days = rules.reminder_due(row.remind, starts=row.starts_at, placed=place.placed_at, now=now)
        if days is not None:
            found.append((place, days))
    return found
