"""Alerts: who sees one, who is told next, who takes and closes it; on both databases, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.contacts import alerts, guarding, lists, sweeping
from lms.programme.contacts.models import SafeguardingAlert, SafeguardingStep
from lms.programme.contacts.words import AlertStep, Referral, Whom
from tests.programme.contacts.conftest import begin, harm, name
from tests.world import World


def raised(db: Db, world: World, now: datetime) -> UUID:
    """An alert; the register manager is named first, the funding officer second."""
    for person in (world.register_manager, world.funding_officer):
        name(db, world, person, now - timedelta(days=1), since=london_day(now - timedelta(days=1)))
    harm(db, begin(db, world, now)[Whom.PA], by=world.coordinator, now=now)
    return db.scalars(select(SafeguardingAlert.id)).one()


def seen(db: Db, world: World, person: UUID, now: datetime) -> int:
    """How many are on somebody's list; the same as can be opened one by one."""
    on = london_day(now)
    _found, total = lists.alerts_for(db, world.authority, person, on, closed=False, offset=0, limit=50)
    opened = 0
    for alert_id in db.scalars(select(SafeguardingAlert.id)).all():
        try:
            alerts.seen_by(db, alert_id, person, on)
            opened += 1
        except NotFound:
            continue
    assert opened == total
    return total


def test_only_those_named_see_it(db: Db, world: World, now: datetime) -> None:
    raised(db, world, now)
    for person, may in (
        (world.register_manager, 1),
        (world.funding_officer, 1),
        (world.coordinator, 0),
        (world.admin, 0),
        (world.second_pa, 0),
        (world.employer_person, 0),
        (world.other_coordinator, 0),
    ):
        assert seen(db, world, person, now) == may


def test_whoever_is_named_later_sees_it_only_once_told(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    name(db, world, world.coordinator, now + timedelta(minutes=1))
    assert seen(db, world, world.coordinator, now) == 0
    with pytest.raises(NotFound):
        alerts.acknowledge(db, alert_id=alert_id, by=world.coordinator, now=now)


def test_one_who_becomes_concerned_sees_it_no_more(db: Db, world: World, now: datetime) -> None:
    raised(db, world, now)
    people.give_role(
        db,
        person_id=world.register_manager,
        organisation_id=world.employer,
        role=Role.REPRESENTATIVE,
        by=None,
        now=now,
        since=london_day(now),
    )
    assert seen(db, world, world.register_manager, now) == 0


def test_nobody_takes_it_and_the_next_one_is_told(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        alert_id = raised(db, world, now)
    for hours in (1, 2, 2, 3, 4, 4, 5):
        sweeping.remind(house, now + timedelta(hours=hours))
    with house.database.reading() as db:
        steps = [(step.step, step.person) for step in lists.steps_of(db, alert_id)]
        assert steps == [
            (AlertStep.TOLD, "Max Manager"),
            (AlertStep.REMINDED, "Max Manager"),
            (AlertStep.TOLD, "Fay Funding"),
        ]
        kinds = db.scalars(select(Notice.kind).where(Notice.kind.like("alert%")).order_by(Notice.made_at)).all()
        assert kinds == ["alert_waits", "alert_waits_again", "alert_waits"]


def test_once_taken_nobody_else_is_asked_until_that_person_goes(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        alert_id = raised(db, world, now)
        assert alerts.acknowledge(db, alert_id=alert_id, by=world.register_manager, now=now)
        assert not alerts.acknowledge(db, alert_id=alert_id, by=world.funding_officer, now=now)
    assert sweeping.remind(house, now + timedelta(days=3)) == 0
    with house.database.writing() as db:
        mine = next(each for each in guarding.named_in(db, world.authority, london_day(now)) if each.place == 1)
        guarding.end(db, authority_id=world.authority, named_id=mine.id, by=world.admin, now=now)
    assert sweeping.remind(house, now + timedelta(days=3)) == 1


def test_closing_needs_a_reason_when_nothing_is_done_and_happens_once(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    close = {"alert_id": alert_id, "now": now}
    with pytest.raises(Refused, match="Say why"):
        alerts.close(db, referral=Referral.NO_FURTHER_ACTION, said=" ", by=world.register_manager, **close)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        alerts.close(db, referral=Referral.POLICE, said="", by=world.coordinator, **close)  # type: ignore[arg-type]
    assert alerts.close(db, referral=Referral.POLICE, said="Rang", by=world.register_manager, **close)  # type: ignore[arg-type]
    assert not alerts.close(db, referral=Referral.POLICE, said="", by=world.funding_officer, **close)  # type: ignore[arg-type]
    kinds = [step.step for step in lists.steps_of(db, alert_id)]
    assert kinds == [AlertStep.TOLD, AlertStep.ACKNOWLEDGED, AlertStep.CLOSED]


def test_the_database_lets_it_be_taken_and_closed_once(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    alerts.acknowledge(db, alert_id=alert_id, by=world.register_manager, now=now)
    db.add(
        SafeguardingStep(
            alert_id=alert_id, step=AlertStep.ACKNOWLEDGED, person_id=world.funding_officer, said="", at=now
        )
    )
    with pytest.raises(IntegrityError):
        db.flush()


def test_two_at_once_make_one_alert_and_one_takes_it(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        for person in (world.register_manager, world.funding_officer):
            name(db, world, person, now)
        call = begin(db, world, now)[Whom.PA]

    def tell(_number: int) -> int:
        with house.database.writing() as db:
            return harm(db, call, by=world.coordinator, now=now)

    def take(person: UUID) -> bool:
        with house.database.writing() as db:
            return alerts.acknowledge(db, alert_id=alert_id, by=person, now=now)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(tell, range(4))) == 1
    with house.database.reading() as db:
        alert_id = db.scalars(select(SafeguardingAlert.id)).one()
        assert db.scalar(select(func.count()).select_from(Notice).where(Notice.kind == "alert_waits")) == 1
    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take, [world.register_manager, world.funding_officer])) == [False, True]


def test_somebody_is_always_named_and_the_others_hear_of_a_change(db: Db, world: World, now: datetime) -> None:
    first = name(db, world, world.register_manager, now)
    with pytest.raises(Refused, match="Name another person first"):
        guarding.end(db, authority_id=world.authority, named_id=first, by=world.coordinator, now=now)
    with pytest.raises(Refused, match="named already"):
        name(db, world, world.register_manager, now)
    name(db, world, world.coordinator, now)
    told = db.scalars(select(Notice.person_id).where(Notice.kind == "safeguarding_changed")).all()
    assert told == [world.register_manager]
    for _twice in range(2):
        guarding.end(db, authority_id=world.authority, named_id=first, by=world.admin, now=now)
    assert [each.person_id for each in guarding.counting(db, world.authority, london_day(now))] == [world.coordinator]


def test_who_may_be_named_and_by_whom(db: Db, world: World, now: datetime) -> None:
    for nobody in (world.pa, world.assessor, world.employer_person, world.other_coordinator, world.adviser):
        with pytest.raises(Refused, match="staff"):
            name(db, world, nobody, now)
    here = {"authority_id": world.authority, "person_id": world.register_manager, "now": now}
    day = london_day(now)
    for nobody in (world.register_manager, world.other_coordinator, world.pa):
        with pytest.raises(NotFound):
            guarding.name(db, once=uuid4(), since=day, until=None, by=nobody, **here)  # type: ignore[arg-type]
    for since, until in ((day - timedelta(days=1), None), (day, day - timedelta(days=1))):
        with pytest.raises(Refused):
            guarding.name(db, once=uuid4(), since=since, until=until, by=world.admin, **here)  # type: ignore[arg-type]
