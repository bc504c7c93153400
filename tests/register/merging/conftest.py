"""A second record of the same PA, and what is known of both."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from lms.register import services
from lms.register.merging import services as merging
from lms.register.merging.reasons import LinkReason
from tests.world import World

Link = Callable[..., UUID]


def add_twin(db: Db, world: World, now: datetime, name: str = "Pat Morgan") -> UUID:
    """Another record with the PA's name at the same authority."""
    twin = people.add_person(db, name=name, email=f"pat{uuid4().hex[:6]}@example.com", by=None, now=now)
    since = london_day(now) - timedelta(days=20)
    people.give_role(db, person_id=twin, organisation_id=world.authority, role=Role.PA, by=None, now=now, since=since)
    return twin


@pytest.fixture
def twin(db: Db, world: World, now: datetime) -> UUID:
    """The other record, in the test's own unit of work."""
    return add_twin(db, world, now)


@pytest.fixture
def kept_twin(house: House, world: World, now: datetime) -> UUID:
    """The other record, committed, for pages."""
    with house.database.writing() as db:
        return add_twin(db, world, now)


@pytest.fixture
def link(db: Db, world: World, twin: UUID, now: datetime) -> Link:
    """Read the two as one; the PA's own record stays unless told otherwise."""

    def go(**more: object) -> UUID:
        once = uuid4()
        given = {
            "once": once,
            "authority_id": world.authority,
            "kept_id": world.pa,
            "other_id": twin,
            "reason": LinkReason.SAID_BY_THE_PA,
            "by": world.register_officer,
            "now": now,
            **more,
        }
        merging.link(db, **given)  # type: ignore[arg-type]
        return once

    return go


def see(db: Db, world: World, now: datetime, person_id: UUID, code: str, **data: object) -> None:
    """The team sees something for one of the records."""
    services.record_seen(
        db,
        once=uuid4(),
        person_id=person_id,
        authority_id=world.authority,
        code=code,
        on=london_day(now),
        data=data,
        by=world.register_officer,
        now=now,
    )
