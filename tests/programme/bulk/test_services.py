"""What is done for many: looked at, confirmed, carried out, judged again, stopped, taken back; on both databases."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import leaving
from lms.learning import queries as learning
from lms.learning import services as learning_services
from lms.people import services as people_services
from lms.people.rules import Role
from lms.programme.bulk import services, sweeping, working
from lms.programme.bulk.models import BulkWork
from lms.programme.bulk.rules import TURN
from lms.programme.bulk.words import Fate, State, What
from tests.programme.bulk.conftest import another, begun, enrolled, fates, looked, started, state, whys
from tests.world import World


def people(world: World, *more: UUID) -> dict[str, list[str]]:
    return {"people": [str(each) for each in (world.pa, world.second_pa, *more)]}


def test_who_is_on_the_course_already_is_not_affected_and_the_others_are_enrolled_once(
    house: House, world: World, now: datetime
) -> None:
    enrolled(house, world, now, world.pa)
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    assert state(house, id) is State.READY
    assert fates(house, id) == {world.pa: Fate.WONT, world.second_pa: Fate.WILL}
    with house.database.reading() as db:
        assert learning.enrolments_of(db, world.second_pa) == []  # nothing is done by looking
    started(house, world, id, now)
    started(house, world, id, now)
    assert state(house, id) is State.DONE
    assert fates(house, id) == {world.pa: Fate.WONT, world.second_pa: Fate.DONE}
    with house.database.reading() as db:
        assert [each.course for each in learning.enrolments_of(db, world.second_pa)] == ["PAI"]
        told = db.scalars(select(EventRow).where(EventRow.about == world.second_pa).order_by(EventRow.id)).all()
        kinds = {row.kind: row for row in told}
        assert kinds["LearnerEnrolled"].by == kinds["DoneAmongMany"].by == world.coordinator
        assert kinds["DoneAmongMany"].data["work_id"] == str(id)


def test_each_is_judged_again_when_their_turn_comes_and_what_changed_is_said(
    house: House, world: World, now: datetime
) -> None:
    on = enrolled(house, world, now, world.pa, world.second_pa)
    id = looked(house, world, What.LEAVE, {"enrolments": [str(each) for each in on.values()]}, now)
    with house.database.writing() as db:
        leaving.leave(db, enrolment_id=on[world.pa], by=world.coordinator, now=now)
    started(house, world, id, now)
    assert fates(house, id) == {world.pa: Fate.CHANGED, world.second_pa: Fate.DONE}
    assert whys(house, id)[world.pa] == "Has left the course already."


def test_a_person_of_another_authority_slipped_in_is_left_out(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        theirs = learning_services.enrol(
            db,
            learner_id=world.other_pa,
            authority_id=world.other_authority,
            course="PAI",
            by=world.other_coordinator,
            now=now,
        )
    id = looked(house, world, What.ENROL, people(world, world.other_pa, uuid4()), now, course="PAI")
    assert set(fates(house, id)) == {world.pa, world.second_pa}
    id = looked(house, world, What.LEAVE, {"enrolments": [str(theirs)]}, now)
    assert fates(house, id) == {}
    with house.database.reading() as db:
        assert db.get_one(BulkWork, id).left_out == 1
        assert not learning.enrolment(db, theirs).ended


def test_only_who_coordinates_the_authority_begins_starts_and_stops(house: House, world: World, now: datetime) -> None:
    for stranger in (world.other_coordinator, world.pa, world.admin):
        with pytest.raises(NotFound):
            begun(house, world, What.ENROL, people(world), now, by=stranger, course="PAI")
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    for act in (services.start, services.stop, services.close, services.look_again, services.try_again):
        with pytest.raises(NotFound), house.database.writing() as db:
            act(db, work_id=id, by=world.other_coordinator, now=now)
    assert state(house, id) is State.READY


def test_a_work_stops_and_goes_on_where_it_was(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        more = [another(db, world, f"Pa {number}", now) for number in range(10)]
    id = looked(house, world, What.ENROL, people(world, *more), now, course="PAI")
    started(house, world, id, now, work_off=False)
    assert working.do_next(house, id, 1, now)
    with house.database.writing() as db:
        services.stop(db, work_id=id, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    assert Counter(fates(house, id).values()) == {Fate.DONE: TURN, Fate.WILL: 12 - TURN}
    started(house, world, id, now)
    assert Counter(fates(house, id).values()) == {Fate.DONE: 12}
    assert state(house, id) is State.DONE
    with house.database.reading() as db:
        told = db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == "LearnerEnrolled"))
    assert told == 12


def test_a_worker_that_is_killed_in_a_turn_leaves_whole_lines_and_another_goes_on(
    house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    started(house, world, id, now, work_off=False)
    told = working._tell
    calls: list[int] = []

    def killed(*args: Any) -> None:
        told(*args)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(working, "_tell", killed)
    with pytest.raises(KeyboardInterrupt):
        working.do_next(house, id, 1, now)
    monkeypatch.undo()
    assert set(fates(house, id).values()) == {Fate.WILL}
    with house.database.reading() as db:
        assert learning.enrolments_of(db, world.pa) == []
    work.do_all(house, now=now + timedelta(minutes=6))
    assert set(fates(house, id).values()) == {Fate.DONE}
    with house.database.reading() as db:
        assert len(learning.enrolments_of(db, world.pa)) == 1


def test_one_record_that_is_wrong_stops_nobody_else_and_can_be_tried_again(
    house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    enrol = learning_services.enrol

    def breaks(db: Any, *, learner_id: UUID, **more: Any) -> UUID:
        if learner_id == world.pa:
            raise ValueError("Pat Morgan")
        return enrol(db, learner_id=learner_id, **more)

    monkeypatch.setattr(learning_services, "enrol", breaks)
    started(house, world, id, now)
    assert fates(house, id) == {world.pa: Fate.FAILED, world.second_pa: Fate.DONE}
    assert "Pat Morgan" not in str(whys(house, id))
    monkeypatch.undo()
    with house.database.writing() as db:
        services.try_again(db, work_id=id, by=world.coordinator, now=now)
    work.do_all(house, now=now)
    assert set(fates(house, id).values()) == {Fate.DONE}


def test_it_stops_by_itself_when_whoever_started_it_is_no_coordinator_any_more(
    house: House, world: World, now: datetime
) -> None:
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    started(house, world, id, now, work_off=False)
    with house.database.writing() as db:
        people_services.end_role(
            db,
            person_id=world.coordinator,
            organisation_id=world.authority,
            role=Role.COORDINATOR,
            by=world.admin,
            now=now,
            until=london_day(now) - timedelta(days=1),
        )
    work.do_all(house, now=now)
    assert state(house, id) is State.STOPPED
    assert set(fates(house, id).values()) == {Fate.WILL}


def test_two_works_for_the_same_people_do_it_once(house: House, world: World, now: datetime) -> None:
    first, second = (looked(house, world, What.ENROL, people(world), now, course="PAI") for _ in range(2))
    started(house, world, first, now)
    started(house, world, second, now)
    assert set(fates(house, first).values()) == {Fate.DONE}
    assert set(fates(house, second).values()) == {Fate.CHANGED}


def test_enrolling_is_taken_back_for_those_who_have_not_begun(house: House, world: World, now: datetime) -> None:
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    with pytest.raises(Refused), house.database.writing() as db:
        services.take_back(db, id=uuid4(), work_id=id, title="Back", by=world.coordinator, now=now)
    started(house, world, id, now)
    back = uuid4()
    for _twice in range(2):
        with house.database.writing() as db:
            services.take_back(db, id=back, work_id=id, title="Back", by=world.coordinator, now=now)
    work.do_all(house, now=now)
    assert set(fates(house, back).values()) == {Fate.WILL}
    started(house, world, back, now)
    with house.database.reading() as db:
        assert learning.enrolments_of(db, world.pa) == []


def test_a_work_is_forgotten_a_year_later_and_what_it_did_stays(house: House, world: World, now: datetime) -> None:
    id = looked(house, world, What.ENROL, people(world), now, course="PAI")
    started(house, world, id, now)
    sweeping.forget(house, now + timedelta(days=364))
    assert fates(house, id)
    sweeping.forget(house, now + timedelta(days=365))
    assert fates(house, id) == {}
    with house.database.reading() as db:
        assert db.get(BulkWork, id) is None
        assert len(learning.enrolments_of(db, world.pa)) == 1
