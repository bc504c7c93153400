"""Two people move one listing at the same moment: one of them sees what the other did. On both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import Refused
from lms.register import standings
from lms.register.kinds import ListingState
from lms.register.listing import queries, reminding, removing, services
from lms.register.listing.reasons import Reason
from tests.register.listing.conftest import Life
from tests.world import World

State = ListingState
LifeIn = Callable[[Db], Life]


def at_once(calls: list[Callable[[], Any]]) -> list[str]:
    """All together; what each came to: its answer's name, or that it was refused."""
    ready = Barrier(len(calls))

    def start(call: Callable[[], Any]) -> str:
        ready.wait(timeout=30)
        try:
            call()
        except Refused:
            return "refused"
        return "done"

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(done.result(timeout=60) for done in [pool.submit(start, call) for call in calls])


def _ready(house: House, life_in: LifeIn, *steps: Callable[[Life], Any]) -> None:
    with house.database.writing() as db:
        for step in steps:
            step(life_in(db))


def _do(house: House, life_in: LifeIn, step: Callable[[Life], Any]) -> None:
    with house.database.writing() as db:
        step(life_in(db))


def _states(house: House, world: World) -> list[State]:
    with house.database.reading() as db:
        found = queries.listing_of(db, world.pa, world.authority)
        assert found is not None
        return [one.state for one in queries.moves_of(db, found.id)]


def test_two_officers_take_up_one_application_and_one_is_told(house: House, world: World, life_in: LifeIn) -> None:
    _ready(house, life_in, lambda life: life.apply())
    people = (world.register_officer, world.register_manager)

    def take_up(by: UUID) -> None:
        _do(house, life_in, lambda life: life.move(State.CHECKING, by=by))

    assert at_once([lambda by=by: take_up(by) for by in people]) == ["done", "refused"]  # type: ignore[misc]
    assert _states(house, world) == [State.CHECKING, State.SUBMITTED, State.DRAFT]


def test_a_pa_who_applies_many_times_at_once_has_one_listing(house: House, world: World, life_in: LifeIn) -> None:
    once = uuid4()

    def apply(life: Life) -> None:
        services.apply(life.db, once=once, now=life.now, **life.who)

    assert at_once([lambda: _do(house, life_in, apply)] * 5) == ["done"] * 5
    assert _states(house, world) == [State.SUBMITTED, State.DRAFT]


def test_a_pa_who_pauses_while_they_are_suspended_stays_hidden(house: House, world: World, life_in: LifeIn) -> None:
    _ready(house, life_in, lambda life: life.get_listed())
    at_once(
        [
            lambda: _do(house, life_in, lambda life: life.move(State.PAUSED, by=world.pa)),
            lambda: _do(house, life_in, lambda life: life.move(State.SUSPENDED, reason=Reason.CONCERN)),
        ]
    )
    assert _states(house, world)[0] is State.SUSPENDED


def test_a_move_and_the_calendar_do_not_wait_for_each_other_for_ever(
    house: House, world: World, life_in: LifeIn, now: datetime
) -> None:
    """The calendar hides the PA while an officer suspends them and somebody records what ran out."""
    _ready(house, life_in, lambda life: life.get_listed(declared_days_ago=360))
    later = now + timedelta(days=40)

    def reread(life: Life) -> None:
        standings.reassess(life.db, now=later, **life.who)

    for _again in range(3):
        at_once(
            [
                lambda: _do(house, life_in, reread),
                lambda: _do(house, life_in, reread),
                lambda: _do(house, life_in, lambda life: life.move(State.SUSPENDED, reason=Reason.CONCERN)),
                lambda: _do(house, life_in, lambda life: life.meet("RM-ID", life.now)),
            ]
        )
    assert _states(house, world)[0] is State.SUSPENDED


def test_sweeps_at_once_warn_once_and_end_a_notice_once(house: House, world: World, life_in: LifeIn) -> None:
    def give_notice(life: Life) -> None:
        removing.remove(
            life.db, once=uuid4(), reason=Reason.NO_ANSWER, by=world.register_manager, now=life.now, **life.who
        )

    _ready(house, life_in, lambda life: life.get_listed(declared_days_ago=360), give_notice)
    now = house.clock()
    at_once([lambda: reminding.sweep(house, now)] * 3)
    at_once([lambda: reminding.sweep(house, now + timedelta(days=16))] * 3)
    with house.database.reading() as db:
        events = list(
            db.scalars(
                select(EventRow).where(EventRow.kind.in_(["ListingRunsOut", "ListingMoved"])).order_by(EventRow.id)
            )
        )
    assert [one.data["days"] for one in events if one.kind == "ListingRunsOut"] == [7, 0]
    assert len([one for one in events if one.kind == "ListingMoved"]) == 5
    assert _states(house, world)[0] is State.REMOVED
