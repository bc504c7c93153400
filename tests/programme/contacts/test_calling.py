"""Call-backs from the start of an employment to their end, on both databases."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.contacts import calling, lists, planning, services, sweeping
from lms.programme.contacts.calling import NOT_SAID, Given
from lms.programme.contacts.lists import Own
from lms.programme.contacts.models import CallBack, CallBackAnswer, SafeguardingAlert
from lms.programme.contacts.planning import Plan
from lms.programme.contacts.questions import newest
from lms.programme.contacts.services import Spoken, Whose
from lms.programme.contacts.words import CallEnd, Standing, Way, Whom, WithWhom
from tests.programme.contacts.conftest import MARK, begin, harm, name
from tests.world import World


def all_answers(whom: Whom) -> dict[str, Given]:
    return {question.code: Given(question.options[0].code) for question in newest(whom).questions}


def test_an_employment_makes_a_call_back_for_each_of_the_two_once(db: Db, world: World, now: datetime) -> None:
    made = begin(db, world, now, days_ago=28)
    assert set(made) == {Whom.PA, Whom.EMPLOYER}
    row = db.get_one(CallBack, made[Whom.PA])
    assert row.due_on == london_day(now) + timedelta(days=2), "the 28th day is a Saturday"
    assert begin(db, world, now, days_ago=28) == made


def test_an_old_employment_makes_none(db: Db, world: World, now: datetime) -> None:
    assert begin(db, world, now, days_ago=60) == {}


def test_what_an_authority_sets_holds_for_employments_that_began_already(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        begin(db, world, now, days_ago=10)
    sweeping.sweep(house, now)
    with house.database.writing() as db:
        assert db.scalar(select(func.count()).select_from(CallBack)) == 2
        once = {"authority_id": world.authority, "by": world.coordinator, "now": now}
        planning.set_plan(db, once=uuid4(), plan=Plan((28, 90), employers=False), **once)  # type: ignore[arg-type]
        for wrong in ((), (0,), (731,), tuple(range(1, 8))):
            with pytest.raises(Refused):
                planning.set_plan(db, once=uuid4(), plan=Plan(wrong), **once)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            planning.set_plan(
                db, once=uuid4(), authority_id=world.authority, plan=Plan(), by=world.other_coordinator, now=now
            )
    sweeping.sweep(house, now)
    with house.database.reading() as db:
        found = db.scalars(select(CallBack).where(CallBack.pa_id == world.second_pa, CallBack.days == 90)).all()
        # Sixty days ago everybody of the world began with somebody: their ninetieth day is to come.
        assert {row.whom for row in found} == {Whom.PA}
        assert len(found) == 2
    assert sweeping.sweep(house, now) == 0


def test_nobody_calls_back_until_somebody_is_named(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.PA]
    with pytest.raises(Refused, match="Nobody is named"):
        harm(db, call, by=world.coordinator, now=now)
    name(db, world, world.register_manager, now)
    assert harm(db, call, by=world.coordinator, now=now) == 1


def test_somebody_named_who_is_concerned_does_not_count(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.PA]
    on = london_day(now)
    people.give_role(
        db,
        person_id=world.employer_person,
        organisation_id=world.authority,
        role=Role.ADMIN,
        by=None,
        now=now,
        since=on,
    )
    name(db, world, world.employer_person, now)
    with pytest.raises(Refused, match="Nobody is named"):
        harm(db, call, by=world.coordinator, now=now)


def test_answers_are_kept_as_they_are_typed_and_a_double_tap_writes_nothing(
    db: Db, world: World, now: datetime
) -> None:
    call = begin(db, world, now)[Whom.PA]
    name(db, world, world.register_manager, now)
    first = {"going": Given("mixed", "Long hours"), "unknown": Given("yes"), "paid": Given("no such answer")}
    for _twice in range(2):
        assert calling.save(db, call_back_id=call, answers=first, by=world.coordinator, now=now) == 0
    assert db.scalar(select(func.count()).select_from(CallBackAnswer)) == 1
    with pytest.raises(Refused, match="Questions without an answer: 8"):
        calling.finish(db, call_back_id=call, by=world.coordinator, now=now)
    more = all_answers(Whom.PA) | {"going": Given(NOT_SAID)}
    calling.save(db, call_back_id=call, answers=more, by=world.coordinator, now=now)
    for _twice in range(2):
        calling.finish(db, call_back_id=call, by=world.coordinator, now=now)
    row = db.get_one(CallBack, call)
    assert (row.ended, row.ended_by, row.edition) == (CallEnd.ANSWERED, world.coordinator, "2026.1")
    with pytest.raises(Refused, match="is over"):
        calling.save(db, call_back_id=call, answers=first, by=world.coordinator, now=now)


def test_an_answer_that_points_to_harm_raises_one_alert_and_tells_one_person_without_a_word(
    db: Db, world: World, now: datetime
) -> None:
    calls = begin(db, world, now)
    name(db, world, world.register_manager, now)
    name(db, world, world.funding_officer, now)
    before = set(db.scalars(select(Notice.id)))
    for _twice in range(2):
        harm(db, calls[Whom.PA], by=world.coordinator, now=now)
    assert db.scalar(select(func.count()).select_from(SafeguardingAlert)) == 1
    told = db.scalars(select(Notice).where(Notice.id.not_in(before))).all()
    assert [(each.person_id, each.kind, each.values) for each in told] == [(world.register_manager, "alert_waits", {})]


def test_what_may_point_to_harm_is_seen_by_whoever_asked_only(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.PA]
    name(db, world, world.register_manager, now)
    answers = all_answers(Whom.PA)
    calling.save(db, call_back_id=call, answers=answers, by=world.coordinator, now=now)
    row = db.get_one(CallBack, call)
    guarded = {question.code for question in newest(Whom.PA).questions if question.guarded}
    assert len(guarded) == 5
    assert calling.answers_of(db, row, world.coordinator) == answers
    assert set(calling.answers_of(db, row, world.admin)) == set(answers) - guarded


def test_nobody_reached_three_times_ends_it(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.PA]
    once = uuid4()
    monday = london_day(now) + timedelta(days=2)
    for _twice in range(2):
        assert calling.not_reached(db, once=once, call_back_id=call, by=world.coordinator, now=now) == monday
    assert calling.not_reached(db, once=uuid4(), call_back_id=call, by=world.coordinator, now=now) is not None
    assert calling.not_reached(db, once=uuid4(), call_back_id=call, by=world.coordinator, now=now) is None
    assert db.get_one(CallBack, call).ended is CallEnd.NOT_REACHED


def test_they_did_not_want_to_answer(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.EMPLOYER]
    for _twice in range(2):
        calling.not_wanted(db, call_back_id=call, by=world.coordinator, now=now)
    assert db.get_one(CallBack, call).ended is CallEnd.NOT_WANTED


def test_the_end_of_the_employment_ends_it(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.PA]
    people.end_employment(
        db, pa_id=world.second_pa, employer_id=world.employer, until=london_day(now), by=world.coordinator, now=now
    )
    assert db.get_one(CallBack, call).ended is CallEnd.EMPLOYMENT_ENDED


def test_an_employment_that_ended_later_ends_it_with_the_sweep(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        call = begin(db, world, now)[Whom.PA]
        until = london_day(now) + timedelta(days=3)
        people.end_employment(
            db, pa_id=world.second_pa, employer_id=world.employer, until=until, by=world.coordinator, now=now
        )
        assert db.get_one(CallBack, call).ended is None
    sweeping.sweep(house, now + timedelta(days=3))
    with house.database.reading() as db:
        assert db.get_one(CallBack, call).ended is None
    sweeping.sweep(house, now + timedelta(days=4))
    with house.database.reading() as db:
        assert db.get_one(CallBack, call).ended is CallEnd.EMPLOYMENT_ENDED


def test_the_named_contact_calls_and_others_do_not(db: Db, world: World, now: datetime) -> None:
    call = begin(db, world, now)[Whom.PA]
    name(db, world, world.register_manager, now)
    others = (world.register_officer, world.other_coordinator, world.employer_person, world.second_pa, world.assessor)
    for nobody in others:
        with pytest.raises(NotFound):
            harm(db, call, by=nobody, now=now)
    services.name_contact(
        db,
        Whose(world.authority, Whom.PA, world.second_pa),
        once=uuid4(),
        contact_id=world.register_officer,
        email="",
        phone="01632 960 001",
        by=world.coordinator,
        now=now,
    )
    assert harm(db, call, by=world.register_officer, now=now) == 1
    assert MARK not in str(calling.answers_of(db, db.get_one(CallBack, call), world.coordinator))


@pytest.mark.parametrize("who", ["second_pa", "employer_person", "representative"])
def test_a_coordinator_sees_nothing_of_what_concerns_themselves(db: Db, world: World, now: datetime, who: str) -> None:
    person, on = getattr(world, who), london_day(now)
    calls = begin(db, world, now)
    name(db, world, world.register_manager, now)
    people.give_role(
        db,
        person_id=person,
        organisation_id=world.authority,
        role=Role.COORDINATOR,
        by=None,
        now=now,
        since=on,
    )
    for call in calls.values():
        with pytest.raises(NotFound):
            calling.opened(db, call, by=person, on=on)
    homes = frozenset() if who == "second_pa" else frozenset({world.employer})
    for standing in Standing:
        own = Own(person, homes)
        assert lists.calls(db, world.authority, standing, on, not_of=own, mine=False, offset=0, limit=9) == ([], 0)
    mine = Whose(world.authority, *((Whom.PA, person) if who == "second_pa" else (Whom.EMPLOYER, world.employer)))
    with pytest.raises(NotFound):
        services.exported(db, mine, by=person, now=now)
    with pytest.raises(NotFound):
        services.write_note(db, mine, Spoken(on, Way.VISIT, WithWhom.PA, "About me"), once=uuid4(), by=person, now=now)
