"""Say in time that a role ends: the worker's sweep, 14 days before, once for each last day."""

from datetime import date, datetime, timedelta

from sqlalchemy import select, tuple_

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.people import holding
from lms.people.holding import Holding
from lms.programme.authority.events import StaffRoleEndsSoon
from lms.programme.authority.models import RoleReminder
from lms.programme.authority.terms import GIVEN, SAID_BEFORE

AT_ONCE = 200


def remind(house: House, now: datetime) -> int:
    """Say what ends soon and was not said yet; how many roles. Nothing due: two questions, and nothing is written."""
    on = london_day(now)
    with house.database.reading() as db:
        if not _due(db, on):
            return 0
    with house.database.writing() as db:
        return sum(_say(db, each, now) for each in _due(db, on)[:AT_ONCE])


def _due(db: Db, on: date) -> list[Holding]:
    ending = holding.ending_by(db, GIVEN, on, on + SAID_BEFORE)
    keys = [(each.id, each.until) for each in ending]
    wanted = select(RoleReminder.role_id, RoleReminder.until)
    told = {tuple(row) for row in db.execute(wanted.where(tuple_(RoleReminder.role_id, RoleReminder.until).in_(keys)))}
    return [each for each, key in zip(ending, keys, strict=True) if key not in told]


def _say(db: Db, row: Holding, now: datetime) -> bool:
    """Say that a role ends, unless it was said or goes on under another row; whether it was said now."""
    assert row.until is not None  # it ends soon
    if not add_once(db, RoleReminder(role_id=row.id, until=row.until, at=now)):
        return False
    after = row.until + timedelta(days=1)
    every = holding.of_person(db, row.person_id, row.organisation_id)
    if any(each.role is row.role and each.counts(after) for each in every):
        return False
    fact = StaffRoleEndsSoon(about=row.person_id, authority_id=row.organisation_id, role=row.role, until=row.until)
    record(db, fact, by=None, now=now, behalf=row.organisation_id)
    return True
