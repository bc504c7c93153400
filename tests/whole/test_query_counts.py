"""No page asks the database more often because there are more people."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from lms.core.clock import london_day
from lms.core.db import Database
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.rules import Role
from tests.world import World

PAGES = {
    "coordinator": ("/", "/people", "/learners", "/assessors", "/reading", "/funding/claims"),
    "register_officer": ("/", "/register/people"),
    "employer_person": ("/", "/my-pas"),
    "assessor": ("/", "/assess", "/reading"),
    "funding_officer": ("/", "/funding/claims"),
    "pa": (
        "/",
        "/learning",
        "/learning/texts",
        "/care-certificate",
        "/care-certificate/cc-2025",
        "/care-certificate/cc-2025/CC5",
        "/practice",
        "/certificates",
        "/register",
        "/messages",
    ),
}


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    said: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            said.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield said
    event.remove(database.engine, "before_cursor_execute", note)


def add_pas(house: House, world: World, how_many: int) -> None:
    """PAs of the authority, all working for the first employer, all enrolled."""
    now = house.clock()
    with house.database.writing() as db:
        for number in range(how_many):
            pa = people.add_person(db, name=f"PA {number}", email=f"{uuid4()}@example.com", by=None, now=now)
            people.give_role(db, person_id=pa, organisation_id=world.authority, role=Role.PA, by=None, now=now)
            since = london_day(now - timedelta(days=1))
            people.start_employment(db, pa_id=pa, employer_id=world.employer, since=since, by=None, now=now)
            learning.enrol(db, learner_id=pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("who", sorted(PAGES))
def test_a_page_asks_as_often_for_forty_people_as_for_four(
    house: House, world: World, browser_for: Callable[..., Any], who: str
) -> None:
    browser = browser_for(getattr(world, who))
    add_pas(house, world, 3)
    asked = []
    for more in (1, 36):
        add_pas(house, world, more)
        counts = {}
        for path in PAGES[who]:
            browser.get(path)
            with counting(house.database) as statements:
                assert browser.get(path).status_code == 200
            counts[path] = len(statements)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[1].values()) <= 30
