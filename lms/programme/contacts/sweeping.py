"""What the worker does for call-backs and alerts because time went on. Twice is harmless."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.house import House
from lms.people.beginnings import begun_since, still_working
from lms.programme.contacts import planning, rules
from lms.programme.contacts.alerts import pass_on
from lms.programme.contacts.models import CallBack, CallBackDay, SafeguardingAlert
from lms.programme.contacts.words import CallEnd

AT_ONCE = 200
_NOBODY = UUID(int=0)


def sweep(house: House, now: datetime) -> int:
    """Pass on alerts nobody has taken, each minute; and once a day look for call-backs to make and to end."""
    done = remind(house, now)
    with house.database.reading() as db:
        if db.get(CallBackDay, london_day(now)) is not None:
            return done
    done += catch_up(house, now) + end_over(house, now)
    with house.database.writing() as db:
        add_once(db, CallBackDay(day=london_day(now)))
    return done


def remind(house: House, now: datetime) -> int:
    """Tell whoever is next of every open alert; how many were told."""
    with house.database.reading() as db:
        ids = list(db.scalars(select(SafeguardingAlert.id).where(SafeguardingAlert.closed_at.is_(None))))
    done = 0
    for id in ids:
        with house.database.writing() as db:
            alert = db.scalar(select(SafeguardingAlert).where(SafeguardingAlert.id == id).with_for_update())
            row = db.get(CallBack, alert.call_back_id) if alert is not None else None
            if alert is not None and row is not None:
                done += pass_on(db, alert, row, now)
    return done


def catch_up(house: House, now: datetime) -> int:
    """Make call-backs of employments that began before anybody looked, or before a setting changed; how many."""
    today, after, done = london_day(now), _NOBODY, 0
    first = today - timedelta(days=rules.LONGEST) - rules.TOO_LATE
    while True:
        with house.database.writing() as db:
            some = begun_since(db, first, today, after=after, limit=AT_ONCE)
            plans = planning.plans_of(db, {each.authority_id for each in some})
            done += sum(planning.make(db, each, plans[each.authority_id], now) for each in some)
        if len(some) < AT_ONCE:
            return done
        after = some[-1].id


def end_over(house: House, now: datetime) -> int:
    """End call-backs of employments whose last day is over; how many."""
    after, done = _NOBODY, 0
    while True:
        with house.database.writing() as db:
            rows = _open(db, after)
            held = still_working(db, {row.pa_id for row in rows}, london_day(now))
            for row in rows:
                begun = row.since <= london_day(now)
                if begun and (row.pa_id, row.employer_id, row.since) not in held:
                    planning.close(db, row, CallEnd.EMPLOYMENT_ENDED, by=None, now=now)
                    done += 1
            after = rows[-1].id if rows else after
        if len(rows) < AT_ONCE:
            return done


def _open(db: Db, after: UUID) -> list[CallBack]:
    wanted = select(CallBack).where(CallBack.ended_at.is_(None), CallBack.id > after)
    return list(db.scalars(wanted.order_by(CallBack.id).limit(AT_ONCE).with_for_update()))
