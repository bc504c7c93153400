"""Pages of events: planned, signed up for, noted, exported and in calendars."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pypdf
import pytest
from icalendar import Calendar
from sqlalchemy import select

from lms.certification.attendance import queries as workshops
from lms.certification.models import Certificate
from lms.core import work
from lms.core.house import House
from lms.core.models import EventRow
from lms.people.models import Person
from lms.programme.gatherings import attending, placing, planning, queries
from lms.programme.gatherings.attending import Noted
from lms.programme.gatherings.models import Gathering, GatheringAttendance
from lms.programme.gatherings.words import Came, Where
from tests.programme.gatherings.conftest import plan_of, planned
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

TYPED = {
    "kind": "workshop",
    "title": "First aid",
    "on": ["5", "12", "2026"],
    "starts": "18:30",
    "ends": "20.00",
    "where": "venue",
    "place": "Rivermere Library",
    "access": ["step_free", "hearing_loop"],
    "capacity": "1",
    "paid": "y",
    "paid_by": "Rivermere Council",
    "open_to": ["pas"],
    "remind": "7, 1",
    "employer": "",
    "group": "",
    "course": "",
}


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_a_coordinator_plans_and_a_pa_signs_up(house: House, world: World, browser_for: BrowserFor) -> None:
    coordinator, pa, second = (browser_for(each) for each in (world.coordinator, world.pa, world.second_pa))
    wrong = coordinator.submit("/desk/events/new", TYPED | {"starts": "half six", "place": ""})
    assert "Enter a time such as 18:30." in text(wrong)
    assert "First aid" in text(wrong)
    assert coordinator.submit("/desk/events/new", TYPED).status_code == 302
    with house.database.reading() as db:
        id = db.scalars(select(Gathering.id)).one()
        assert db.get_one(Gathering, id).starts_at.hour == 18
    for page in ("/desk/events", f"/desk/events/{id}", "/desk/events?show=past"):
        assert "Step-free" in text(coordinator.get(page)) or "Events" in text(coordinator.get(page))
    listed = text(pa.get("/events"))
    assert "First aid" in listed
    assert "Evening or weekend" in listed
    assert "Paid time" in listed
    assert pa.submit(f"/events/{id}", {"needs": "A chair with arms"}).status_code == 302
    assert "You have a place" in text(pa.get(f"/events/{id}"))
    assert "Go on the waiting list" in text(second.get(f"/events/{id}"))
    second.submit(f"/events/{id}")
    assert "You are next" in text(second.get(f"/events/{id}"))
    assert "A chair with arms" in text(coordinator.get(f"/desk/events/{id}"))
    assert "A chair with arms" not in text(second.get(f"/events/{id}"))
    assert "Pat Morgan" not in text(second.get(f"/events/{id}"))
    assert "You have a place: First aid" in text(pa.get("/"))
    assert "Pat Morgan" in text(coordinator.get(f"/desk/events/{id}/people.csv"))
    assert coordinator.get(f"/desk/events/{id}/people.xlsx").status_code == 200
    assert pa.submit(f"/events/{id}/give-back", to=f"/events/{id}/give-back").status_code in {302, 405}
    assert pa.post(f"/events/{id}/give-back").status_code == 302
    assert "You have a place" in text(second.get(f"/events/{id}"))
    assert coordinator.submit(f"/desk/events/{id}/copy", {"on": ["6", "12", "2026"]}).status_code == 302
    assert coordinator.submit(f"/desk/events/{id}/change", TYPED | {"ends": "20:30"}).status_code == 302
    assert coordinator.submit(f"/desk/events/{id}/call-off", {"why": "Flood"}).status_code == 302
    assert "called off" in text(second.get(f"/events/{id}"))
    assert "Sam Okoro" in text(coordinator.get("/desk/events/" + str(id)))


def test_who_was_there_by_list_and_by_code_and_its_certificates(
    house: House, world: World, browser_for: BrowserFor, clock: Any, now: datetime
) -> None:
    with house.database.writing() as db:
        id = planned(db, world, now, capacity=2)
        for person in (world.pa, world.second_pa):
            placing.take(db, once=uuid4(), gathering_id=id, needs="", by=person, now=now)
    coordinator, pa = browser_for(world.coordinator), browser_for(world.pa)
    early = coordinator.post(f"/desk/events/{id}/code", follow_redirects=True)
    assert "A code can be shown from half an hour" in text(early)
    clock.on(days=10, minutes=5)
    coordinator, pa = browser_for(world.coordinator), browser_for(world.pa)
    coordinator.post(f"/desk/events/{id}/code")
    with house.database.reading() as db:
        shown = attending.code_now(db, id, clock.now)
        assert shown is not None
        code = shown.code
    assert code in text(coordinator.get(f"/desk/events/{id}"))
    assert "does not count" in text(pa.submit(f"/events/{id}/here", {"code": "AAAAA" if code != "AAAAA" else "BBBBB"}))
    assert pa.submit(f"/events/{id}/here", {"code": code.lower()}).status_code == 302
    assert "Noted: There" in text(pa.get(f"/events/{id}"))
    noted = {f"came-{world.pa}": "late", f"came-{world.second_pa}": "absent", f"why-{world.second_pa}": "Bus"}
    for _twice in range(2):
        assert coordinator.submit(f"/desk/events/{id}/attendance", noted).status_code == 302
    with house.database.reading() as db:
        rows = db.execute(
            select(GatheringAttendance.person_id, GatheringAttendance.came).order_by(GatheringAttendance.number)
        ).all()
        assert [came for person_id, came in rows if person_id == world.pa] == [Came.PRESENT, Came.LATE]
        assert [came for person_id, came in rows if person_id == world.second_pa] == [Came.ABSENT]
        kinds = db.scalars(select(EventRow.kind).where(EventRow.kind.like("Gathering%"))).all()
        assert kinds.count("GatheringMissed") == 1
    assert "Certificates are made once" in text(
        coordinator.post(f"/desk/events/{id}/certificates", follow_redirects=True)
    )
    clock.on(hours=3)
    coordinator = browser_for(world.coordinator)
    for _twice in range(2):
        assert coordinator.post(f"/desk/events/{id}/certificates").status_code == 302
    with house.database.reading() as db:
        assert [each.person_id for each in workshops.present(db, id)] == [world.pa]
    assert "Moving and handling" in text(coordinator.get(f"/certificates/workshops/{id}"))
    assert "Was at an event" in text(coordinator.get(f"/desk/people/{world.pa}"))
    coordinator.submit(f"/certificates/workshops/{id}/issue")
    work.do_all(house, now=clock.now)
    with house.database.reading() as db:
        (made,) = db.scalars(select(Certificate).where(Certificate.kind == "attendance"))
    pa = browser_for(world.pa)
    paper = pypdf.PdfReader(io.BytesIO(pa.get(f"/certificates/{made.id}/pdf").data)).pages[0].extract_text()
    words = " ".join(paper.split())
    for said in (
        "Awarded to Pat Morgan for being at the workshop Moving and handling",
        "Held on 1 December 2026 Hours 2",
        "It says nothing about what the holder knows or can do.",
        f"Number {made.number}",
    ):
        assert said in words
    assert browser_for(world.second_pa).get(f"/certificates/{made.id}/pdf").status_code == 404


def address_of(page: str) -> str:
    return page.split("/calendar/")[1].split(".ics", maxsplit=1)[0]


def test_a_calendar_has_ones_own_events_and_nobodys_name(
    house: House, world: World, browser_for: BrowserFor, now: datetime
) -> None:
    with house.database.writing() as db:
        venue = planned(db, world, now, capacity=1)
        home = planned(
            db, world, now, title="Tea and talk", open_to=frozenset(), where=Where.HOME, employer_id=world.employer
        )
        placing.take(db, once=uuid4(), gathering_id=venue, needs="Ramp", by=world.pa, now=now)
        placing.take(db, once=uuid4(), gathering_id=venue, needs="", by=world.second_pa, now=now)
        placing.give(db, gathering_id=home, person_ids=[world.pa], by=world.coordinator, now=now)
    pa, nobody = browser_for(world.pa), browser_for()
    first = address_of(text(pa.post("/events/calendar")))
    answer = nobody.get(f"/calendar/{first}.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(answer.get_data())
    assert not read.errors
    found = {str(each["summary"]): each for each in read.walk("VEVENT")}
    assert set(found) == {"Moving and handling", "Tea and talk"}
    with house.database.reading() as db:
        assert found["Moving and handling"]["dtstart"].dt == db.get_one(Gathering, venue).starts_at
    assert str(found["Tea and talk"]["location"]) == "At the home of your employer"
    for name in ("Amina", "Yusuf", "Okoro", "Morgan", "Cora", "Ramp"):
        assert name not in text(answer)
    etag = answer.headers["ETag"]
    assert nobody.get(f"/calendar/{first}.ics", headers={"If-None-Match": etag}).status_code == 304
    waiting = text(browser_for(world.second_pa).get(f"/events/{venue}.ics"))
    assert "STATUS:TENTATIVE" in waiting
    second = address_of(text(pa.post("/events/calendar")))
    assert nobody.get(f"/calendar/{first}.ics").status_code == 404
    assert nobody.get(f"/calendar/{second}.ics").status_code == 200
    assert second not in text(pa.get("/events/calendar"))
    with house.database.writing() as db:
        moved = plan_of(now, starts_at=now + timedelta(days=12), capacity=1)
        planning.change(db, gathering_id=venue, plan=moved, by=world.coordinator, now=now)
        planning.cancel(db, gathering_id=home, why="", by=world.coordinator, now=now)
    again = nobody.get(f"/calendar/{second}.ics", headers={"If-None-Match": etag})
    assert again.status_code == 200
    found = {str(each["summary"]): each for each in Calendar.from_ical(again.get_data()).walk("VEVENT")}
    assert found["Moving and handling"]["sequence"] == 1
    assert str(found["Tea and talk"]["status"]) == "CANCELLED"
    with house.database.writing() as db:
        db.get_one(Person, world.pa).closed_at = now
    assert nobody.get(f"/calendar/{second}.ics").status_code == 404


def test_guessing_addresses_is_slowed_and_an_ended_one_is_dead(world: World, browser_for: BrowserFor) -> None:
    pa, nobody = browser_for(world.pa), browser_for()
    secret = address_of(text(pa.post("/events/calendar")))
    seen = [nobody.get(f"/calendar/{'x' * 40}{number:03}.ics").status_code for number in range(22)]
    assert seen[0] == 404
    assert seen[-1] == 429
    assert nobody.get(f"/calendar/{secret}.ics").status_code == 200
    pa.post("/events/calendar/end")
    assert nobody.get(f"/calendar/{secret}.ics").status_code in {404, 429}


def test_wrong_codes_are_slowed_and_nobody_without_a_place_gets_in(
    house: House, world: World, clock: Any, now: datetime
) -> None:
    with house.database.writing() as db:
        id = planned(db, world, now)
        other = planned(db, world, now, walk_ins=True)
        placing.take(db, once=uuid4(), gathering_id=id, needs="", by=world.pa, now=now)
    began = now + timedelta(days=10, minutes=1)
    with house.database.writing() as db:
        code = attending.open_code(db, gathering_id=id, by=world.coordinator, now=began)
        beside = attending.open_code(db, gathering_id=other, by=world.coordinator, now=began)

        def enter(typed: str, by: UUID, *, at: datetime = began, of: UUID = id) -> str:
            return attending.enter(db, gathering_id=of, typed=typed, by=by, now=at)

        for stranger in (world.second_pa, world.other_pa, world.coordinator, world.employer_person):
            with pytest.raises(Exception, match="event"):
                enter(code, stranger)
        assert enter(code, world.pa, at=began + timedelta(minutes=21)) == "wrong"
        assert [enter("22222", world.pa) for _each in range(5)][-1] == "too_often"
        assert enter(code, world.pa) == "too_often"
        later = began + timedelta(minutes=16)
        assert enter(code, world.pa, at=later) == "wrong" or enter(code, world.pa, at=later) in {"here", "already"}
        assert enter(beside, world.second_pa, of=other) == "here"
        assert enter(beside, world.second_pa, of=other) == "already"
        assert [each.came for each in queries.places(db, other)[0]] == [Came.PRESENT]
        absent = {world.second_pa: Noted(Came.ABSENT, "Left at once")}
        attending.note(db, gathering_id=other, noted=absent, by=world.coordinator, now=later)
        assert enter(beside, world.second_pa, of=other) == "already"
        assert [each.came for each in queries.places(db, other)[0]] == [Came.ABSENT]
