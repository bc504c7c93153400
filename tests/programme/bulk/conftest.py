"""Works on many, begun and looked at."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core import work
from lms.core.db import Db
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.bulk import services
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.services import Wish
from lms.programme.bulk.words import Fate, State, What
from tests.world import World

Fates = dict[UUID | str | None, Fate]


def begun(
    house: House,
    world: World,
    what: What,
    chosen: Mapping[str, Any],
    now: datetime,
    *,
    by: UUID | None = None,
    **details: Any,
) -> UUID:
    """A work of which is not known yet who is affected."""
    with house.database.writing() as db:
        return services.begin(
            db,
            id=uuid4(),
            authority_id=world.authority,
            wish=Wish(what, "A work", details),
            chosen=chosen,
            by=by or world.coordinator,
            now=now,
        )


def looked(house: House, world: World, what: What, chosen: Mapping[str, Any], now: datetime, **details: Any) -> UUID:
    """A work of which is known who is affected."""
    id = begun(house, world, what, chosen, now, **details)
    work.do_all(house, now=now)
    return id


def started(house: House, world: World, work_id: UUID, now: datetime, *, work_off: bool = True) -> None:
    """Carry it out."""
    with house.database.writing() as db:
        services.start(db, work_id=work_id, by=world.coordinator, now=now)
    if work_off:
        work.do_all(house, now=now)


def fates(house: House, work_id: UUID) -> Fates:
    """How each line stands, by person, or by what was pasted in."""
    with house.database.reading() as db:
        rows = db.scalars(select(BulkLine).where(BulkLine.work_id == work_id))
        return {row.person_id or row.given: row.state for row in rows}


def whys(house: House, work_id: UUID) -> dict[UUID | str | None, str]:
    """Why each line stands as it does."""
    with house.database.reading() as db:
        rows = db.scalars(select(BulkLine).where(BulkLine.work_id == work_id))
        return {row.person_id or row.given: row.why for row in rows}


def state(house: House, work_id: UUID) -> State:
    """How a work stands."""
    with house.database.reading() as db:
        return db.get_one(BulkWork, work_id).state


def another(db: Db, world: World, name: str, now: datetime, *, email: str | None = None) -> UUID:
    """One more PA of the authority."""
    person = people.add_person(db, name=name, email=email or f"{uuid4().hex}@example.com", by=None, now=now)
    people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    return person


def enrolled(house: House, world: World, now: datetime, *whom: UUID) -> dict[UUID, UUID]:
    """Put people on the induction; their enrolments by person."""
    with house.database.writing() as db:
        return {
            each: learning.enrol(
                db, learner_id=each, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
            )
            for each in whom
        }


BrowserFor = Callable[..., Any]
