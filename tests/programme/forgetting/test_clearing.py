"""Notes, call-backs and alerts go when their years are over, and nothing that is left tells of an alert."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update

from lms.core.clock import london_day
from lms.core.db import Base, Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.programme.contacts import alerts, calling, lists, services, told
from lms.programme.contacts.calling import Given
from lms.programme.contacts.lists import Own
from lms.programme.contacts.models import (
    CallBack,
    CallBackAnswer,
    CallBackTry,
    ContactNote,
    SafeguardingAlert,
    SafeguardingStep,
)
from lms.programme.contacts.services import Spoken, Whose
from lms.programme.contacts.words import Referral, Standing, Way, Whom, WithWhom
from lms.programme.forgetting import clearing, setting
from lms.programme.forgetting.clearing import Due
from lms.programme.forgetting.rules import NOTICE, Years
from tests.programme.contacts.conftest import MARK, begin, harm, name
from tests.world import World


def years(db: Db, world: World, kept: Years, now: datetime, *, by: UUID | None = None) -> date | None:
    return setting.set_years(db, once=uuid4(), authority_id=world.authority, years=kept, by=by or world.admin, now=now)


def note(db: Db, world: World, said: str, now: datetime, corrects: UUID | None = None) -> UUID:
    once, whose = uuid4(), Whose(world.authority, Whom.PA, world.pa)
    spoken = Spoken(london_day(now), Way.TELEPHONE, WithWhom.PA, said)
    services.write_note(db, whose, spoken, once=once, by=world.coordinator, now=now, corrects=corrects)
    return once


def count(db: Db, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def later(now: datetime, years_on: int, days: int = 0) -> datetime:
    return now.replace(year=now.year + years_on) + timedelta(days=days)


def test_only_an_administrator_sets_years_within_bounds_and_the_same_ones_once(
    db: Db, world: World, now: datetime
) -> None:
    for nobody in (world.coordinator, world.pa, world.other_coordinator):
        with pytest.raises(NotFound):
            years(db, world, Years(6), now, by=nobody)
    for wrong in (Years(0), Years(6, 76), Years(6, 6, -1)):
        with pytest.raises(Refused, match="1 to 75"):
            years(db, world, wrong, now)
    assert years(db, world, Years(), now) is None, "nothing was set, and nothing is"
    assert years(db, world, Years(6), now) == london_day(now) + NOTICE
    assert years(db, world, Years(6), now) is None
    assert len(setting.said_by(db, world.authority)) == 1


def test_a_note_goes_with_all_it_corrected_and_one_that_was_corrected_lately_stays(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        first = note(db, world, "Spoke about the rota.", now)
        note(db, world, "Spoke about the new rota.", now + timedelta(days=1), first)
        old = note(db, world, "Asked about a course.", now)
        note(db, world, "Asked about two courses.", later(now, 3), old)
        years(db, world, Years(notes=6), now)
    day = later(now, 6, 1)
    assert clearing.sweep(house, day) == 0, "six years to the day"
    with house.database.reading() as db:
        assert clearing.due(db, world.authority, Years(notes=6), london_day(day)) == Due(0)
        assert clearing.due(db, world.authority, Years(notes=5), london_day(day)) == Due(1)
    assert clearing.sweep(house, day + timedelta(days=1)) == 1
    with house.database.reading() as db:
        assert {row.said for row in db.scalars(select(ContactNote))} == {
            "Asked about a course.",
            "Asked about two courses.",
        }
        fact = db.scalars(select(EventRow).where(EventRow.kind == "ContactsCleared")).one()
        assert (fact.about, fact.data["notes"], fact.data["call_backs"]) == (world.admin, 1, 0)


def test_nothing_goes_during_the_notice_nor_of_another_authority_nor_without_a_setting(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        note(db, world, "Spoke about the rota.", now)
    much_later = later(now, 10)
    assert clearing.sweep(house, much_later) == 0, "nothing is set"
    with house.database.writing() as db:
        years(db, world, Years(notes=6), much_later)
    assert clearing.sweep(house, much_later + NOTICE - timedelta(days=1)) == 0
    with house.database.writing() as db:
        db.execute(update(ContactNote).values(authority_id=world.other_authority))
    assert clearing.sweep(house, much_later + NOTICE) == 0
    with house.database.writing() as db:
        db.execute(update(ContactNote).values(authority_id=world.authority))
    assert clearing.sweep(house, much_later + NOTICE) == 0, "once a day"
    assert clearing.sweep(house, much_later + NOTICE + timedelta(days=1)) == 1


def ended_calls(db: Db, world: World, now: datetime) -> tuple[UUID, UUID]:
    """Two call-backs that ended the same day; about the first there is an alert that was closed."""
    name(db, world, world.register_manager, now)
    calls = begin(db, world, now)
    pa, employer = calls[Whom.PA], calls[Whom.EMPLOYER]
    calling.not_reached(db, once=uuid4(), call_back_id=pa, by=world.coordinator, now=now)
    harm(db, pa, by=world.coordinator, now=now)
    calling.save(db, call_back_id=pa, answers={"going": Given(calling.NOT_SAID)}, by=world.coordinator, now=now)
    for each in (pa, employer):
        calling.not_wanted(db, call_back_id=each, by=world.coordinator, now=now)
    alert = db.scalars(select(SafeguardingAlert)).one()
    alerts.close(
        db, alert_id=alert.id, referral=Referral.ADULT_SAFEGUARDING, said=MARK, by=world.register_manager, now=now
    )
    return pa, employer


def seen(db: Db, world: World, on: date) -> tuple[int, int]:
    """How many call-backs a coordinator finds in the list and in the story of the PA."""
    own = Own(world.coordinator, frozenset())
    _rows, listed = lists.calls(db, world.authority, Standing.DONE, on, not_of=own, mine=False, offset=0, limit=9)
    return listed, len(told.calls_about(db, world.authority, world.second_pa, reader=world.coordinator))


def test_a_call_back_with_an_alert_is_gone_like_the_others_and_the_alert_keeps_what_it_rests_on(
    house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        pa, _employer = ended_calls(db, world, now)
        years(db, world, Years(call_backs=2, alerts=6), now)
        assert seen(db, world, london_day(now)) == (2, 2)
    gone = later(now, 2, 1)
    with house.database.reading() as db:
        assert clearing.due(db, world.authority, Years(call_backs=2), london_day(gone)) == Due(0, 2)
    assert clearing.sweep(house, gone) == 2
    with house.database.reading() as db:
        assert seen(db, world, london_day(gone)) == (0, 0), "nothing that is left tells of an alert"
        with pytest.raises(NotFound):
            calling.opened(db, pa, by=world.coordinator, on=london_day(gone))
        assert db.scalars(select(CallBack.id)).all() == [pa]
        assert count(db, CallBackTry) == 0
        assert {row.question for row in db.scalars(select(CallBackAnswer))} == {"safe"}
        alert = db.scalars(select(SafeguardingAlert)).one()
        row, about = alerts.seen_by(db, alert.id, world.register_manager, london_day(gone))
        assert (row.id, about.pa_id) == (alert.id, world.second_pa)
        assert MARK in {each.note for each in calling.answers_to(db, pa, "safe")}
    assert clearing.sweep(house, gone + timedelta(days=1)) == 0
    assert clearing.sweep(house, later(now, 6, 1)) == 0, "of alerts there is no number"
    with house.database.reading() as db:
        for table in (CallBack, CallBackAnswer, CallBackTry, SafeguardingAlert, SafeguardingStep):
            assert count(db, table) == 0, table
        assert db.scalars(select(EventRow).where(EventRow.kind == "ContactsCleared")).one().data["call_backs"] == 2


def test_an_open_alert_and_a_call_back_that_waits_stay_however_old(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        ended_calls(db, world, now)
        db.execute(update(SafeguardingAlert).values(closed_at=None))
        db.execute(update(CallBack).values(ended_at=None, ended=None))
        years(db, world, Years(call_backs=1, alerts=1), now)
    assert clearing.sweep(house, later(now, 30)) == 0
    with house.database.reading() as db:
        assert (count(db, CallBack), count(db, SafeguardingAlert)) == (2, 1)


def test_alerts_may_go_before_their_call_back(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        ended_calls(db, world, now)
        years(db, world, Years(call_backs=6, alerts=1), now)
    clearing.sweep(house, later(now, 1, 1))
    with house.database.reading() as db:
        assert (count(db, CallBack), count(db, SafeguardingAlert), count(db, SafeguardingStep)) == (2, 0, 0)
        assert seen(db, world, london_day(now)) == (2, 2)


def test_many_go_in_turns(house: House, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "AT_ONCE", 2)
    with house.database.writing() as db:
        for number in range(5):
            first = note(db, world, f"Spoke, {number}.", now)
            note(db, world, f"Spoke again, {number}.", now, first)
        years(db, world, Years(notes=1), now)
    assert clearing.sweep(house, later(now, 1, 1)) == 5
    with house.database.reading() as db:
        assert count(db, ContactNote) == 0
        told_of = db.scalars(select(EventRow).where(EventRow.kind == "ContactsCleared")).all()
        assert [each.data["notes"] for each in told_of] == [2, 2, 1]
