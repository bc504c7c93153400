"""What somebody could do to see, silence or lose an alert, and what time does to it; on both databases."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.contacts import alerts, calling, guarding, lists, queries, services
from lms.programme.contacts.calling import Given
from lms.programme.contacts.models import CallBack, SafeguardingAlert
from lms.programme.contacts.services import Spoken, Whose
from lms.programme.contacts.words import AlertStep, CallEnd, Referral, Way, Whom, WithWhom
from tests.programme.contacts.conftest import MARK, begin, harm, name
from tests.programme.contacts.test_alerts import raised, seen
from tests.world import World


def told(db: Db) -> list[UUID]:
    """Who was sent a message that there is an alert, in the order of the messages."""
    wanted = select(Notice.person_id).where(Notice.kind.like("alert%")).order_by(Notice.made_at, Notice.id)
    return list(db.scalars(wanted))


def ends(db: Db, world: World, person: UUID, now: datetime) -> None:
    """Somebody is taken out of those named."""
    on = london_day(now)
    mine = next(each for each in guarding.named_in(db, world.authority, on) if each.person_id == person)
    guarding.end(db, authority_id=world.authority, named_id=mine.id, by=world.admin, now=now)


@pytest.mark.parametrize("how", ["acted", "worked"])
def test_who_acted_or_worked_in_the_household_in_between_neither_sees_nor_hears(
    db: Db, world: World, now: datetime, how: str
) -> None:
    on, them = london_day(now), world.register_manager
    if how == "acted":
        spell = {"since": on - timedelta(days=20), "until": on - timedelta(days=2)}
        role = {"person_id": them, "organisation_id": world.employer, "role": Role.REPRESENTATIVE}
        people.give_role(db, by=None, now=now, **role, **spell)  # type: ignore[arg-type]
    else:
        role = {"person_id": them, "organisation_id": world.authority, "role": Role.PA}
        people.give_role(db, by=None, now=now, **role)  # type: ignore[arg-type]
        since = on - timedelta(days=200)
        people.start_employment(db, pa_id=them, employer_id=world.employer, since=since, by=None, now=now)
    raised(db, world, now)
    assert told(db) == [world.funding_officer]
    assert seen(db, world, them, now) == 0


def test_a_coordinator_who_acted_in_the_household_once_sees_none_of_its_notes_and_calls(
    db: Db, world: World, now: datetime
) -> None:
    on = london_day(now)
    people.give_role(
        db,
        person_id=world.coordinator,
        organisation_id=world.employer,
        role=Role.REPRESENTATIVE,
        by=None,
        now=now,
        since=on - timedelta(days=20),
        until=on - timedelta(days=2),
    )
    call = begin(db, world, now)[Whom.PA]
    with pytest.raises(NotFound):
        calling.opened(db, call, by=world.coordinator, on=on)
    home = Whose(world.authority, Whom.EMPLOYER, world.employer)
    with pytest.raises(NotFound):
        services.coordinators_own(db, home, by=world.coordinator, on=on)
    assert lists.count_waiting(db, [world.authority], on, viewer_id=world.coordinator, mine=False) == (0, 0)


def test_named_for_a_later_time_is_no_way_to_read_what_was_raised_before_it(
    db: Db, world: World, now: datetime
) -> None:
    on = london_day(now)
    name(db, world, world.register_manager, now)
    name(db, world, world.quality_assurer, now, since=on + timedelta(days=3))
    call = begin(db, world, now)[Whom.PA]
    harm(db, call, by=world.coordinator, now=now + timedelta(hours=1))
    assert seen(db, world, world.quality_assurer, now + timedelta(days=3)) == 0
    harm(db, call, by=world.coordinator, now=now + timedelta(days=3), question="child")
    assert seen(db, world, world.quality_assurer, now + timedelta(days=3)) == 1


def test_who_had_it_and_is_named_anew_still_sees_it(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    alerts.acknowledge(db, alert_id=alert_id, by=world.funding_officer, now=now)
    later = now + timedelta(hours=1)
    ends(db, world, world.funding_officer, later)
    name(db, world, world.funding_officer, later)
    assert seen(db, world, world.funding_officer, later) == 1


def test_when_the_one_who_has_it_goes_another_takes_it_over(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    alerts.acknowledge(db, alert_id=alert_id, by=world.register_manager, now=now)
    later = now + timedelta(hours=1)
    ends(db, world, world.register_manager, later)
    alert, row = alerts.seen_by(db, alert_id, world.funding_officer, london_day(later))
    assert alerts.pass_on(db, alert, row, later) == 1
    for taken in (True, False):
        assert alerts.acknowledge(db, alert_id=alert_id, by=world.funding_officer, now=later) is taken
    assert alerts.pass_on(db, alert, row, later + timedelta(days=2)) == 0
    assert [step.step for step in lists.steps_of(db, alert_id)][-1] is AlertStep.TAKEN_OVER


def test_what_another_was_told_reaches_those_named_as_well(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    call = db.scalars(select(SafeguardingAlert.call_back_id)).one()
    person = {"person_id": world.admin, "organisation_id": world.authority, "role": Role.COORDINATOR}
    people.give_role(db, by=None, now=now, **person)  # type: ignore[arg-type]
    assert not lists.has_raised(db, call, world.admin)
    calling.save(db, call_back_id=call, answers={"safe": Given("harmed", "Again")}, by=world.admin, now=now)
    assert [each.note for each in calling.answers_to(db, call, "safe")] == [MARK, "Again"]
    assert told(db) == [world.register_manager] * 2
    assert lists.has_raised(db, call, world.admin)
    assert lists.raised_from(db, call, world.admin) == ["Max Manager"]
    assert db.scalars(select(SafeguardingAlert.id)).all() == [alert_id]


def test_what_is_told_after_an_alert_was_closed_raises_a_new_one(db: Db, world: World, now: datetime) -> None:
    alert_id = raised(db, world, now)
    close = {"referral": Referral.NO_FURTHER_ACTION, "said": "A misunderstanding", "now": now}
    alerts.close(db, alert_id=alert_id, by=world.register_manager, **close)  # type: ignore[arg-type]
    call = db.scalars(select(SafeguardingAlert.call_back_id)).one()
    worse = {"safe": Given("harmed", "It was none")}
    assert calling.save(db, call_back_id=call, answers=worse, by=world.coordinator, now=now) == 1
    assert len(told(db)) == 2
    here = {"closed": False, "offset": 0, "limit": 9}
    (still,) = lists.alerts_for(db, world.authority, world.register_manager, london_day(now), **here)[0]  # type: ignore[arg-type]
    assert still.id != alert_id
    assert calling.save(db, call_back_id=call, answers=worse, by=world.coordinator, now=now) == 0


@pytest.mark.parametrize("how", ["employment", "not wanted"])
def test_what_is_said_while_the_call_back_ends_is_not_lost(db: Db, world: World, now: datetime, how: str) -> None:
    call = begin(db, world, now)[Whom.PA]
    name(db, world, world.register_manager, now)
    if how == "employment":
        people.end_employment(
            db, pa_id=world.second_pa, employer_id=world.employer, until=london_day(now), by=world.coordinator, now=now
        )
    else:
        calling.not_wanted(db, call_back_id=call, by=world.coordinator, now=now)
    ended = db.get_one(CallBack, call).ended
    assert ended in {CallEnd.EMPLOYMENT_ENDED, CallEnd.NOT_WANTED}
    assert harm(db, call, by=world.coordinator, now=now) == 1
    calling.finish(db, call_back_id=call, by=world.coordinator, now=now)
    assert db.get_one(CallBack, call).ended is ended
    with pytest.raises(Refused, match="is over"):
        harm(db, call, by=world.coordinator, now=now + timedelta(days=1), question="child")


def test_an_end_of_one_spell_leaves_the_call_backs_of_the_next(db: Db, world: World, now: datetime) -> None:
    begin(db, world, now)
    on = london_day(now)
    both = {"pa_id": world.second_pa, "employer_id": world.employer}
    people.end_employment(db, **both, until=on + timedelta(days=9), by=world.coordinator, now=now)
    people.start_employment(db, **both, since=on + timedelta(days=20), by=None, now=now)
    people.end_employment(db, **both, until=on + timedelta(days=2), by=world.coordinator, now=now)
    left = db.scalars(select(CallBack.since).where(CallBack.pa_id == world.second_pa, CallBack.ended_at.is_(None)))
    assert set(left) >= {on + timedelta(days=20)}


def test_a_contact_who_left_is_not_shown_any_more(db: Db, world: World, now: datetime) -> None:
    on = london_day(now)
    services.name_contact(
        db,
        Whose(world.authority, Whom.PA, world.pa),
        once=uuid4(),
        contact_id=world.register_officer,
        email="",
        phone="01632 960 001",
        by=world.coordinator,
        now=now,
    )
    assert [each.name for each in queries.reached(db, Whom.PA, [world.pa], on)] != []
    people.end_role(
        db,
        person_id=world.register_officer,
        organisation_id=world.authority,
        role=Role.REGISTER_OFFICER,
        by=world.admin,
        now=now,
        until=on,
    )
    assert queries.reached(db, Whom.PA, [world.pa], on + timedelta(days=1)) == []


def test_a_pa_who_left_still_gets_what_is_written_about_them(db: Db, world: World, now: datetime) -> None:
    on, later = london_day(now), now + timedelta(days=1)
    whose = Whose(world.authority, Whom.PA, world.pa)
    spoken = Spoken(on, Way.VISIT, WithWhom.PA, "About shoes")
    services.write_note(db, whose, spoken, once=uuid4(), by=world.coordinator, now=now)
    people.end_role(
        db, person_id=world.pa, organisation_id=world.authority, role=Role.PA, by=world.admin, now=now, until=on
    )
    assert [each.said for each in services.exported(db, whose, by=world.coordinator, now=later)] == ["About shoes"]
    other = Whose(world.authority, Whom.PA, world.other_pa)
    with pytest.raises(NotFound):
        services.exported(db, other, by=world.coordinator, now=later)


def test_who_is_taken_out_is_told_so(db: Db, world: World, now: datetime) -> None:
    name(db, world, world.register_manager, now)
    name(db, world, world.coordinator, now)
    ends(db, world, world.register_manager, now)
    ended = select(Notice.person_id).where(Notice.kind == "safeguarding_ended")
    assert db.scalars(ended).all() == [world.register_manager]
