"""A course with places in the small world, and PAs who ask for one."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.funding.places import asking, opening, queries
from lms.funding.places.opening import Wanted
from lms.funding.places.words import Need, Order, PlaceState
from lms.people import services as people
from lms.people.rules import Role
from tests.world import World

WANTED = Wanted(
    scheme="RIVERMERE-PLACES-2026-27",
    item="CLASS",
    training="",
    title="Moving and handling, one day",
    held_at="Weir Bank library",
    opens_on=date(2026, 11, 1),
    closes_on=date(2026, 11, 30),
    starts_on=date(2026, 12, 10),
    ends_on=date(2026, 12, 10),
    quota=2,
    cost_pence=6000,
    order=Order.FIRST_COME,
    accept_days=5,
)


@dataclass
class Town:
    """The world with a course, and short ways to do things in a unit of work of their own."""

    house: House
    world: World
    now: datetime

    def open(self, **other: Any) -> UUID:
        """A course with two places, but for what is said otherwise."""
        run_id = uuid4()
        with self.house.database.writing() as db:
            self.open_in(db, run_id, **other)
        return run_id

    def open_in(self, db: Db, run_id: UUID, **other: Any) -> None:
        opening.open_run(
            db,
            once=run_id,
            authority_id=self.world.authority,
            wanted=replace(WANTED, **other),
            by=self.world.coordinator,
            now=self.now,
        )

    def pas(self, number: int, *, employed: bool = True) -> list[UUID]:
        """More PAs of the authority; employed by a household of its area, so that nothing has to be shown."""
        since = london_day(self.now) - timedelta(days=30)
        made = []
        with self.house.database.writing() as db:
            for each in range(number):
                name = uuid4().hex[:8]
                pa = people.add_person(db, name=f"Pa {name} {each}", username=f"pa-{name}", by=None, now=self.now)
                people.give_role(
                    db,
                    person_id=pa,
                    organisation_id=self.world.authority,
                    role=Role.PA,
                    by=None,
                    now=self.now,
                    since=since,
                )
                if employed:
                    people.start_employment(
                        db, pa_id=pa, employer_id=self.world.employer, since=since, by=None, now=self.now
                    )
                made.append(pa)
        return made

    def ask(self, run_id: UUID, pa: UUID, need: Need = Need.USEFUL, *, now: datetime | None = None) -> UUID:
        """A PA asks for a place."""
        with self.house.database.writing() as db:
            return asking.ask(db, once=uuid4(), run_id=run_id, person_id=pa, need=need, now=now or self.now)

    def accept(self, ask_id: UUID, pa: UUID, *, now: datetime | None = None) -> None:
        """A PA takes the place they were offered."""
        with self.house.database.writing() as db:
            asking.accept(db, ask_id=ask_id, person_id=pa, now=now or self.now)

    def states(self, run_id: UUID) -> list[PlaceState]:
        """Where everybody stands, in the order in which they asked."""
        with self.house.database.reading() as db:
            return [each.state for each in queries.asks_in(db, run_id)]

    def held(self, run_id: UUID) -> int:
        """How many places are taken or offered, as the course says."""
        with self.house.database.reading() as db:
            return queries.runs_by_id(db, [run_id])[run_id].held


@pytest.fixture
def town(house: House, world: World, now: datetime) -> Town:
    """The small world with places."""
    return Town(house, world, now)


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same moment; gives what each returned, or the refusal it met."""
    ready = Barrier(len(calls))

    def start(call: Callable[[], Any]) -> Any:
        ready.wait(timeout=30)
        try:
            return call()
        except Exception as trouble:  # noqa: BLE001  the test looks at what it was
            return trouble

    with ThreadPoolExecutor(len(calls)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(start, call) for call in calls]]
