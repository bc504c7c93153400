"""What somebody could do to see a mentor's details, or a newcomer's that are not theirs; on both databases."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.programme.mentors import matching, queries, services
from lms.programme.mentors.words import Kind
from tests.programme.mentors.conftest import MENTORS, NEW, ask, offer, pair, wish
from tests.world import World

BrowserFor = Callable[..., Any]


def newcomer(db: Db, world: World, now: datetime) -> UUID:
    person = people.add_person(db, name="Nadia New", email="nadia@example.com", by=None, now=now)
    people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    return person


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_newcomer_finds_nothing_of_the_mentor_anywhere(
    house: House, world: World, browser_for: BrowserFor, now: datetime
) -> None:
    with house.database.writing() as db:
        person = newcomer(db, world, now)
        match = pair(db, world, now, mentor=world.pa, newcomer=person)
        services.got_in_touch(db, once=uuid4(), match_id=match, minutes=5, by=world.pa, now=now)
    hidden = (*MENTORS, "Pat Morgan", str(world.pa), "pat.morgan@example.com")
    browser = browser_for(person)
    pages = [
        "/",
        "/mentoring",
        "/mentoring/ask",
        "/mentoring/offer",
        "/messages",
        "/account",
        "/my-contact",
        "/learning",
    ]
    for path in pages:
        page = browser.get(path).get_data(as_text=True)
        assert not [each for each in hidden if each in page], path
    with house.database.writing() as db:
        services.end_as_mentor(db, match_id=match, by=world.pa, now=now)
    for path in pages:
        assert not [each for each in hidden if each in browser.get(path).get_data(as_text=True)], path
    with house.database.reading() as db:
        written = [json.dumps(row.values) for row in db.scalars(select(Notice).where(Notice.person_id == person))]
        about = [row for row in db.scalars(select(EventRow)) if row.about == person]
    assert written
    assert not [text for text in written if any(each in text for each in hidden)]
    assert {row.kind for row in about} >= {"MentorAsked", "MentorMatched"}
    assert not [row for row in about if str(world.pa) in json.dumps(row.data, default=str) or row.by == world.pa]
    story = browser_for(world.coordinator).get(f"/desk/people/{person}").get_data(as_text=True)
    assert not [each for each in MENTORS if each in story]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_after_the_end_the_mentor_finds_nothing_of_the_newcomer(
    house: House, world: World, browser_for: BrowserFor, now: datetime
) -> None:
    with house.database.writing() as db:
        person = newcomer(db, world, now)
        pair(db, world, now, mentor=world.pa, newcomer=person)
    browser = browser_for(world.pa)
    assert NEW in browser.get("/mentoring").get_data(as_text=True)
    with house.database.writing() as db:
        (mine,) = queries.requests_of(db, person, [world.authority])
        services.take_back(db, request_id=mine.id, by=person, now=now)
    for path in ("/", "/mentoring", "/messages"):
        page = browser.get(path).get_data(as_text=True)
        assert NEW not in page
        assert "Niamh" not in page
    with house.database.reading() as db:
        ended = [row for row in db.scalars(select(EventRow)) if row.kind == "MentoringEnded"]
    assert [row.by for row in ended] == [None]


def test_a_pa_and_their_own_employer_are_never_matched_nor_two_of_one_household(
    db: Db, world: World, now: datetime
) -> None:
    here: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": now}
    # The second PA shares a household with the first; the representative one with the employer.
    request, mentor = ask(db, world, world.second_pa, now), offer(db, world, world.pa, now)
    with pytest.raises(Refused, match="household"):
        matching.match(db, once=uuid4(), request_id=request, mentor_id=mentor, **here)
    people.give_role(
        db, person_id=world.pa, organisation_id=world.second_employer, role=Role.REPRESENTATIVE, by=None, now=now
    )
    asked = ask(db, world, world.second_employer_person, now, kind=Kind.EMPLOYER)
    both = offer(db, world, world.representative, now, kind=Kind.EMPLOYER)
    matching.match(db, once=uuid4(), request_id=asked, mentor_id=both, **here)  # another household: that may be
    own = ask(db, world, world.employer_person, now, kind=Kind.EMPLOYER)
    with pytest.raises(Refused, match="household"):
        matching.match(db, once=uuid4(), request_id=own, mentor_id=both, **here)
    with pytest.raises(Refused):
        matching.match(db, once=uuid4(), request_id=own, mentor_id=mentor, **here)  # a PA is no employer's mentor
    asked_of = queries.request(db, world.authority, own)
    assert matching.candidates(db, asked_of) == []


def test_people_kept_apart_are_never_matched_whoever_is_the_mentor(db: Db, world: World, now: datetime) -> None:
    person = newcomer(db, world, now)
    here: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": now}
    for _twice in range(2):
        matching.keep_apart(db, one=world.pa, other=person, **here)
    assert len(queries.apart_in(db, world.authority)) == 1
    for new, old in ((person, world.pa), (world.pa, person)):
        request, mentor = ask(db, world, new, now), offer(db, world, old, now)
        with pytest.raises(Refused, match="apart"):
            matching.match(db, once=uuid4(), request_id=request, mentor_id=mentor, **here)
    with pytest.raises(Refused):
        matching.keep_apart(db, one=world.pa, other=world.pa, **here)
    with pytest.raises(NotFound):
        matching.keep_apart(db, one=world.pa, other=world.other_pa, **here)


def test_a_mentor_here_and_a_newcomer_of_another_authority_never_meet(db: Db, world: World, now: datetime) -> None:
    mentor = offer(db, world, world.pa, now)
    elsewhere = {"authority_id": world.other_authority, "agreed": True, "by": world.other_pa, "now": now}
    once = uuid4()
    services.ask(db, wish(), once=once, **elsewhere)  # type: ignore[arg-type]
    for by, place in ((world.coordinator, world.authority), (world.other_coordinator, world.other_authority)):
        with pytest.raises(NotFound):
            matching.match(db, once=uuid4(), authority_id=place, request_id=once, mentor_id=mentor, by=by, now=now)
    with pytest.raises(NotFound):
        services.ask(db, wish(), once=uuid4(), authority_id=world.authority, agreed=True, by=world.other_pa, now=now)
    with pytest.raises(NotFound):
        queries.request(db, world.authority, once)


def test_only_those_concerned_and_coordinators_write(db: Db, world: World, now: datetime) -> None:
    person = newcomer(db, world, now)
    match = pair(db, world, now, mentor=world.pa, newcomer=person)
    (request,) = queries.requests_of(db, person, [world.authority])
    (mine,) = queries.offers_of(db, world.pa, [world.authority])
    for by in (world.second_pa, world.admin, world.coordinator, world.other_coordinator):
        for attempt in (
            lambda by=by: services.withdraw(db, mentor_id=mine.id, by=by, now=now),
            lambda by=by: services.take_back(db, request_id=request.id, by=by, now=now),
            lambda by=by: services.got_in_touch(db, once=uuid4(), match_id=match, minutes=1, by=by, now=now),
            lambda by=by: services.end_as_mentor(db, match_id=match, by=by, now=now),
        ):
            with pytest.raises(NotFound):
                attempt()
    for by in (world.pa, person, world.admin, world.other_coordinator):
        with pytest.raises(NotFound):
            matching.end(db, authority_id=world.authority, match_id=match, by=by, now=now)
    with pytest.raises(NotFound):
        matching.end(db, authority_id=world.other_authority, match_id=match, by=world.other_coordinator, now=now)
    for _twice in range(2):
        matching.end(db, authority_id=world.authority, match_id=match, by=world.coordinator, now=now)
    assert queries.newcomers_of(db, world.pa, [world.authority]) == []
