"""A form's number keeps a double tap from saving twice; it must never make us say “saved” of what was not."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.register import queries, services
from tests.world import World


def see(db: Db, world: World, house: House, once: UUID, **more: Any) -> None:
    now = house.clock()
    asked = {
        "person_id": world.pa,
        "authority_id": world.authority,
        "code": "RM-ID",
        "on": london_day(now),
        "data": {},
        "by": world.register_officer,
        **more,
    }
    services.record_seen(db, once=once, now=now, **asked)


def test_the_same_again_is_quiet_and_something_else_is_refused(db: Db, world: World, house: House) -> None:
    once = uuid4()
    see(db, world, house, once)
    see(db, world, house, once)
    with pytest.raises(Refused):
        see(db, world, house, once, on=london_day(house.clock()) - timedelta(days=3))
    assert len(queries.records_of(db, world.pa, world.authority)) == 1


def test_a_number_that_belongs_to_somebody_else_is_not_found(db: Db, world: World, house: House) -> None:
    once = uuid4()
    see(db, world, house, once)
    with pytest.raises(NotFound):
        see(db, world, house, once, person_id=world.second_pa)
