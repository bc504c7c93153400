"""Events and calendars, attacked: what a secret address gives once somebody is here no more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lms.assessment.quality.meetings import services as meetings
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.words import Refused
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.gatherings import ical, placing, planning
from lms.programme.gatherings.words import Standing
from tests.programme.gatherings.conftest import plan_of, planned
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def secret(world: World, browser_for: Callable[..., Any]) -> str:
    """The address of an assessor's calendar."""
    page: str = browser_for(world.assessor).post("/events/calendar").get_data(as_text=True)
    return page.split("/calendar/")[1].split(".ics", maxsplit=1)[0]


def test_meetings_of_assessors_leave_the_calendar_with_the_role(
    house: House, world: World, secret: str, clock: Any, browser_for: Callable[..., Any]
) -> None:
    now: datetime = clock()
    day = london_day(now) + timedelta(days=5)
    called = meetings.Called(day, "14:30", "Behind the market, room 2", "", ["cc-2025:CC5"], [world.assessor])
    with house.database.writing() as db:
        meetings.call(db, id=uuid4(), authority_id=world.authority, called=called, by=world.quality_assurer, now=now)
    assert b"Behind the market" in browser_for().get(f"/calendar/{secret}.ics").data
    with house.database.writing() as db:
        people.end_role(
            db,
            person_id=world.assessor,
            organisation_id=world.college,
            role=Role.ASSESSOR,
            by=world.coordinator,
            now=now,
            until=london_day(now) - timedelta(days=1),
        )
    answer = browser_for().get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert b"Behind the market" not in answer.data
    assert b"VEVENT" not in answer.data


def test_a_form_that_was_used_before_never_says_that_there_is_a_place(house: House, world: World, clock: Any) -> None:
    now, once = clock(), uuid4()
    with house.database.writing() as db:
        event = planned(db, world, now)
        for _twice in range(2):  # the same form sent twice is one place
            stands = placing.take(db, once=once, gathering_id=event, needs="", by=world.pa, now=now)
            assert stands is Standing.PLACE
        placing.give_back(db, gathering_id=event, person_id=world.pa, by=world.pa, now=now)
        for person in (world.pa, world.second_pa):  # back in the browser, and sent again; or somebody else's number
            with pytest.raises(Refused, match="Open the event again"):
                placing.take(db, once=once, gathering_id=event, needs="", by=person, now=now)
            assert placing.open_place(db, event, person) is None
        assert placing.taken(db, event) == 0


def test_a_calendar_file_is_not_bent_by_what_an_event_is_called(world: World, house: House, clock: Any) -> None:
    plan = plan_of(clock(), title="Lift\r\nATTENDEE:mailto:a@example.com\r\nX;Y,Z", about="a\r\nBEGIN:VALARM\nb")
    with house.database.writing() as db:
        id = uuid4()
        planning.plan(db, once=id, authority_id=world.authority, plan=plan, by=world.coordinator, now=clock())
        title = planning.own(db, id, world.coordinator, clock()).title
    entry = ical.Entry(
        uid="x@palms", title=title, starts_at=plan.starts_at, ends_at=plan.ends_at, changed_at=clock(),
        place="Here\r\nORGANIZER:x", about=plan.about, address="https://palms.example.com/events/1",
    )  # fmt: skip
    lines = ical.calendar([entry], name="Event\nX-BAD:1").decode().split("\r\n")
    for begins in ("ATTENDEE", "ORGANIZER", "X-BAD", "BEGIN:VALARM"):
        assert not [line for line in lines if line.startswith(begins)]
