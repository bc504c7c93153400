"""Call-backs that are due, and people named for alerts."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.people import services as people
from lms.programme.contacts import calling, guarding
from lms.programme.contacts.calling import Given
from lms.programme.contacts.models import CallBack
from lms.programme.contacts.words import Whom
from tests.world import World

MARK = "Zanzibar-7731"
"""Stands in what was said about harm, and must be found nowhere else."""


def name(db: Db, world: World, person: UUID, now: datetime, *, since: date | None = None) -> UUID:
    """Name somebody for alerts."""
    once = uuid4()
    guarding.name(
        db,
        once=once,
        authority_id=world.authority,
        person_id=person,
        since=since or london_day(now),
        until=None,
        by=world.admin,
        now=now,
    )
    return once


def begin(db: Db, world: World, now: datetime, *, days_ago: int = 30) -> dict[Whom, UUID]:
    """The second PA begins with the first employer; the call-backs made of it, by whom they call."""
    since = london_day(now) - timedelta(days=days_ago)
    people.start_employment(db, pa_id=world.second_pa, employer_id=world.employer, since=since, by=None, now=now)
    mine = select(CallBack).where(CallBack.pa_id == world.second_pa, CallBack.employer_id == world.employer)
    return {row.whom: row.id for row in db.scalars(mine)}


def harm(db: Db, call_back_id: UUID, *, by: UUID, now: datetime, question: str = "safe") -> int:
    """Type in an answer that points to harm; how many alerts came of it."""
    said = {question: Given("worried" if question == "child" else "harmed", MARK)}
    return calling.save(db, call_back_id=call_back_id, answers=said, by=by, now=now)
