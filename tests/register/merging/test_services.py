"""Two records read as one and two again, on both databases: verdicts, standings, listings and the trail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from lms.register import grounds, queries, services
from lms.register.kinds import ListingState
from lms.register.listing import queries as listing
from lms.register.listing import services as listings
from lms.register.lists import Chosen, page_of
from lms.register.merging import services as merging
from lms.register.merging.queries import same_as
from lms.register.merging.reasons import LinkReason, UndoReason
from lms.register.models import Standing, StandingLack
from tests.register.merging.conftest import Link, add_twin, see
from tests.world import World

CODES = ("RM-ID", "RM-RTW", "RM-DECL", "RM-INT")


def _undo(db: Db, world: World, link_id: UUID, now: datetime, **more: Any) -> None:
    given = {"reason": UndoReason.TWO_PEOPLE, "by": world.register_manager, "authority_id": world.authority, **more}
    merging.undo(db, link_id=link_id, now=now, **given)


def _missing(db: Db, world: World, person_id: UUID, now: datetime) -> tuple[str, ...]:
    judged = queries.verdict_of(db, person_id, world.authority, london_day(now))
    assert judged is not None
    return judged.verdict.missing


def _on_list(db: Db, world: World, now: datetime) -> set[UUID]:
    rows, _total = page_of(db, world.authority, london_day(now), Chosen(), offset=0, limit=50)
    return {row.person_id for row in rows}


def _state(db: Db, world: World, person_id: UUID) -> ListingState | None:
    found = listing.listing_of(db, person_id, world.authority)
    return found.state if found else None


def test_what_was_recorded_for_either_counts_for_both(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    see(db, world, now, world.pa, "RM-ID")
    see(db, world, now, twin, "RM-RTW")
    before = set(_missing(db, world, world.pa, now))
    assert "RM-RTW" in before
    link()
    both = set(_missing(db, world, world.pa, now))
    assert both == before - {"RM-RTW"} == set(_missing(db, world, twin, now))
    kept = db.scalars(select(Standing).where(Standing.person_id == world.pa)).one()
    assert kept.missing == len(both)


def test_a_fact_on_the_other_record_moves_the_one_that_stays(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    link()
    see(db, world, now, twin, "RM-DECL")
    lacks = select(StandingLack.code).where(StandingLack.person_id == world.pa)
    assert "RM-DECL" not in set(db.scalars(lacks))


def test_the_other_record_leaves_the_lists_and_comes_back(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    assert {world.pa, twin} <= _on_list(db, world, now)
    made = link()
    assert twin not in _on_list(db, world, now)
    assert world.pa in _on_list(db, world, now)
    _undo(db, world, made, now)
    assert {world.pa, twin} <= _on_list(db, world, now)


def test_a_role_given_again_does_not_put_the_other_record_back(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    link()
    people.end_role(
        db, person_id=twin, organisation_id=world.authority, role=Role.PA, until=now.date(), by=world.admin, now=now
    )
    assert twin not in _on_list(db, world, now)


def test_a_listing_is_closed_and_stands_again_where_it_stood(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    for person_id in (world.pa, twin):
        listings.apply(db, once=uuid4(), person_id=person_id, authority_id=world.authority, now=now)
    made = link()
    assert _state(db, world, twin) is ListingState.REMOVED
    assert _state(db, world, world.pa) is ListingState.SUBMITTED
    _undo(db, world, made, now)
    assert _state(db, world, twin) is ListingState.SUBMITTED


def test_nobody_drops_off_the_register_by_being_found_twice(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    listings.apply(db, once=uuid4(), person_id=twin, authority_id=world.authority, now=now)
    with pytest.raises(Refused, match="has the listing"):
        link()
    link(kept_id=twin, other_id=world.pa)
    assert _state(db, world, twin) is ListingState.SUBMITTED


def test_the_code_accepted_under_the_other_record_is_a_ground_for_certificates(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    today = london_day(now)
    services.accept_code(db, once=uuid4(), person_id=twin, authority_id=world.authority, version="2026-1", now=now)
    assert grounds.conduct_accepted(db, world.pa, world.authority, today) is None
    made = link()
    assert grounds.conduct_accepted(db, world.pa, world.authority, today) == today
    _undo(db, world, made, now)
    assert grounds.conduct_accepted(db, world.pa, world.authority, today) is None


def test_both_records_carry_the_trail_and_both_hear_of_it(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    made = link()
    _undo(db, world, made, now)
    for person_id in (world.pa, twin):
        kinds = set(db.scalars(select(EventRow.kind).where(EventRow.about == person_id)))
        assert {"RecordsLinked", "RecordsApart"} <= kinds
        told = list(db.scalars(select(Notice.kind).where(Notice.person_id == person_id)))
        assert told.count("records_linked") == told.count("records_apart") == 1


def test_the_same_form_twice_links_once_and_undoing_twice_is_harmless(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    once = uuid4()
    link(once=once)
    link(once=once)
    _undo(db, world, once, now)
    _undo(db, world, once, now)
    assert same_as(db, [world.pa, twin], world.authority) == {}
    facts = db.scalars(select(EventRow).where(EventRow.kind == "RecordsLinked", EventRow.about == twin)).all()
    assert len(facts) == 1


def test_three_records_are_one_person(db: Db, world: World, twin: UUID, link: Link, now: datetime) -> None:
    third = add_twin(db, world, now)
    link()
    link(other_id=third)
    found = same_as(db, [world.pa, twin, third], world.authority)
    everybody = {world.pa, twin, third}
    assert {each: {*others, each} for each, others in found.items()} == dict.fromkeys(everybody, everybody)


def test_links_that_make_no_sense(db: Db, world: World, twin: UUID, link: Link, now: datetime) -> None:
    third = add_twin(db, world, now)
    link()
    for wrong in ({"kept_id": twin, "other_id": world.pa}, {"kept_id": twin, "other_id": third}, {"kept_id": third}):
        with pytest.raises(Refused):
            link(**{"other_id": twin, **wrong})
    with pytest.raises(NotFound):
        link(kept_id=world.pa, other_id=world.pa)
    with pytest.raises(NotFound):
        link(other_id=world.other_pa)
    with pytest.raises(NotFound):
        link(authority_id=world.other_authority)


def test_nobody_links_or_undoes_their_own_record(db: Db, world: World, twin: UUID, link: Link, now: datetime) -> None:
    with pytest.raises(Refused, match="yours"):
        link(by=twin)
    made = link()
    with pytest.raises(Refused, match="yours"):
        _undo(db, world, made, now, by=world.pa)
    with pytest.raises(NotFound):
        _undo(db, world, made, now, authority_id=world.other_authority)


def test_another_authority_sees_two(db: Db, world: World, twin: UUID, link: Link, now: datetime) -> None:
    since = london_day(now) - timedelta(days=3)
    for person_id in (world.pa, twin):
        people.give_role(
            db, person_id=person_id, organisation_id=world.other_authority, role=Role.PA, by=None, now=now, since=since
        )
    link()
    assert same_as(db, [world.pa, twin], world.other_authority) == {}


def test_two_people_are_not_suggested_again(db: Db, world: World, twin: UUID, now: datetime) -> None:
    given = {"authority_id": world.authority, "first_id": twin, "second_id": world.pa}
    merging.two_people(db, **given, by=world.register_officer, now=now)
    merging.two_people(db, **given, by=world.register_officer, now=now)
    assert len(db.scalars(select(EventRow).where(EventRow.kind == "TwoPeopleSaid")).all()) == 2


Seen = st.lists(st.tuples(st.booleans(), st.sampled_from(CODES)), max_size=6)


@dataclass(frozen=True)
class Story:
    """What is seen for either record before and while the two are one, and which of them applied before."""

    seen: list[tuple[bool, str]]
    applied: tuple[bool, bool]
    later: list[tuple[bool, str]]


STORIES = st.builds(Story, seen=Seen, applied=st.tuples(st.booleans(), st.booleans()), later=Seen)


@given(story=STORIES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_link_undone_leaves_what_each_has_by_itself(db: Db, world: World, now: datetime, story: Story) -> None:
    """Undone, each record is what its own records make it, as if there had been no link."""
    assert _told(db, world, now, story, linked=True) == _told(db, world, now, story, linked=False)


def _told(db: Db, world: World, now: datetime, story: Story, *, linked: bool) -> Any:
    with db.begin_nested() as savepoint:
        twin, once = add_twin(db, world, now), uuid4()
        both = (world.pa, twin)
        _see_all(db, world, now, both, story.seen)
        for person_id, does in zip(both, story.applied, strict=True):
            if does:
                listings.apply(db, once=uuid4(), person_id=person_id, authority_id=world.authority, now=now)
        kept, other = (twin, world.pa) if story.applied == (False, True) else both
        if linked:
            merging.link(
                db,
                once=once,
                authority_id=world.authority,
                kept_id=kept,
                other_id=other,
                reason=LinkReason.ADDED_TWICE,
                by=world.register_officer,
                now=now,
            )
        _see_all(db, world, now, both, story.later)
        if linked:
            _undo(db, world, once, now)
        found = _everything(db, world, both, now)
        savepoint.rollback()
    db.expire_all()
    return found


def _see_all(db: Db, world: World, now: datetime, both: tuple[UUID, UUID], seen: list[tuple[bool, str]]) -> None:
    for second, code in seen:
        see(db, world, now, both[second], code, **({"met": True} if code == "RM-INT" else {}))


def _everything(db: Db, world: World, both: tuple[UUID, UUID], now: datetime) -> Any:
    db.expire_all()
    rows = {each: db.scalars(select(Standing).where(Standing.person_id == each)).one() for each in both}
    return [
        (
            _missing(db, world, each, now),
            _state(db, world, each),
            rows[each].state,
            rows[each].missing,
            rows[each].verdict,
            rows[each].holds_until,
            rows[each].ended_on,
            rows[each].next_step,
            set(db.scalars(select(StandingLack.code).where(StandingLack.person_id == each))),
        )
        for each in both
    ]
