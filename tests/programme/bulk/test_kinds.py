"""Each kind of work on many: who is affected and who not, what came of it, and taking it back where that can be."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment.loads import running_among
from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.among import known_among
from lms.people.areas import queries as areas
from lms.people.areas import services as giving
from lms.people.models import Invitation
from lms.people.rules import Role
from lms.programme.bulk import services
from lms.programme.bulk.words import Fate, What
from lms.programme.groups import queries as groups
from lms.programme.groups import services as grouping
from lms.programme.groups.services import About
from tests.programme.bulk.conftest import another, enrolled, fates, looked, started, whys
from tests.world import World


def _people(*ids: UUID) -> dict[str, Any]:
    return {"people": [str(id) for id in ids]}


def _taken_back(house: House, world: World, id: UUID, now: datetime) -> UUID:
    back = uuid4()
    with house.database.writing() as db:
        services.take_back(db, id=back, work_id=id, title="Back", by=world.coordinator, now=now)
    work.do_all(house, now=now)
    started(house, world, back, now)
    return back


def _area(house: House, world: World, code: str, now: datetime) -> UUID:
    id = uuid4()
    with house.database.writing() as db:
        giving.add_area(
            db, id=id, authority_id=world.authority, code=code, name=f"Area {code}", name_cy="",
            by=world.coordinator, now=now,
        )  # fmt: skip
    return id


def test_people_get_an_area_and_those_before_get_theirs_back(house: House, world: World, now: datetime) -> None:
    north, south = _area(house, world, "N", now), _area(house, world, "S", now)
    with house.database.writing() as db:
        third = another(db, world, "Third Person", now)
        before = {world.pa: south, third: north}
        giving.give_areas(db, authority_id=world.authority, areas=before, by=world.coordinator, now=now)
    asked = _people(world.pa, world.second_pa, third)
    id = looked(house, world, What.AREA, asked, now, area=str(north))
    assert fates(house, id) == {world.pa: Fate.WILL, world.second_pa: Fate.WILL, third: Fate.WONT}
    started(house, world, id, now)
    everybody = [world.pa, world.second_pa, third]
    with house.database.reading() as db:
        assert areas.area_of_people(db, world.authority, everybody) == dict.fromkeys(everybody, north)
    with house.database.writing() as db:  # somebody says something else meanwhile, and that stays
        giving.give_areas(
            db, authority_id=world.authority, areas={world.second_pa: south}, by=world.coordinator, now=now
        )
    _taken_back(house, world, id, now)
    with house.database.reading() as db:
        held = areas.area_of_people(db, world.authority, everybody)
        assert held == {world.pa: south, world.second_pa: south, third: north}


def test_people_move_from_one_group_to_another(house: House, world: World, now: datetime) -> None:
    on_course, old, new = enrolled(house, world, now, world.pa, world.second_pa), uuid4(), uuid4()
    coordinator: dict[str, Any] = {"by": world.coordinator, "now": now}
    with house.database.writing() as db:
        for id in (old, new):
            about = About(str(id), "PAI", london_day(now))
            grouping.make_group(db, once=id, authority_id=world.authority, about=about, **coordinator)
        first = [on_course[world.pa]]
        grouping.add_members(db, group_id=old, enrolment_ids=first, since=london_day(now), **coordinator)
        third = another(db, world, "Not On It", now)
    asked = _people(world.pa, world.second_pa, third)
    id = looked(house, world, What.GROUP, asked, now, group=str(new), out_of=str(old))
    assert fates(house, id) == {world.pa: Fate.WILL, world.second_pa: Fate.WILL, third: Fate.WONT}
    started(house, world, id, now)
    with house.database.reading() as db:
        assert groups.people_in(db, new) == {world.pa, world.second_pa}
        assert groups.people_in(db, old) == frozenset()
    _taken_back(house, world, id, now)
    with house.database.reading() as db:
        assert groups.people_in(db, new) == frozenset()


def test_learners_are_shared_out_and_their_assessor_stays_longer(house: House, world: World, now: datetime) -> None:
    on_course, today = enrolled(house, world, now, world.pa, world.second_pa), london_day(now)
    asked, soon, later = _people(world.pa, world.second_pa), today + timedelta(30), today + timedelta(90)
    given = {"assessors": [str(world.assessor)], "most": 1, "until": soon.isoformat()}
    id = looked(house, world, What.ALLOCATE, asked, now, **given)
    assert sorted(fates(house, id).values()) == [Fate.WILL, Fate.WONT]  # nobody has more than was said
    id = looked(house, world, What.ALLOCATE, asked, now, **{**given, "most": None})
    started(house, world, id, now)
    assert _last_days(house, on_course, today) == {(each, world.assessor, soon) for each in on_course.values()}
    longer = looked(house, world, What.EXTEND, asked, now, until=later.isoformat())
    started(house, world, longer, now)
    ends = {(enrolment, until) for enrolment, _assessor, until in _last_days(house, on_course, today)}
    assert {(each, later) for each in on_course.values()} <= ends
    again = looked(house, world, What.EXTEND, asked, now, until=later.isoformat())
    assert set(fates(house, again).values()) == {Fate.WONT}
    back = _taken_back(house, world, id, now)
    assert set(fates(house, back).values()) == {Fate.DONE}


def _last_days(house: House, on_course: dict[UUID, UUID], on: date) -> set[tuple[UUID, UUID, date | None]]:
    with house.database.reading() as db:
        found = running_among(db, list(on_course.values()), on)
        return {(each.enrolment_id, each.assessor_id, each.until) for each in found}


def test_a_role_that_ends_lasts_longer(house: House, world: World, now: datetime) -> None:
    today = london_day(now)
    soon, later = today + timedelta(10), today + timedelta(100)
    with house.database.writing() as db:
        ends = people.add_person(db, name="Ends Soon", email="ends@example.com", by=None, now=now)
        people.give_role(
            db, person_id=ends, organisation_id=world.authority, role=Role.PA, by=None, now=now, until=soon
        )
    id = looked(house, world, What.PROLONG, _people(ends, world.pa), now, until=later.isoformat())
    assert fates(house, id) == {ends: Fate.WILL, world.pa: Fate.WONT}
    started(house, world, id, now)
    with house.database.reading() as db:
        assert known_among(db, world.authority, [ends], today)[ends].until == later
        assert known_among(db, world.authority, [ends], later)[ends].pa_now


def test_those_without_a_way_in_are_invited_once(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        known = another(db, world, "Known Person", now, email="known@example.com")
        silent = people.add_person(db, name="No Mail", email=None, by=None, now=now, username="no.mail")
        people.give_role(db, person_id=silent, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    pasted = {"pasted": "known@example.com\nNew One <new.one@example.com>\nno.mail\nnobody@example.com"}
    id = looked(house, world, What.INVITE, pasted, now, course="PAI")
    stands = fates(house, id)
    assert stands[known] is Fate.WILL
    assert stands["New One <new.one@example.com>"] is Fate.WILL
    assert "passphrase" in whys(house, id)[silent]
    assert stands["nobody@example.com"] is Fate.WONT
    started(house, world, id, now)
    with house.database.reading() as db:
        asked = select(Invitation.email, Invitation.course).order_by(Invitation.email)
        assert [tuple(row) for row in db.execute(asked)] == [
            ("known@example.com", "PAI"),
            ("new.one@example.com", "PAI"),
        ]
    again = looked(house, world, What.INVITE, pasted, now, course="PAI")
    assert Fate.WILL not in fates(house, again).values()
