"""Tell assessors in time that what they may decide on ends: the worker's sweep, 60 and 14 days before."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from lms.assessment.competence.events import CompetenceEndsSoon
from lms.assessment.competence.models import CompetenceEnd, CompetenceReminder, CompetenceRow
from lms.assessment.competence.queries import competence_of
from lms.assessment.competence.rules import REMINDED, due_reminder
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House

AT_ONCE = 500
"""Records looked at in one go; the next minute goes on with the rest."""


def remind(house: House, now: datetime) -> int:
    """Say what ends soon and was not said yet; returns how many assessors hear of it. Nothing due: one question."""
    today = london_day(now)
    with house.database.reading() as db:
        waiting = bool(_due(db, today))
    if not waiting:
        return 0
    with house.database.writing() as db:
        return _remind(db, today, now)


def _due(db: Db, today: date) -> list[CompetenceRow]:
    """Records that end within a reminder's days, by themselves, and of which that reminder was not given."""
    windows = []
    first = today
    for days in sorted(REMINDED):
        said = select(CompetenceReminder.days).where(
            CompetenceReminder.competence_id == CompetenceRow.id, CompetenceReminder.days == days
        )
        last = today + timedelta(days=days)
        windows.append(and_(CompetenceRow.until >= first, CompetenceRow.until <= last, ~said.exists()))
        first = last + timedelta(days=1)
    ended = select(CompetenceEnd.competence_id).where(CompetenceEnd.competence_id == CompetenceRow.id)
    wanted = select(CompetenceRow).where(or_(*windows), ~ended.exists()).order_by(CompetenceRow.until)
    return list(db.scalars(wanted.limit(AT_ONCE)))


def _remind(db: Db, today: date, now: datetime) -> int:
    told: dict[tuple[UUID, UUID, str, date], list[str]] = defaultdict(list)
    rows = _due(db, today)
    for row in rows:
        days = due_reminder(row.until or today, today)
        if days is None or not add_once(db, CompetenceReminder(competence_id=row.id, days=days, at=now)):
            continue
        if not _goes_on(db, row):
            told[row.person_id, row.authority_id, row.framework, row.until or today].append(row.unit)
    for (person, authority, framework, until), units in told.items():
        fact = CompetenceEndsSoon(
            about=person,
            authority_id=authority,
            framework=framework,
            units=tuple(sorted(set(units))),
            until=until,
            days=due_reminder(until, today) or 0,
        )
        record(db, fact, by=None, now=now, behalf=authority)
    return len({person for person, *_rest in told})


def _goes_on(db: Db, row: CompetenceRow) -> bool:
    """Whether another record of the same unit holds on the day after: then nothing ends for the assessor."""
    assert row.until is not None
    spans = competence_of(db, [row.person_id], row.authority_id, [row.framework])
    day = row.until + timedelta(days=1)
    return any(span.holds(day) for span in spans.get((row.person_id, row.framework, row.unit), ()))
