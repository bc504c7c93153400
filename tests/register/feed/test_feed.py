"""The feed on a real database: what is added when, in which order, and what is left of what was told before."""

from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import Refused
from lms.people import services as people
from lms.people.tokens.models import SystemToken
from lms.register.feed import queries, services
from lms.register.feed.models import FeedEntry
from lms.register.feed.rules import Kind, Told, Way
from lms.register.feed.sources import told_of_many
from lms.register.kinds import ListingState
from lms.register.touching import touch
from tests.register.feed.conftest import Stage
from tests.world import World

State = ListingState


def replayed(db: Db, authority_id: UUID, *, page: int = 3) -> dict[UUID, Any]:
    """The list of whoever follows the feed from zero, in pages."""
    found: dict[UUID, Any] = {}
    after = 0
    while entries := queries.changes(db, authority_id, after, page):
        for one in entries:
            if one.person is None:
                continue
            if one.kind is Kind.PUT:
                found[one.person] = one.data
            else:
                found.pop(one.person, None)
        after = entries[-1].seq
    return found


def in_list(db: Db, authority_id: UUID, *, page: int = 3) -> dict[UUID, Any]:
    """The list as it is handed out, in pages."""
    found: dict[UUID, Any] = {}
    after = 0
    while entries := queries.listed(db, authority_id, after, page):
        found.update({one.person: one.data for one in entries if one.person})
        after = entries[-1].seq
    return found


def test_nobody_is_told_of_who_did_not_agree(house: House, stage: Stage, world: World) -> None:
    with house.database.writing() as db:
        stage.stands(db, world.pa, State.LISTED)
    with house.database.reading() as db:
        assert queries.head(db, world.authority).last == 0
    with house.database.writing() as db:
        stage.agrees(db, world.pa)
    with house.database.reading() as db:
        assert list(in_list(db, world.authority)) == [world.pa]


def test_the_same_again_adds_nothing(house: House, listed: UUID, stage: Stage) -> None:
    for _again in range(3):
        with house.database.writing() as db:
            stage.stands(db, listed, State.LISTED)
            touch(db, stage.authority, [listed], stage.now)
    with house.database.reading() as db:
        assert queries.head(db, stage.authority).last == 1


def test_several_changes_in_one_transaction_are_one_entry(house: House, listed: UUID, stage: Stage) -> None:
    with house.database.writing() as db:
        for state in (State.PAUSED, State.LISTED, State.PROVISIONAL):
            stage.stands(db, listed, state)
    with house.database.reading() as db:
        newest = queries.changes(db, stage.authority, 1)
        assert [(one.seq, (one.data or {})["state"]) for one in newest] == [(2, "provisional")]


def test_a_new_name_is_told_at_once_and_the_same_name_is_not(house: House, listed: UUID, stage: Stage) -> None:
    for name in ("Robin Otherwise", "Robin Otherwise"):
        with house.database.writing() as db:
            people.change_details(db, person_id=listed, name=name, language="en", access_needs="", now=stage.now)
    with house.database.reading() as db:
        newest = queries.changes(db, stage.authority, 1)
        assert [(one.seq, "Robin Otherwise" in str(one.data)) for one in newest] == [(2, True)]


def test_taking_back_empties_what_was_told_before(house: House, listed: UUID, stage: Stage) -> None:
    with house.database.writing() as db:
        stage.stands(db, listed, State.PROVISIONAL)
    with house.database.writing() as db:
        stage.takes_back(db, listed)
    with house.database.reading() as db:
        rows = db.scalars(select(FeedEntry).order_by(FeedEntry.seq)).all()
        assert [(row.seq, row.kind, row.data) for row in rows] == [
            (1, Kind.PUT, None),
            (2, Kind.PUT, None),
            (3, Kind.REMOVE, None),
        ]
        assert in_list(db, stage.authority) == replayed(db, stage.authority) == {}
    with house.database.writing() as db:
        stage.agrees(db, listed)
    with house.database.reading() as db:
        assert list(in_list(db, stage.authority)) == [listed]


def test_agreeing_to_less_tells_less(house: House, listed: UUID, stage: Stage) -> None:
    with house.database.writing() as db:
        stage.agrees(db, listed, frozenset({Told.TRAINING}))
    with house.database.reading() as db:
        (data,) = in_list(db, stage.authority).values()
    assert "display_name" not in data
    assert [one["code"] for one in data["requirements"]] == ["RM-SAFE"]


def test_agreeing_to_what_the_rules_do_not_let_be_told_is_refused(db: Db, world: World, stage: Stage) -> None:
    with pytest.raises(Refused, match="has changed"):
        services.agree(
            db,
            once=uuid4(),
            person_id=world.pa,
            authority_id=world.authority,
            told=set(Told),
            now=stage.now,
        )


def test_a_double_tap_is_one_answer(house: House, world: World, stage: Stage) -> None:
    once = uuid4()
    for _tap in range(2):
        with house.database.writing() as db:
            services.agree(
                db, once=once, person_id=world.pa, authority_id=world.authority, told={Told.NAME}, now=stage.now
            )
    with house.database.reading() as db:
        said = queries.agreement_of(db, world.pa, world.authority)
        assert said is not None
        assert (said.agreed, said.told) == (True, {Told.NAME})


def test_whoever_leaves_is_not_told_of(house: House, listed: UUID, stage: Stage, world: World) -> None:
    from lms.people import services as people
    from lms.people.rules import Role

    with house.database.writing() as db:
        day = london_day(stage.now)
        people.end_role(
            db,
            person_id=listed,
            organisation_id=world.authority,
            role=Role.PA,
            until=day.replace(day=day.day - 1),
            by=None,
            now=stage.now,
        )
    with house.database.reading() as db:
        assert in_list(db, world.authority) == {}


def test_what_is_rolled_back_leaves_no_number(house: House, listed: UUID, stage: Stage) -> None:
    with house.database.unit(writing=True) as db:
        stage.stands(db, listed, State.PAUSED)
        services.settle(db)
        assert queries.head(db, stage.authority).last == 2
        db.rollback()
    with house.database.writing() as db:
        stage.stands(db, listed, State.PROVISIONAL)
    with house.database.reading() as db:
        assert [one.seq for one in queries.changes(db, stage.authority, 0)] == [1, 2]


def test_each_authority_counts_for_itself(
    house: House, listed: UUID, world: World, other_stage: Stage, stage: Stage
) -> None:
    with house.database.writing() as db:
        other_stage.stands(db, world.other_pa, State.LISTED)
        other_stage.agrees(db, world.other_pa)
        stage.stands(db, listed, State.PROVISIONAL)
    with house.database.reading() as db:
        assert queries.head(db, world.other_authority).last == 1
        assert queries.head(db, world.authority).last == 2
        assert list(in_list(db, world.other_authority)) == [world.other_pa]


def test_who_received_what_on_which_day(house: House, listed: UUID, stage: Stage, world: World) -> None:
    with house.database.writing() as db:
        stage.token(db)
        other = stage.pa(db, "Somebody Else")
        stage.stands(db, other, State.LISTED)
        stage.agrees(db, other)
        token_id = db.scalars(select(SystemToken.id)).one()
        here = {"token_id": token_id, "authority_id": world.authority, "now": stage.now}
    with house.database.writing() as db:  # the feed stands at 2: Pat is number 1, the other is number 2
        services.note_received(db, way=Way.LISTINGS, after=0, last=1, head=2, **here)
    with house.database.writing() as db:
        stage.takes_back(db, listed)  # number 3 replaces number 1
    with house.database.writing() as db:
        services.note_received(db, way=Way.CHANGES, after=0, last=3, head=3, **here)
        services.note_received(db, way=Way.VERDICT, person_id=other, **here)
    day = london_day(stage.now)
    with house.database.reading() as db:
        pats = queries.received_of(db, listed, world.authority)
        assert [(one.on, one.token_id, one.way) for one in pats] == [(day, token_id, Way.LISTINGS)]
        assert {"display_name", "requirements", "state"} <= set(pats[0].told)
        others = queries.received_of(db, other, world.authority)
        assert {one.way for one in others} == {Way.CHANGES, Way.VERDICT}


MOVES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["listed", "provisional", "paused", "suspended", "removed", "agree", "less", "back", "meet"]),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=15)
@given(moves=MOVES)
def _replay(house: House, world: World, stage: Stage, moves: list[tuple[int, str, bool]]) -> None:
    db = house.database.unit(writing=True)
    here = [stage.pa(db, f"Pa {number}") for number in range(4)]
    for who, what, commits in moves:
        person = here[who]
        match what:
            case "agree":
                stage.agrees(db, person)
            case "less":
                stage.agrees(db, person, frozenset({Told.NAME}))
            case "back":
                stage.takes_back(db, person)
            case "meet":
                stage.meets(db, person, {"RM-ID": date(2026, 1 + who, 1)})
            case _:
                stage.stands(db, person, State(what))
        if commits:
            db.commit()
    db.commit()
    db.close()
    with house.database.reading() as look:
        truth = told_of_many(look, stage.made, world.authority, london_day(stage.now))
        assert replayed(look, world.authority) == truth
        assert in_list(look, world.authority) == truth
        entries = queries.changes(look, world.authority, 0)
        assert [one.seq for one in entries] == list(range(1, queries.head(look, world.authority).last + 1))
        assert all(one.seq < two.seq for one, two in pairwise(entries))


def test_the_feed_replayed_from_zero_equals_the_list(house: House, world: World, stage: Stage) -> None:
    _replay(house, world, stage)
