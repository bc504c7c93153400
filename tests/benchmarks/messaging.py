"""A message to 10,000 people: prepared, so that a coordinator sees who gets it how, and given to all of them."""

import time
from collections.abc import Iterator
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Database, write_rows
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing import services, working
from lms.notifications.writing.rules import MOST_PEOPLE, Text
from lms.people.models import Person, RoleHeld
from lms.people.rules import Role
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON

TEXT = Text("News for ((first name))", "Hello ((name)),\n\nnext: ((contact name)) of ((authority)).", "News")


def people_of(database: Database, authority: UUID, number: int) -> list[UUID]:
    """So many PAs of an authority, made for this alone."""
    ids = [uuid4() for _each in range(number)]
    since = london_day(NOON)
    with database.writing() as db:
        write_rows(
            db,
            [
                Person(id=id, name=f"PA {id.hex[:8]}", email=f"{id.hex}@example.com", language="en", created_at=NOON)
                for id in ids
            ],
        )
        write_rows(
            db,
            [RoleHeld(id=uuid4(), person_id=id, organisation_id=authority, role=Role.PA, since=since) for id in ids],
        )
    return ids


def messages(country: Country, _app: Flask) -> Iterator[Done]:
    """Prepare and give; the mails themselves are another figure."""
    house, once = country.house, uuid4()
    people = people_of(house.database, country.authority, MOST_PEOPLE)
    with house.database.reading() as db:
        by = db.scalars(
            select(RoleHeld.person_id).where(
                RoleHeld.organisation_id == country.authority, RoleHeld.role == Role.COORDINATOR
            )
        ).first()
    assert by is not None
    begun = time.perf_counter()
    with house.database.writing() as db:
        services.prepare(
            db,
            once=once,
            authority_id=country.authority,
            texts={"en": TEXT},
            topic=Topic.LEARNING,
            people=people,
            site=house.settings.base_url,
            by=by,
            now=NOON,
        )
    yield Done("Preparing a message to 10,000", time.perf_counter() - begun, "s", goal=5)
    with house.database.writing() as db:
        here = frozenset({country.authority})
        services.send_off(db, message_id=once, authority_ids=here, by=by, now=NOON)
    begun = time.perf_counter()
    working.send_many(house, str(once), NOON)
    yield Done("Giving a message to 10,000", time.perf_counter() - begun, "s", goal=60)
