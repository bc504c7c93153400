"""Several people record at the same moment: nothing is lost from the standing, nothing is made twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

from lms.core.house import House
from lms.register import queries, services
from tests.world import World

CODES = ("RM-ID", "RM-RTW", "RM-INT", "RM-DECL")


def at_once(calls: list[Callable[[], Any]]) -> None:
    ready = Barrier(len(calls))

    def start(call: Callable[[], Any]) -> None:
        ready.wait(timeout=30)
        call()

    with ThreadPoolExecutor(len(calls)) as pool:
        for done in [pool.submit(start, call) for call in calls]:
            done.result(timeout=60)


def see(house: House, world: World, now: datetime, code: str, once: UUID) -> None:
    with house.database.writing() as db:
        services.record_seen(
            db,
            once=once,
            person_id=world.pa,
            authority_id=world.authority,
            code=code,
            on=now.date(),
            data={},
            by=world.register_officer,
            now=now,
        )


def test_facts_recorded_at_once_all_reach_the_standing(house: House, world: World, now: datetime) -> None:
    with house.database.reading() as db:
        before = queries.standings_of(db, world.pa, now.date())[0].missing
    at_once([lambda code=code: see(house, world, now, code, uuid4()) for code in CODES])  # type: ignore[misc]
    with house.database.reading() as db:
        assert queries.standings_of(db, world.pa, now.date())[0].missing == before - len(CODES)


def test_one_form_sent_many_times_at_once_makes_one_record(house: House, world: World, now: datetime) -> None:
    once = uuid4()
    at_once([lambda: see(house, world, now, "RM-ID", once)] * 6)
    with house.database.reading() as db:
        assert len(queries.records_of(db, world.pa, world.authority)) == 1
