"""Places: who has one, who waits, who is next, and what happens when things change under people."""

import threading
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.gatherings import placing, planning, queries, sweeping
from lms.programme.gatherings.models import Gathering, GatheringPlace, GatheringReminder
from lms.programme.gatherings.words import Gone, Open, Standing, Where
from tests.programme.gatherings.conftest import more_pas, plan_of, planned, told
from tests.world import World


def take(db: Db, id: UUID, person: UUID, now: datetime, needs: str = "") -> Standing:
    return placing.take(db, once=uuid4(), gathering_id=id, needs=needs, by=person, now=now)


def test_the_next_who_waits_gets_a_place_that_is_given_back(db: Db, world: World, now: datetime) -> None:
    id = planned(db, world, now, capacity=1)
    third = more_pas(db, world, now, 1)[0]
    assert take(db, id, world.pa, now) is Standing.PLACE
    assert take(db, id, world.second_pa, now) is Standing.WAITING
    assert take(db, id, third, now) is Standing.WAITING
    assert take(db, id, world.second_pa, now) is Standing.WAITING
    assert queries.one_for(db, id, third, now).before == 1
    assert placing.give_back(db, gathering_id=id, person_id=world.pa, by=world.pa, now=now)
    assert not placing.give_back(db, gathering_id=id, person_id=world.pa, by=world.pa, now=now)
    assert told(db, "gathering_moved_up") == [world.second_pa]
    assert told(db, "gathering_gone") == []
    stands = {each.person_id: each.standing for each in queries.places(db, id)[0]}
    assert stands == {world.second_pa: Standing.PLACE, third: Standing.WAITING}


def test_a_larger_room_lets_people_move_up_and_a_smaller_one_takes_nobodys_place(
    db: Db, world: World, now: datetime
) -> None:
    id = planned(db, world, now, capacity=2)
    guests = more_pas(db, world, now, 4)
    stands = [take(db, id, each, now) for each in guests]
    assert stands == [Standing.PLACE] * 2 + [Standing.WAITING] * 2
    small = plan_of(now, capacity=1)
    assert not planning.change(db, gathering_id=id, plan=small, by=world.coordinator, now=now)
    found = queries.gathering(db, id, [world.authority])
    assert (found.taken, found.free, found.over) == (2, 0, 1)
    placing.give_back(db, gathering_id=id, person_id=guests[0], by=guests[0], now=now)
    assert told(db, "gathering_moved_up") == []
    planning.change(db, gathering_id=id, plan=plan_of(now, capacity=None), by=world.coordinator, now=now)
    assert sorted(map(str, told(db, "gathering_moved_up"))) == sorted(map(str, guests[2:]))


def test_two_who_want_the_last_place_do_not_both_get_it(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        id = planned(db, world, now, capacity=3)
        guests = more_pas(db, world, now, 8)
    stands: list[Standing] = []
    ready = threading.Barrier(len(guests))

    def sign_up(person: UUID) -> None:
        ready.wait()
        with house.database.writing() as unit:
            stands.append(take(unit, id, person, now))

    threads = [threading.Thread(target=sign_up, args=(each,)) for each in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(stands) == [Standing.PLACE] * 3 + [Standing.WAITING] * 5
    with house.database.reading() as db:
        assert placing.taken(db, id) == 3


def test_who_leaves_the_council_makes_room(db: Db, world: World, now: datetime) -> None:
    soon, late = planned(db, world, now, starts_at=now + timedelta(days=2)), planned(db, world, now, capacity=1)
    for id in (soon, late):
        take(db, id, world.pa, now)
    take(db, late, world.second_pa, now)
    people.end_role(
        db,
        person_id=world.pa,
        organisation_id=world.authority,
        role=Role.PA,
        by=world.admin,
        now=now,
        until=london_day(now) + timedelta(days=5),
    )
    assert [each.person_id for each in queries.places(db, late)[0]] == [world.second_pa]
    assert told(db, "gathering_moved_up") == [world.second_pa]
    assert [each.person_id for each in queries.places(db, soon)[0]] == [world.pa]
    assert db.scalars(select(GatheringPlace.ended).where(GatheringPlace.ended_at.is_not(None))).all() == [
        Gone.ROLE_ENDED
    ]


@pytest.mark.parametrize(
    ("open_to", "may"),
    [
        ({Open.PAS}, {"pa", "second_pa"}),
        ({Open.EMPLOYERS}, {"employer_person", "second_employer_person", "representative"}),
        ({Open.ASSESSORS}, {"assessor"}),
        (set(), set()),
    ],
)
def test_only_those_it_is_open_to_sign_up(
    db: Db, world: World, now: datetime, open_to: set[Open], may: set[str]
) -> None:
    id = planned(db, world, now, open_to=frozenset(open_to))
    names = ("pa", "second_pa", "other_pa", "employer_person", "second_employer_person", "other_employer_person")
    found = set()
    for name in (*names, "representative", "assessor", "other_assessor", "coordinator", "other_coordinator"):
        person = getattr(world, name)
        try:
            take(db, id, person, now)
        except NotFound:
            with pytest.raises(NotFound):
                queries.one_for(db, id, person, now)
            assert id not in {each.event.id for each in queries.for_person(db, person, now)}
        else:
            found.add(name)
    assert found == may


def test_a_coordinator_gives_places_to_people_of_the_council_alone(db: Db, world: World, now: datetime) -> None:
    id = planned(db, world, now, open_to=frozenset(), where=Where.HOME, place="", employer_id=world.employer)
    mine = [world.pa, world.employer_person]
    assert placing.give(db, gathering_id=id, person_ids=mine, by=world.coordinator, now=now) == 2
    assert placing.give(db, gathering_id=id, person_ids=mine, by=world.coordinator, now=now) == 0
    assert set(told(db, "gathering_given")) == set(mine)
    with pytest.raises(NotFound):
        placing.give(db, gathering_id=id, person_ids=[world.other_pa], by=world.coordinator, now=now)
    row = db.get_one(Gathering, id)
    assert (row.place, row.link, row.employer_id) == ("", "", world.employer)


def test_of_a_home_no_address_is_kept_and_nobody_signs_up(db: Db, world: World, now: datetime) -> None:
    home = {"where": Where.HOME, "employer_id": world.employer}
    with pytest.raises(Refused, match="Nobody can sign up"):
        planned(db, world, now, **home)
    id = planned(db, world, now, open_to=frozenset(), link="https://x.example.com", **home)
    row = db.get_one(Gathering, id)
    assert (row.place, row.link) == ("", "")
    with pytest.raises(NotFound):
        planned(db, world, now, open_to=frozenset(), where=Where.HOME, employer_id=world.other_employer)


def test_everybody_is_told_once_when_it_moves_or_is_off(db: Db, world: World, now: datetime) -> None:
    id = planned(db, world, now, capacity=1)
    take(db, id, world.pa, now)
    take(db, id, world.second_pa, now)
    moved = plan_of(now, starts_at=now + timedelta(days=11), capacity=1)
    assert planning.change(db, gathering_id=id, plan=moved, by=world.coordinator, now=now)
    assert not planning.change(db, gathering_id=id, plan=moved, by=world.coordinator, now=now)
    assert set(told(db, "gathering_changed")) == {world.pa, world.second_pa}
    for _twice in range(2):
        planning.cancel(db, gathering_id=id, why="The hall is flooded", by=world.coordinator, now=now)
    assert sorted(map(str, told(db, "gathering_cancelled"))) == sorted(map(str, [world.pa, world.second_pa]))
    with pytest.raises(Refused, match="called off"):
        take(db, id, world.pa, now)
    with pytest.raises(Refused, match="called off"):
        planning.change(db, gathering_id=id, plan=plan_of(now), by=world.coordinator, now=now)
    placing.give_back(db, gathering_id=id, person_id=world.pa, by=world.pa, now=now)
    assert told(db, "gathering_moved_up") == []


def test_nobody_signs_up_or_gives_back_once_it_began(db: Db, world: World, now: datetime) -> None:
    id = planned(db, world, now)
    take(db, id, world.pa, now)
    began = now + timedelta(days=10)
    with pytest.raises(Refused, match="has begun"):
        take(db, id, world.second_pa, began)
    with pytest.raises(Refused, match="has begun"):
        placing.give_back(db, gathering_id=id, person_id=world.pa, by=world.pa, now=began)
    with pytest.raises(Refused, match="has begun"):
        planning.cancel(db, gathering_id=id, why="", by=world.coordinator, now=began)


def test_reminders_go_once_to_those_with_a_place_and_none_after_it_is_off(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        id = planned(db, world, now, capacity=1)
        take(db, id, world.pa, now)
        take(db, id, world.second_pa, now)
    days = [0, 2.8, 3, 3, 5, 8.8]
    assert [sweeping.remind(house, now + timedelta(days=each)) for each in days] == [0, 0, 1, 0, 0, 0]
    with house.database.writing() as db:
        planning.cancel(db, gathering_id=id, why="", by=world.coordinator, now=now + timedelta(days=8))
    assert sweeping.remind(house, now + timedelta(days=9, hours=1)) == 0
    with house.database.reading() as db:
        assert told(db, "gathering_comes_up") == [world.pa]
        assert db.scalar(select(func.count()).select_from(GatheringReminder)) == 1


def test_when_reminders_come_the_gone_make_room(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        id = planned(db, world, now, capacity=1)
        take(db, id, world.pa, now)
        take(db, id, world.second_pa, now)
        from lms.people.models import Person

        db.get_one(Person, world.pa).closed_at = now
    sweeping.remind(house, now + timedelta(days=4))
    with house.database.reading() as db:
        assert told(db, "gathering_comes_up") == []
        assert told(db, "gathering_moved_up") == [world.second_pa]
    assert sweeping.remind(house, now + timedelta(days=9, hours=1)) == 1
