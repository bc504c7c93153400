"""End vacancies by the calendar, and forget old ones. Twice is harmless."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.register.directory import keeping
from lms.register.vacancies import services
from lms.register.vacancies.models import Vacancy, VacancyLook, VacancyText
from lms.register.vacancies.words import EndReason

AT_ONCE = 200
UNPUBLISHED_FOR = timedelta(days=90)
"""How long a vacancy that was never published is kept open for its household."""


def end_due(house: House, now: datetime) -> int:
    """End every vacancy whose last day is over, and empty those whose time to be kept is; how many ended."""
    done = 0
    while True:
        with house.database.writing() as db:
            this_time = end_some(db, now)
        done += this_time
        if this_time < AT_ONCE:
            break
    with house.database.reading() as db:
        ends = keeping.ends(db, now)
    for authority_id, moment in ends.items():
        with house.database.writing() as db:
            forget(db, authority_id, moment, now=now)
    return done


def end_some(db: Db, now: datetime) -> int:
    """End up to so many vacancies whose last day is over; how many it was."""
    never = Vacancy.ends_on.is_(None) & (Vacancy.posted_at < now - UNPUBLISHED_FOR)
    over = select(Vacancy.id).where(Vacancy.ended_on.is_(None), or_(Vacancy.ends_on < london_day(now), never))
    ids = list(db.scalars(over.order_by(Vacancy.ends_on).limit(AT_ONCE)))
    for vacancy_id in ids:
        services.end(db, vacancy_id=vacancy_id, why=EndReason.CALENDAR, by=None, now=now)
    return len(ids)


def forget(db: Db, authority_id: UUID, before: datetime, *, now: datetime) -> None:
    """Empty the texts of vacancies that ended before a moment; that they were, and who answered, stays."""
    old = select(Vacancy.id).where(Vacancy.authority_id == authority_id, Vacancy.ended_on < london_day(before))
    texts = (VacancyText.vacancy_id.in_(old), VacancyText.forgotten_at.is_(None))
    looks = select(VacancyText.id).where(*texts)
    db.execute(update(VacancyLook).where(VacancyLook.text_id.in_(looks)).values(word=""))
    db.execute(update(VacancyText).where(*texts).values(data={}, waits=False, forgotten_at=now))
