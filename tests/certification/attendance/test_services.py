"""Workshops: recorded once, corrected until the certificates are issued, and one certificate for each who was there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.certification import queries as certificates
from lms.certification.attendance import queries, services
from lms.certification.attendance.issuing import issue_to_all
from lms.certification.attendance.models import Attendance, Workshop
from lms.certification.attendance.rules import Place
from lms.certification.attendance.services import Held
from lms.core import work
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from tests.world import World


def held(now: datetime, **other: Any) -> Held:
    return Held(**{"title": "Moving well", "on": london_day(now), "minutes": 150, "place": Place.IN_PERSON, **other})


def recorded(db: Db, world: World, now: datetime, **other: Any) -> UUID:
    id = uuid4()
    services.record_workshop(
        db, id=id, authority_id=world.authority, held=held(now, **other), by=world.coordinator, now=now
    )
    return id


def attended(db: Db, workshop: UUID, world: World, now: datetime, *people: UUID) -> tuple[UUID, ...]:
    return services.note_attendance(db, workshop_id=workshop, people_ids=people, by=world.coordinator, now=now)


def issue(house: House, workshop: UUID, world: World, now: datetime) -> UUID | None:
    with house.database.writing() as db:
        view = queries.workshop(db, workshop, [world.authority])
        batch = issue_to_all(db, id=uuid4(), workshop=view, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    return batch


def events(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).where(EventRow.kind == kind)) or 0


def test_the_same_form_twice_is_one_workshop(db: Db, world: World, now: datetime) -> None:
    once = uuid4()
    for _ in range(2):
        services.record_workshop(
            db, id=once, authority_id=world.authority, held=held(now), by=world.coordinator, now=now
        )
    assert db.scalar(select(func.count()).select_from(Workshop)) == 1
    assert events(db, "WorkshopRecorded") == 1


@pytest.mark.parametrize(
    "wrong", [{"title": " \u200f "}, {"title": "x" * 161}, {"led_by": "x" * 121}, {"days": 1}, {"days": -2000}], ids=str
)
def test_what_cannot_be_recorded_is_refused(db: Db, world: World, now: datetime, wrong: dict[str, Any]) -> None:
    if "days" in wrong:
        wrong = {"on": london_day(now) + timedelta(days=wrong["days"])}
    with pytest.raises(Refused):
        recorded(db, world, now, **wrong)


def test_somebody_is_on_the_list_once_and_can_be_taken_off(db: Db, world: World, now: datetime) -> None:
    workshop = recorded(db, world, now)
    assert set(attended(db, workshop, world, now, world.pa, world.second_pa)) == {world.pa, world.second_pa}
    assert attended(db, workshop, world, now, world.pa) == ()
    line = next(each for each in queries.present(db, workshop) if each.person_id == world.pa)
    for _ in range(2):
        services.take_back(db, workshop_id=workshop, attendance_id=line.id, by=world.coordinator, now=now)
    assert [each.person_id for each in queries.present(db, workshop)] == [world.second_pa]
    assert (events(db, "AttendanceNoted"), events(db, "AttendanceTakenBack")) == (2, 1)


def test_only_pas_of_the_authority_can_be_on_its_list(db: Db, world: World, now: datetime) -> None:
    workshop = recorded(db, world, now)
    for nobody in (world.other_pa, world.coordinator, uuid4()):
        with pytest.raises(NotFound):
            attended(db, workshop, world, now, world.pa, nobody)
    assert queries.present(db, workshop) == []


def test_each_who_was_there_gets_one_certificate_that_says_so(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        workshop = recorded(db, world, now, led_by="Rivermere College")
        attended(db, workshop, world, now, world.pa, world.second_pa)
    assert issue(house, workshop, world, now) is not None
    with house.database.reading() as db:
        for person in (world.pa, world.second_pa):
            (found,) = certificates.certificates_of(db, person)
            assert (found.kind, found.code) == ("attendance", "WORKSHOP")
            said = " ".join(f"{fact['label']} {fact['text']}" for fact in found.shown)
            assert "Moving well" in said
            assert "21 November 2026" in said
            assert "Rivermere College" in said
            assert found.pdf_ready


def test_issued_twice_nobody_has_two_and_who_was_forgotten_gets_theirs_later(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        workshop = recorded(db, world, now)
        attended(db, workshop, world, now, world.pa)
    issue(house, workshop, world, now)
    assert issue(house, workshop, world, now) is None
    with house.database.writing() as db:
        attended(db, workshop, world, now, world.second_pa)
    assert issue(house, workshop, world, now) is not None
    with house.database.reading() as db:
        assert len(certificates.certificates_of(db, world.pa)) == 1
        assert len(certificates.certificates_of(db, world.second_pa)) == 1


def test_two_workshops_give_two_certificates(house: House, world: World, now: datetime) -> None:
    for title in ("Moving well", "Eating well"):
        with house.database.writing() as db:
            workshop = recorded(db, world, now, title=title)
            attended(db, workshop, world, now, world.pa)
        issue(house, workshop, world, now)
    with house.database.reading() as db:
        assert len(certificates.certificates_of(db, world.pa)) == 2


def test_from_the_first_certificate_on_the_workshop_stays_as_it_is(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        workshop = recorded(db, world, now)
        with pytest.raises(Refused, match="Nobody"):
            services.settle(db, workshop_id=workshop, by=world.coordinator, now=now)
        attended(db, workshop, world, now, world.pa)
        services.correct_workshop(
            db, workshop_id=workshop, held=held(now, title="Moving better"), by=world.coordinator, now=now
        )
    issue(house, workshop, world, now)
    with house.database.writing() as db:
        (line,) = queries.present(db, workshop)
        with pytest.raises(Refused, match="stays"):
            services.correct_workshop(db, workshop_id=workshop, held=held(now), by=world.coordinator, now=now)
        with pytest.raises(Refused, match="Withdraw"):
            services.take_back(db, workshop_id=workshop, attendance_id=line.id, by=world.coordinator, now=now)
        assert queries.workshop(db, workshop, [world.authority]).title == "Moving better"
        assert db.scalar(select(func.count()).select_from(Attendance)) == 1


def _do(db: Db, what: str, workshop: UUID, by: UUID, now: datetime) -> None:
    doings: dict[str, Callable[[], object]] = {
        "correct": lambda: services.correct_workshop(db, workshop_id=workshop, held=held(now), by=by, now=now),
        "note": lambda: services.note_attendance(db, workshop_id=workshop, people_ids=[], by=by, now=now),
        "take": lambda: services.take_back(db, workshop_id=workshop, attendance_id=uuid4(), by=by, now=now),
        "settle": lambda: services.settle(db, workshop_id=workshop, by=by, now=now),
    }
    doings[what]()


@pytest.mark.parametrize("what", ["correct", "note", "take", "settle"])
def test_nobody_from_elsewhere_touches_it(db: Db, world: World, now: datetime, what: str) -> None:
    workshop = recorded(db, world, now)
    for stranger in (world.other_coordinator, world.pa, world.admin):
        with pytest.raises(NotFound):
            _do(db, what, workshop, stranger, now)
    with pytest.raises(NotFound):
        queries.workshop(db, workshop, [world.other_authority])
