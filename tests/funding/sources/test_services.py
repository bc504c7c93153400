"""Saying which money meets a cost: by whom, with what, and two at once; on both databases."""

import contextlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.funding.sources import queries, rules, services
from lms.funding.sources.models import MoneySaid
from lms.funding.sources.queries import Cost, CostAsk
from lms.funding.sources.rules import Share, StopCode
from lms.funding.sources.words import FROM_RECORDS, Capacity, CostKind, Source
from lms.learning import services as learning
from tests.world import World

OWN, DIRECT, EMPLOYER = Source.OWN_MONEY, Source.DIRECT_PAYMENT, Source.EMPLOYER


@pytest.fixture
def cost(house: House, world: World, now: datetime) -> Cost:
    """What PAI-1 costs the world's PA, who is on the induction."""
    with house.database.writing() as db:
        enrolment = learning.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
        )
    return Cost(enrolment, "PAI-1", CostKind.COURSE)


def say(
    db: Db,
    cost: Cost,
    by: UUID,
    now: datetime,
    shares: Sequence[Share],
    *,
    pence: int | None = None,
    after: int = 0,
    once: UUID | None = None,
) -> None:
    services.say(db, once=once or uuid4(), cost=cost, cost_pence=pence, shares=shares, after=after, by=by, now=now)


def test_who_said_so_and_when_stays_and_the_newest_counts(db: Db, world: World, now: datetime, cost: Cost) -> None:
    say(db, cost, world.pa, now, [Share(source=OWN)])
    say(db, cost, world.employer_person, now, [Share(source=DIRECT)], after=1)
    (met,) = queries.met_by(db, [cost.enrolment_id])[cost.enrolment_id]
    assert (met.source, met.by, met.at) == (DIRECT, world.employer_person, now)
    assert [each.capacity for each in queries.history_of(db, cost.enrolment_id)] == [Capacity.EMPLOYER, Capacity.PA]


def test_nobody_else_speaks_of_somebodys_costs(db: Db, world: World, now: datetime, cost: Cost) -> None:
    for stranger in (world.second_pa, world.assessor, world.other_coordinator, world.other_employer_person):
        with pytest.raises(NotFound):
            say(db, cost, stranger, now, [Share(source=OWN)])
    assert queries.met_by(db, [cost.enrolment_id]) == {}


def test_a_pa_cannot_say_that_a_scheme_pays(db: Db, world: World, now: datetime, cost: Cost) -> None:
    with pytest.raises(Refused, match="Only your council"):
        say(db, cost, world.pa, now, [Share(source=Source.SCHEME, scheme="ULO-2026-27")])
    say(db, cost, world.coordinator, now, [Share(source=Source.SCHEME, scheme="ULO-2026-27")])


def test_what_the_team_said_of_a_scheme_stays_when_the_pa_says_the_rest(
    db: Db, world: World, now: datetime, cost: Cost
) -> None:
    scheme = Share(source=Source.SCHEME, scheme="ULO-2026-27", pence=4000)
    say(db, cost, world.funding_officer, now, [scheme], pence=6000)
    with pytest.raises(Refused, match="more than the cost"):
        say(db, cost, world.pa, now, [Share(source=OWN, pence=2001)], pence=6000, after=1)
    say(db, cost, world.pa, now, [Share(source=OWN, pence=2000)], pence=6000, after=1)
    assert {met.source for met in queries.met_by(db, [cost.enrolment_id])[cost.enrolment_id]} == {Source.SCHEME, OWN}


def test_two_sources_that_are_more_than_the_cost_are_refused(db: Db, world: World, now: datetime, cost: Cost) -> None:
    with pytest.raises(Refused, match="more than the cost"):
        say(db, cost, world.pa, now, [Share(source=OWN, pence=3000), Share(source=DIRECT, pence=3001)], pence=6000)
    with pytest.raises(Refused, match="say what the whole cost is"):
        say(db, cost, world.pa, now, [Share(source=OWN, pence=3000), Share(source=DIRECT, pence=3001)])


def test_a_double_tap_says_it_once(db: Db, world: World, now: datetime, cost: Cost) -> None:
    once = uuid4()
    for _ in range(2):
        say(db, cost, world.pa, now, [Share(source=OWN)], once=once)
    assert db.scalar(select(func.count()).select_from(MoneySaid)) == 1


def test_who_did_not_see_what_was_said_since_is_told(db: Db, world: World, now: datetime, cost: Cost) -> None:
    say(db, cost, world.pa, now, [Share(source=OWN)])
    with pytest.raises(Refused, match="just said something"):
        say(db, cost, world.employer_person, now, [Share(source=DIRECT)])


def test_of_two_who_say_something_at_once_one_is_told(house: House, world: World, now: datetime, cost: Cost) -> None:
    ready, people = Barrier(4), [world.pa, world.employer_person, world.coordinator, world.representative]

    def start(by: UUID) -> str:
        ready.wait(timeout=30)
        try:
            with house.database.writing() as db:
                say(db, cost, by, now, [Share(source=OWN)])
        except Refused:
            return "told"
        return "said"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(start, people)) == ["said", "told", "told", "told"]


def line_ask(cost: Cost, *, wanted: int = 4000, pence: int | None = 6000, training: str | None = None) -> CostAsk:
    return CostAsk(
        line_id=uuid4(),
        enrolment_id=cost.enrolment_id,
        training=training or cost.training,
        scheme="ULO-2026-27",
        wanted_pence=wanted,
        cost_pence=pence,
    )


def test_a_line_is_stopped_by_what_was_said_of_its_training_or_of_the_whole_course(
    db: Db, world: World, now: datetime, cost: Cost
) -> None:
    whole = Cost(cost.enrolment_id, queries.WHOLE_COURSE, CostKind.COURSE)
    say(db, whole, world.pa, now, [Share(source=DIRECT)])
    one, other = line_ask(cost), line_ask(cost, training="PAI-2")
    assert {stop.code for stop in queries.stops(db, [one, other]).values()} == {StopCode.MET_BY_OTHER}
    say(db, cost, world.pa, now, [], after=0)
    assert set(queries.stops(db, [one, other])) == {other.line_id}, "of PAI-1 it was said that nobody pays yet"


def test_lines_of_one_claim_cannot_ask_for_the_same_cost_together(
    db: Db, world: World, now: datetime, cost: Cost
) -> None:
    first = line_ask(cost)
    second = CostAsk(**{**vars(first), "line_id": uuid4(), "scheme": "RIVERMERE-GRANT-2026-27"})
    stops = queries.stops(db, [first, second])
    assert set(stops) == {second.line_id}
    assert stops[second.line_id].values == {"left_pence": 2000, "cost_pence": 6000}


SHARES = st.lists(
    st.builds(
        Share,
        source=st.sampled_from([source for source in Source if source not in FROM_RECORDS]),
        pence=st.none() | st.integers(1, 9000),
    ),
    max_size=3,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(SHARES, st.none() | st.integers(1, 9000), st.booleans()), max_size=6))
def test_whatever_is_said_and_taken_in_no_cost_is_met_twice(
    db: Db, world: World, now: datetime, cost: Cost, said: list[tuple[list[Share], int | None, bool]]
) -> None:
    turn = queries.said_about(db, cost)
    after = turn.turn if turn else 0
    place: UUID | None = None
    for shares, pence, from_place in said:
        if from_place and place is None:
            share = Share(source=Source.SCHEME, scheme="ULO-2026-27", pence=500)
            services.take_in(
                db,
                cost=cost,
                learner_id=world.pa,
                authority_id=world.authority,
                share=share,
                cost_pence=pence,
                now=now,
            )
        else:
            with contextlib.suppress(Refused):
                say(db, cost, world.pa, now, shares, pence=pence, after=after)
        stands = queries.said_about(db, cost)
        after = stands.turn if stands else 0
        if stands is not None:
            assert rules.wrong_with(stands.shares, stands.cost_pence) is None
            if stands.cost_pence is not None:
                assert rules.given(stands.shares, stands.cost_pence) <= stands.cost_pence
