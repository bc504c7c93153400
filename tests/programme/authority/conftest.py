"""An authority with two admins."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.people import holding
from lms.people import services as people
from lms.people.rules import Role
from tests.world import World


@pytest.fixture
def beside(house: House, world: World, now: datetime) -> UUID:
    """A second admin of the same authority."""
    since = london_day(now) - timedelta(days=10)
    with house.database.writing() as db:
        id = people.add_person(db, name="Bea Beside", email="bea@example.com", by=None, now=now)
        people.give_role(
            db, person_id=id, organisation_id=world.authority, role=Role.ADMIN, by=None, now=now, since=since
        )
    return id


@pytest.fixture
def elsewhere(house: House, world: World, now: datetime) -> UUID:
    """An admin of another authority."""
    with house.database.writing() as db:
        id = people.add_person(db, name="Elin Elsewhere", email="elin@example.com", by=None, now=now)
        where = world.other_authority
        people.give_role(db, person_id=id, organisation_id=where, role=Role.ADMIN, by=None, now=now)
    return id


def role_of(house: House, world: World, person: UUID, role: Role) -> holding.Holding:
    """Somebody's newest role of a kind at the authority."""
    with house.database.reading() as db:
        return [each for each in holding.of_person(db, person, world.authority) if each.role is role][-1]


def once() -> UUID:
    """The number of a form."""
    return uuid4()
