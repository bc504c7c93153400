"""Every page of groups and events, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as learning
from lms.programme.gatherings import placing
from lms.programme.gatherings.models import (
    CalendarAddress,
    Gathering,
    GatheringAttendance,
    GatheringCode,
    GatheringPlace,
)
from lms.programme.groups import services as groups
from lms.programme.groups.models import Group, GroupMember
from lms.programme.groups.services import About
from tests.programme.gatherings.conftest import planned
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

WHO = (
    *("pa", "second_pa", "other_pa", "employer_person", "representative", "other_employer_person", "assessor"),
    *("other_assessor", "quality_assurer", "verifier", "coordinator", "other_coordinator", "register_officer"),
    *("register_manager", "funding_officer", "admin", "adviser", "learner"),
)
COORDINATOR = {"coordinator"}
PLACED = {"pa"}
HERE = {"pa", "second_pa"}
COMES = HERE | {
    *("other_pa", "employer_person", "representative", "other_employer_person", "assessor", "other_assessor")
}
ANYBODY = {*WHO, "nobody"}

MAY: dict[str, set[str]] = {
    "/desk/groups?authority={authority}": COORDINATOR,
    "/desk/groups/new?authority={authority}": COORDINATOR,
    "/desk/groups/{group}": COORDINATOR,
    "/desk/groups/{group}/change": COORDINATOR,
    "/desk/groups/{group}/add": COORDINATOR,
    "/desk/groups/{group}/members/{member}/leave": COORDINATOR,
    "/desk/groups/{group}.csv": COORDINATOR,
    "/desk/groups/{group}.xlsx": COORDINATOR,
    "/desk/events?authority={authority}": COORDINATOR,
    "/desk/events/new?authority={authority}": COORDINATOR,
    "/desk/events/{event}": COORDINATOR,
    "/desk/events/{event}/change": COORDINATOR,
    "/desk/events/{event}/copy": COORDINATOR,
    "/desk/events/{event}/call-off": COORDINATOR,
    "/desk/events/{event}/give": COORDINATOR,
    "/desk/events/{event}/attendance": COORDINATOR,
    "/desk/events/{event}/people.csv": COORDINATOR,
    "/desk/events/{event}/people.xlsx": COORDINATOR,
    "/events": COMES,
    "/events/calendar": COMES,
    "/events/{event}": HERE,
    "/events/{event}/here": HERE,
    "/events/{event}.ics": PLACED,
    "/calendar/{event}.ics": set(),
}
POSTS: dict[str, set[str]] = {
    "/desk/events/{event}/people/{pa}/take-off": COORDINATOR,
    "/desk/events/{event}/code": COORDINATOR,
    "/desk/events/{event}/certificates": COORDINATOR,
    "/events/{event}/give-back": HERE,
    "/events/calendar/end": COMES,
}
WRITTEN = (Group, GroupMember, Gathering, GatheringPlace, GatheringAttendance, GatheringCode, CalendarAddress)
PREFIXES = ("/desk/groups", "/desk/events", "/events", "/calendar/")


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """What stands in the addresses: an event open to PAs, where one has a place, and a group."""
    group = uuid4()
    since = london_day(now) - timedelta(days=1)
    by = {"by": world.coordinator, "now": now}
    with house.database.writing() as db:
        event = planned(db, world, now)
        placing.take(db, once=uuid4(), gathering_id=event, needs="", by=world.pa, now=now)
        groups.make_group(db, once=group, authority_id=world.authority, about=About("A", None, since), **by)
        mine = learning.enrol(db, learner_id=world.pa, authority_id=world.authority, course="PAI", **by)
        groups.add_members(db, group_id=group, enrolment_ids=[mine], since=since, **by)
        member = db.scalars(select(GroupMember.id)).one()
    return {"authority": world.authority, "group": group, "member": member, "event": event, "pa": world.pa}


def browsers(world: World, browser_for: BrowserFor) -> dict[str, Any]:
    return {"nobody": browser_for()} | {name: browser_for(getattr(world, name)) for name in WHO}


def test_everybody_opens_what_is_theirs_and_nothing_else(
    world: World, things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    wrong = {}
    everybody = browsers(world, browser_for)
    for pattern, may in MAY.items():
        opened = set()
        for name, browser in everybody.items():
            answer = browser.get(pattern.format_map(things))
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            assert answer.status_code in {200, 302, 403, 404, 429}, (pattern, name, answer.status_code)
            if answer.status_code in {200, 302} and not asked:
                opened.add(name)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(
    house: House, world: World, things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]

    before, wrong = counted(), {}
    for name, browser in browsers(world, browser_for).items():
        for pattern, may in (MAY | POSTS).items():
            if name not in may:
                answer = browser.post(pattern.format_map(things), {"once": str(uuid4())})
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter = app.url_map.bind("localhost")
    known = set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours - known == set()
