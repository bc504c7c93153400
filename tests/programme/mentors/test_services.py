"""Mentoring on both databases: the way through, and what ends it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.mentors import matching, queries, services, sweeping
from lms.programme.mentors.models import Mentor, MentorContact, MentorMatch, MentorRequest
from lms.programme.mentors.words import EndedBy, Kind
from tests.programme.mentors.conftest import NEW, ask, offer, pair, wish
from tests.world import World


@pytest.fixture
def third(db: Db, world: World, now: datetime) -> UUID:
    """A PA who works for nobody."""
    person = people.add_person(db, name="Third Pa", email="third@example.com", by=None, now=now)
    people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    return person


def test_the_newcomers_details_go_to_the_mentor_until_it_ends(db: Db, world: World, third: UUID, now: datetime) -> None:
    match = pair(db, world, now, mentor=world.pa, newcomer=third)
    (mine,) = queries.newcomers_of(db, world.pa, [world.authority])
    assert (mine.name, mine.address, mine.contacts) == ("Newcomer Niamh", NEW, 0)
    once = uuid4()
    for _twice in range(2):
        services.got_in_touch(db, once=once, match_id=match, minutes=30, by=world.pa, now=now)
    services.got_in_touch(db, once=uuid4(), match_id=match, minutes=None, by=world.pa, now=now)
    counts = queries.counts(db, world.authority)
    assert (counts.mentors, counts.waiting, counts.pairs, counts.ever) == (1, 0, 1, 1)
    assert (counts.contacts, counts.minutes) == (2, 30)
    services.end_as_mentor(db, match_id=match, by=world.pa, now=now)
    assert queries.newcomers_of(db, world.pa, [world.authority]) == []
    assert queries.requests_of(db, third, [world.authority]) == []
    with pytest.raises(Refused):
        services.got_in_touch(db, once=uuid4(), match_id=match, minutes=1, by=world.pa, now=now)
    ask(db, world, third, now)
    assert queries.counts(db, world.authority).waiting == 1


def test_both_are_told_and_neither_who_the_other_is(db: Db, world: World, third: UUID, now: datetime) -> None:
    pair(db, world, now, mentor=world.pa, newcomer=third)
    found = {(row.kind, row.person_id): row for row in db.scalars(select(Notice)) if "mentor" in row.kind}
    assert set(found) == {("mentor_has_newcomer", world.pa), ("newcomer_has_mentor", third)}
    for row in found.values():
        assert "Niamh" not in str(row.values)
        assert NEW not in str(row.values)
    assert "Pat" not in str(found["newcomer_has_mentor", third].values)


@pytest.mark.parametrize("agreed", [True, False])
def test_nothing_without_a_yes(db: Db, world: World, now: datetime, agreed: bool) -> None:
    by: dict[str, Any] = {"authority_id": world.authority, "by": world.pa, "now": now}
    if agreed:
        services.ask(db, wish(), once=uuid4(), agreed=True, **by)
        return
    with pytest.raises(Refused):
        services.ask(db, wish(), once=uuid4(), agreed=False, **by)
    assert db.scalar(select(func.count()).select_from(MentorRequest)) == 0


def test_a_suggestion_passes_nothing_on_before_a_yes(db: Db, world: World, third: UUID, now: datetime) -> None:
    mentor, once = offer(db, world, world.pa, now), uuid4()
    here: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": now}
    matching.suggest(db, once=once, newcomer_id=third, kind=Kind.PA, **here)
    with pytest.raises(Refused):
        matching.match(db, once=uuid4(), request_id=once, mentor_id=mentor, **here)
    with pytest.raises(Refused):
        matching.suggest(db, once=uuid4(), newcomer_id=third, kind=Kind.PA, **here)
    assert db.get_one(MentorRequest, once).address == ""
    assert ask(db, world, third, now) == once
    matching.match(db, once=uuid4(), request_id=once, mentor_id=mentor, **here)
    assert len(queries.newcomers_of(db, world.pa, [world.authority])) == 1


def test_a_mentor_has_no_more_than_they_have_room_for(db: Db, world: World, third: UUID, now: datetime) -> None:
    mentor = offer(db, world, third, now, room=1)
    here: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": now}
    first, second = ask(db, world, world.pa, now), ask(db, world, world.second_pa, now)
    matching.match(db, once=uuid4(), request_id=first, mentor_id=mentor, **here)
    with pytest.raises(Refused):
        matching.match(db, once=uuid4(), request_id=second, mentor_id=mentor, **here)
    services.take_back(db, request_id=first, by=world.pa, now=now)
    assert db.scalars(select(MentorMatch.ended_by)).all() == [EndedBy.NEWCOMER]
    matching.match(db, once=uuid4(), request_id=second, mentor_id=mentor, **here)
    with pytest.raises(Refused):
        matching.match(db, once=uuid4(), request_id=second, mentor_id=mentor, **here)


def test_who_stops_being_a_mentor_is_shown_nothing_more(db: Db, world: World, third: UUID, now: datetime) -> None:
    pair(db, world, now, mentor=world.pa, newcomer=third)
    (mine,) = queries.offers_of(db, world.pa, [world.authority])
    for _twice in range(2):
        services.withdraw(db, mentor_id=mine.id, by=world.pa, now=now)
    assert queries.newcomers_of(db, world.pa, [world.authority]) == []
    assert queries.mentors_in(db, world.authority) == []
    assert db.get_one(Mentor, mine.id).address == ""
    told = db.scalars(select(Notice.person_id).where(Notice.kind == "mentoring_ended")).all()
    assert sorted(told) == sorted([world.pa, third])


def test_details_are_gone_ninety_days_after_the_end(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        request = ask(db, world, world.pa, now)
        open_one = ask(db, world, world.second_pa, now)
        services.take_back(db, request_id=request, by=world.pa, now=now)
    for days, gone in ((89, False), (90, True), (91, True)):
        sweeping.forget(house, now + timedelta(days=days))
        with house.database.reading() as db:
            row = db.get_one(MentorRequest, request)
            assert (row.address == "" and row.name == "") is gone, days
            assert (row.forgotten_at is not None) is gone
            assert db.get_one(MentorRequest, open_one).address == NEW


def test_an_address_that_cannot_be_right_and_minutes_that_cannot_be_are_refused(
    db: Db, world: World, third: UUID, now: datetime
) -> None:
    by: dict[str, Any] = {"authority_id": world.authority, "by": world.pa, "now": now}
    for address in ("", "nobody", "@"):
        with pytest.raises(Refused):
            services.ask(db, wish(address=address), once=uuid4(), agreed=True, **by)
    match = pair(db, world, now, mentor=world.pa, newcomer=third)
    for minutes in (0, -1, 601):
        with pytest.raises(Refused):
            services.got_in_touch(db, once=uuid4(), match_id=match, minutes=minutes, by=world.pa, now=now)
    assert db.scalar(select(func.count()).select_from(MentorContact)) == 0
    with pytest.raises(NotFound):
        services.end_as_mentor(db, match_id=match, by=world.second_pa, now=now)
