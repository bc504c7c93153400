"""A message to everybody in a group goes to whoever is in it now, and never to another council's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as learning
from lms.programme.groups import services as groups
from lms.programme.groups.services import About
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_it_is_for_those_who_are_in_it_now(
    house: House, world: World, clock: Any, browser_for: Callable[..., Any]
) -> None:
    by = {"by": world.coordinator, "now": clock()}
    group, since = uuid4(), london_day(clock()) - timedelta(days=1)
    with house.database.writing() as db:
        groups.make_group(db, once=group, authority_id=world.authority, about=About("Autumn", None, since), **by)
        mine = learning.enrol(db, learner_id=world.pa, authority_id=world.authority, course="PAI", **by)
        groups.add_members(db, group_id=group, enrolment_ids=[mine], since=since, **by)
    address = f"/desk/messages/new?group={group}"
    page = browser_for(world.coordinator).get(address)
    assert page.status_code == 200
    assert "Pat Morgan" in page.get_data(as_text=True)
    assert "Sam Okoro" not in page.get_data(as_text=True)
    assert browser_for(world.other_coordinator).get(address).status_code == 404
    assert browser_for(world.coordinator).get(f"/desk/messages/new?group={uuid4()}").status_code == 404
