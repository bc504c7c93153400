"""Who is no PA or employer any more is nobody's mentor or newcomer; who was kept apart can be matched again."""

from datetime import timedelta
from typing import Any

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.words import NotFound
from lms.core.work import do_all
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.mentors import matching, queries
from lms.programme.mentors.models import Mentor, MentorMatch, MentorRequest
from lms.programme.mentors.words import EndedBy, Kind
from tests.programme.mentors.conftest import ask, offer, pair
from tests.world import World


def end_role(house: House, world: World, clock: Any, person: Any, role: Role, *, where: Any, days: int) -> None:
    with house.database.writing() as db:
        until = london_day(clock()) + timedelta(days=days)
        people.end_role(
            db, person_id=person, organisation_id=where, role=role, by=world.admin, now=clock(), until=until
        )


@pytest.mark.parametrize("whose", ["pa", "second_pa"])
def test_a_pair_ends_the_day_after_the_last_day_of_either(house: House, world: World, clock: Any, whose: str) -> None:
    with house.database.writing() as db:
        new = people.add_person(db, name="Nadia New", email="nadia@example.com", by=None, now=clock())
        here = {"organisation_id": world.authority, "role": Role.PA, "by": None, "now": clock()}
        people.give_role(db, person_id=new, **here)
        match = pair(db, world, clock(), mentor=world.pa, newcomer=new)
    gone = world.pa if whose == "pa" else new
    end_role(house, world, clock, gone, Role.PA, where=world.authority, days=2)
    for days in (0, 2):
        clock.on(days=days)
        do_all(house, now=clock())
        with house.database.reading() as db:
            assert db.get_one(MentorMatch, match).ended_at is None, "the last day counts"
    clock.on(days=1)
    do_all(house, now=clock())
    with house.database.reading() as db:
        row = db.get_one(MentorMatch, match)
        side = EndedBy.MENTOR if whose == "pa" else EndedBy.NEWCOMER
        assert (row.ended_at, row.ended_by) == (clock(), side)
        assert db.get_one(MentorRequest, row.request_id).ended_at is not None
        mentor = db.get_one(Mentor, row.mentor_id)
        assert (mentor.ended_at is not None, mentor.address == "") == (whose == "pa", whose == "pa")
        told = {each.person_id for each in db.query(Notice).filter_by(kind="mentoring_ended")}
        assert told == {world.pa, new}


def test_another_role_of_the_same_kind_keeps_it(house: House, world: World, clock: Any) -> None:
    """A representative who stays an employer elsewhere goes on; one's own request goes on with them."""
    with house.database.writing() as db:
        both = world.representative
        people.give_role(
            db, person_id=both, organisation_id=world.second_employer, role=Role.REPRESENTATIVE, by=None, now=clock()
        )
        mentor = offer(db, world, both, clock(), kind=Kind.EMPLOYER)
        own = ask(db, world, world.employer_person, clock(), kind=Kind.EMPLOYER)
    for where in (world.employer, world.second_employer):
        with house.database.reading() as db:
            assert db.get_one(Mentor, mentor).ended_at is None
        end_role(house, world, clock, both, Role.REPRESENTATIVE, where=where, days=0)
        clock.on(days=1)
        do_all(house, now=clock())
    with house.database.reading() as db:
        assert db.get_one(Mentor, mentor).ended_at is not None
        assert db.get_one(MentorRequest, own).ended_at is None


def test_people_kept_apart_can_be_matched_again(house: House, world: World, clock: Any) -> None:
    here: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": clock()}
    with house.database.writing() as db:
        matching.keep_apart(db, one=world.pa, other=world.employer_person, **here)
        (apart,) = queries.apart_in(db, world.authority)
        assert {apart.one.name, apart.other.name} == {"Pat Morgan", "Amina Yusuf"}
    both = {"one": world.employer_person, "other": world.pa}
    elsewhere = {"authority_id": world.other_authority, "by": world.other_coordinator, "now": clock()}
    with house.database.writing() as db, pytest.raises(NotFound):
        matching.keep_apart_no_more(db, **both, **elsewhere)
    with house.database.writing() as db, pytest.raises(NotFound):
        matching.keep_apart_no_more(db, **both, **{**here, "by": world.pa})
    for _twice in range(2):
        with house.database.writing() as db:
            matching.keep_apart_no_more(db, **both, **here)
    with house.database.reading() as db:
        assert queries.apart_in(db, world.authority) == []
        assert queries.apart_from(db, world.authority, world.pa) == set()
    with house.database.writing() as db:
        matching.keep_apart(db, one=world.employer_person, other=world.pa, **here)
