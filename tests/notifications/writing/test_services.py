"""A message is prepared, sent off and reaches each person once; nobody behind another wall is ever in it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from lms.core import work
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.notifications.preferences.models import ThroughEmployer
from lms.notifications.preferences.rules import Topic, Way
from lms.notifications.writing import services
from lms.notifications.writing.models import BulkMessage, BulkMessageTo
from lms.notifications.writing.rules import Out, Text
from lms.people import services as people
from lms.people.models import Person
from tests.conftest import StandingClock
from tests.notifications.writing.conftest import TEXT, prepare, send_off
from tests.world import World


def sent(house: House, message: str = "coordinator_message") -> list[Notice]:
    with house.database.reading() as db:
        return list(db.scalars(select(Notice).where(Notice.kind == message).order_by(Notice.name)))


def test_everybody_gets_it_once_in_their_own_name(house: House, world: World, clock: StandingClock) -> None:
    with house.database.writing() as db:
        message = prepare(db, world, [world.pa, world.second_pa, world.pa], clock())
    assert sent(house) == []
    with house.database.writing() as db:
        send_off(db, world, message, clock())
        send_off(db, world, message, clock())
    work.do_all(house, now=clock())
    work.do_all(house, now=clock())
    rows = sent(house)
    assert [row.values["subject"] for row in rows] == ["News for Pat", "News for Sam"]
    assert {row.way for row in rows} == {Way.EMAIL}
    outbox = house.settings.outbox
    assert outbox is not None
    mails = {path.stem: path.read_text() for path in outbox.glob("*.eml")}
    assert len(mails) == 2
    assert "Pat Morgan" in mails[str(rows[0].id)]
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mails[str(rows[0].id)]
    with house.database.reading() as db:
        told = db.scalars(select(EventRow).where(EventRow.kind == "CoordinatorWrote")).all()
        assert {row.about for row in told} == {world.pa, world.second_pa}
        assert all("News" not in str(row.data) for row in told)
        row = db.get_one(BulkMessage, message)
        assert row.done_at is not None


def test_people_of_another_authority_are_never_taken_in(house: House, world: World, clock: StandingClock) -> None:
    with house.database.writing() as db:
        message = prepare(db, world, [world.other_pa, world.pa, world.other_employer_person, uuid4()], clock())
        assert db.scalars(select(BulkMessageTo.person_id)).all() == [world.pa]
        with pytest.raises(Refused):
            prepare(db, world, [world.other_pa], clock())
        theirs = frozenset({world.other_authority})
        with pytest.raises(NotFound):
            services.send_off(db, message_id=message, authority_ids=theirs, by=world.other_coordinator, now=clock())
        with pytest.raises(NotFound):
            services.stop(db, message_id=message, authority_ids=theirs, by=world.other_coordinator, now=clock())


def test_who_closed_their_account_meanwhile_gets_nothing(house: House, world: World, clock: StandingClock) -> None:
    with house.database.writing() as db:
        message = prepare(db, world, [world.pa, world.second_pa], clock())
        send_off(db, world, message, clock())
        db.execute(update(Person).where(Person.id == world.pa).values(closed_at=clock()))
    work.do_all(house, now=clock())
    assert [row.name for row in sent(house)] == ["Sam Okoro"]
    with house.database.reading() as db:
        assert db.get_one(BulkMessageTo, (message, world.pa)).out is Out.NOT_HERE


def test_a_field_without_a_value_leaves_somebody_out(house: House, world: World, clock: StandingClock) -> None:
    course = Text("Your course", "You are on ((course)).")
    with house.database.writing() as db:
        message = prepare(db, world, [world.pa], clock(), texts={"en": course})
        line = db.get_one(BulkMessageTo, (message, world.pa))
        assert (line.out, line.missing) == (Out.NO_VALUE, "course")
        with pytest.raises(Refused, match="Nobody would get"):
            send_off(db, world, message, clock())


def test_the_language_is_the_readers_and_falls_back_to_english(
    house: House, world: World, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        db.execute(update(Person).where(Person.id == world.pa).values(language="cy"))
        texts = {"en": TEXT, "cy": Text("Newyddion i ((first name))", "Helo ((name))")}
        send_off(db, world, prepare(db, world, [world.pa, world.second_pa], clock(), texts=texts), clock())
        send_off(db, world, prepare(db, world, [world.pa], clock()), clock())
    work.do_all(house, now=clock())
    assert {row.values["subject"] for row in sent(house)} == {"Newyddion i Pat", "News for Sam", "News for Pat"}


def test_what_is_stopped_reaches_nobody_else(house: House, world: World, clock: StandingClock) -> None:
    here = frozenset({world.authority})
    with house.database.writing() as db:
        message = prepare(db, world, [world.pa], clock())
        send_off(db, world, message, clock())
        services.stop(db, message_id=message, authority_ids=here, by=world.coordinator, now=clock())
    work.do_all(house, now=clock())
    assert sent(house) == []


def test_nobody_gets_more_than_three_a_day(house: House, world: World, clock: StandingClock) -> None:
    for _each in range(4):
        with house.database.writing() as db:
            message = prepare(db, world, [world.pa], clock())
            if db.get_one(BulkMessageTo, (message, world.pa)).out is None:
                send_off(db, world, message, clock())
        work.do_all(house, now=clock())
    assert len(sent(house)) == 3
    clock.on(days=1, minutes=1)
    with house.database.writing() as db:
        message = prepare(db, world, [world.pa], clock())
        assert db.get_one(BulkMessageTo, (message, world.pa)).out is None


@pytest.mark.parametrize(
    ("agreed", "topic", "through"),
    [
        (True, Topic.WORK, True),
        (None, Topic.WORK, False),
        (False, Topic.WORK, False),
        (True, Topic.LEARNING, False),
    ],
)
def test_work_goes_through_the_employer_only_when_both_want_it(
    house: House, world: World, clock: StandingClock, *, agreed: bool | None, topic: Topic, through: bool
) -> None:
    with house.database.writing() as db:
        said = {"pa_id": world.second_pa, "employer_id": world.second_employer, "by": world.second_pa, "at": clock()}
        db.add(ThroughEmployer(wished=True, agreed=agreed, **said))
        db.flush()
        send_off(db, world, prepare(db, world, [world.second_pa], clock(), topic=topic), clock())
    work.do_all(house, now=clock())
    passed = sent(house, "message_through")
    assert [row.name for row in passed] == (["George Hill"] if through else [])
    (own,) = sent(house)
    assert own.way == (Way.PAGE if through else Way.EMAIL)


def test_who_works_for_two_is_written_to_straight(house: House, world: World, clock: StandingClock) -> None:
    with house.database.writing() as db:
        said = {"pa_id": world.pa, "employer_id": world.employer, "by": world.pa, "at": clock()}
        db.add(ThroughEmployer(wished=True, agreed=True, **said))
        db.flush()
        send_off(db, world, prepare(db, world, [world.pa], clock(), topic=Topic.WORK), clock())
    work.do_all(house, now=clock())
    assert sent(house, "message_through") == []


def test_a_message_to_very_many_goes_on_where_it_stopped(house: House, world: World, clock: StandingClock) -> None:
    with house.database.writing() as db:
        many = [
            people.add_person(db, name=f"PA {number}", email=None, username=f"pa-{number}", by=None, now=clock())
            for number in range(230)
        ]
        for each in many:
            db.execute(select(func.count()))
            people.give_role(
                db,
                person_id=each,
                organisation_id=world.authority,
                role=people.Role.PA,
                by=None,
                now=clock(),
                since=clock().date(),
            )
        message = prepare(db, world, many, clock())
        send_off(db, world, message, clock())
    work.do_all(house, now=clock())
    rows = sent(house)
    assert len(rows) == 230
    assert {row.way for row in rows} == {Way.LETTER}


def test_the_same_form_twice_is_one_message(house: House, world: World, clock: StandingClock) -> None:
    once = uuid4()
    with house.database.writing() as db:
        prepare(db, world, [world.pa], clock(), once=once)
        prepare(db, world, [world.second_pa], clock(), once=once, texts={"en": replace(TEXT, subject="Other")})
        assert db.scalars(select(BulkMessageTo.person_id)).all() == [world.pa]
