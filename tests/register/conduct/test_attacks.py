"""Two managers publish at once, for the same day or under the same name: one is through, the other is told why."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.house import House
from lms.register.conduct import known, services
from tests.register.listing.test_at_once import at_once
from tests.world import World


@pytest.fixture
def drafts(house: House, world: World, now: datetime) -> list[UUID]:
    """Two drafts that could be published."""
    ids = [uuid4(), uuid4()]
    with house.database.writing() as db:
        for place, each in enumerate(ids):
            services.begin(
                db, once=each, authority_id=world.authority, version=f"2027-{place}", by=world.register_manager, now=now
            )
            _save(db, world, now, each, f"2027-{place}", revision=1)
    return ids


def _save(db: Db, world: World, now: datetime, draft: UUID, name: str, *, revision: int) -> None:
    services.save(
        db, draft_id=draft, authority_id=world.authority, revision=revision, version=name,
        commitments=[Words(en="I arrive on time.", cy="Rwy’n cyrraedd yn brydlon.")], news=None, reaccept_days=30,
        by=world.register_manager, now=now,
    )  # fmt: skip


def _publish(db: Db, world: World, now: datetime, draft: UUID, day: date) -> None:
    services.publish(
        db, draft_id=draft, authority_id=world.authority, revision=2, from_day=day, welsh=True,
        by=world.register_manager, now=now,
    )  # fmt: skip


def test_two_versions_for_one_day_at_once(house: House, world: World, now: datetime, drafts: list[UUID]) -> None:
    day = london_day(now) + timedelta(days=30)

    def publish(draft: UUID) -> Callable[[], None]:
        def go() -> None:
            with house.database.writing() as db:
                _publish(db, world, now, draft, day)

        return go

    said: list[str] = []
    waits = Thread(target=lambda: said.extend(at_once([publish(drafts[1])])))
    with house.database.writing() as db:
        _publish(db, world, now, drafts[0], day)
        waits.start()
        waits.join(0.5)  # as far as it comes before this one is through
    waits.join(30)
    assert said == ["refused"]
    with house.database.reading() as db:
        assert [each.from_day for each in known.known(db, world.authority)].count(day) == 1


def test_two_drafts_take_one_name_at_once(house: House, world: World, now: datetime, drafts: list[UUID]) -> None:
    def rename(draft: UUID) -> Callable[[], None]:
        def go() -> None:
            with house.database.writing() as db:
                _save(db, world, now, draft, "2027-9", revision=2)

        return go

    assert at_once([rename(each) for each in drafts]) == ["done", "refused"]


def test_two_begin_one_name_at_once(house: House, world: World, now: datetime) -> None:
    def begin() -> None:
        with house.database.writing() as db:
            services.begin(
                db, once=uuid4(), authority_id=world.authority, version="2027-1", by=world.register_manager, now=now
            )

    assert at_once([begin] * 3) == ["done", "refused", "refused"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_odd_numbers_of_commitments_are_no_mistake_of_ours(
    world: World, drafts: list[UUID], browser_for: Callable[..., Any]
) -> None:
    there = f"/register/conduct/{drafts[0]}"
    manager = browser_for(world.register_manager)
    for place in ("²", "99999999999", "-1", "x", "٣", "9" * 5_000):
        sent = {"version": "2027-0", "reaccept_days": "3", f"commitments-{place}-en": "x", "revision": "1"}
        assert manager.post(there, sent).status_code == 200, place
