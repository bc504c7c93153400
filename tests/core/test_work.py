"""Work that waits: written with its fact, done once or twice without harm, tried again later when it fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms.core import work
from lms.core.db import Database, Db
from lms.core.house import House
from lms.core.models import WorkRow
from lms.core.work import LEASE, LONGEST_WAIT


def ask(house: House, key: str = "1", *, now: datetime) -> UUID:
    with house.database.writing() as db:
        work.later(db, "test.job", key, now=now)
        return db.scalars(select(WorkRow.id).where(WorkRow.key == key)).one()


def row(house: House, key: str = "1") -> WorkRow:
    with house.database.reading() as db:
        return db.scalars(select(WorkRow).where(WorkRow.key == key)).one()


@pytest.fixture
def done() -> list[str]:
    """Keys of the work that was done."""
    return []


@pytest.fixture
def able(house: House, done: list[str]) -> House:
    """A house whose worker can do the test's work."""
    return replace(house, workers={"test.job": lambda _house, key, _now: done.append(key)})


def failing(house: House, trouble: Exception) -> House:
    def fail(_house: House, _key: str, _now: datetime) -> None:
        raise trouble

    return replace(house, workers={"test.job": fail})


def test_work_is_done_and_remembered(able: House, done: list[str], now: datetime) -> None:
    ask(able, now=now)
    assert work.do_all(able, now=now) == 1
    assert done == ["1"]
    assert row(able).done_at == now


def test_done_work_is_not_done_again(able: House, done: list[str], now: datetime) -> None:
    work_id = ask(able, now=now)
    assert work.do(able, work_id, now=now)
    assert not work.do(able, work_id, now=now + timedelta(days=1))
    assert work.do_all(able, now=now + timedelta(days=1)) == 0
    assert done == ["1"]


def test_nobody_else_takes_work_during_its_lease(able: House, done: list[str], now: datetime) -> None:
    """A worker that is killed half way leaves the work to the next one, when the lease is over."""
    work_id = ask(able, now=now)

    def killed(_house: House, _key: str, _now: datetime) -> None:
        assert not work.do(able, work_id, now=now + LEASE / 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.do(replace(able, workers={"test.job": killed}), work_id, now=now)
    assert not work.do(able, work_id, now=now + LEASE / 2)
    assert work.do(able, work_id, now=now + LEASE)
    assert done == ["1"]
    assert row(able).attempts == 2


def test_asking_twice_while_it_waits_is_one_piece_of_work(able: House, done: list[str], now: datetime) -> None:
    ask(able, now=now)
    ask(able, now=now)
    assert work.do_all(able, now=now) == 1
    assert done == ["1"]


def test_asking_again_after_it_was_done_has_it_done_again(able: House, done: list[str], now: datetime) -> None:
    ask(able, now=now)
    work.do_all(able, now=now)
    ask(able, now=now + timedelta(hours=1))
    assert work.do_all(able, now=now + timedelta(hours=1)) == 1
    assert done == ["1", "1"]


def test_work_asked_for_in_a_unit_that_fails_is_never_done(able: House, done: list[str], now: datetime) -> None:
    with able.database.unit(writing=True) as db:
        work.later(db, "test.job", "1", now=now)
        db.rollback()
    assert work.do_all(able, now=now) == 0


def test_failing_work_keeps_its_trouble_and_waits_longer_each_time(house: House, now: datetime) -> None:
    broken = failing(house, LookupError("the printer is on fire"))
    work_id = ask(house, now=now)
    waits = []
    for _ in range(4):
        assert not work.do(broken, work_id, now=row(house).not_before)
        waits.append(row(house).not_before)
    minutes = [(late - early) / timedelta(minutes=1) for early, late in zip([now, *waits], waits, strict=False)]
    assert minutes == [2, 4, 8, 16]
    assert row(house).trouble == "LookupError: the printer is on fire"
    assert row(house).done_at is None


@pytest.mark.parametrize("attempts", [9, 10, 40, 100_000])
def test_work_that_fails_for_months_is_still_tried(house: House, now: datetime, attempts: int) -> None:
    work_id = ask(house, now=now)
    with house.database.writing() as db:
        db.execute(update(WorkRow).values(attempts=attempts))
    work.do(failing(house, LookupError("still")), work_id, now=now)
    assert row(house).not_before == now + LONGEST_WAIT


def test_work_nobody_knows_waits_with_its_trouble(able: House, now: datetime) -> None:
    """A newer version asked for it, say; when that version is back it will be done."""
    with able.database.writing() as db:
        work.later(db, "test.unknown", "x", now=now)
    assert work.do_all(able, now=now) == 0
    assert row(able, "x").trouble == "KeyError: 'test.unknown'"


def test_trouble_is_forgotten_when_it_works(able: House, house: House, now: datetime) -> None:
    work_id = ask(house, now=now)
    work.do(failing(house, LookupError("once")), work_id, now=now)
    assert work.do(able, work_id, now=now + timedelta(minutes=2))
    assert row(house).trouble is None


def test_failing_work_does_not_hold_up_the_rest(
    house: House, done: list[str], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = work.waiting
    monkeypatch.setattr(work, "waiting", lambda db, *, now: whole(db, now=now, limit=2))

    def sometimes(_house: House, key: str, _now: datetime) -> None:
        if key != "good":
            raise LookupError(key)
        done.append(key)

    for number, key in enumerate(["bad", "worse", "worst", "good"]):
        ask(house, key, now=now + timedelta(seconds=number))
    assert work.do_all(replace(house, workers={"test.job": sometimes}), now=now + timedelta(minutes=1)) == 1
    assert done == ["good"]


def test_work_asked_for_by_work_is_done_in_the_same_sweep(house: House, done: list[str], now: datetime) -> None:
    def again(inner: House, key: str, moment: datetime) -> None:
        done.append(key)
        if key == "1":
            ask(inner, "2", now=moment)

    ask(house, now=now)
    assert work.do_all(replace(house, workers={"test.job": again}), now=now) == 2
    assert done == ["1", "2"]


def belled(house: House, rung: list[UUID]) -> Database:
    url = house.database.engine.url.render_as_string(hide_password=False)
    return Database(url, info={"bell": rung.append})


@pytest.mark.parametrize("end", [Db.commit, Db.rollback], ids=["commit", "rollback"])
def test_the_bell_rings_after_the_commit_only(house: House, now: datetime, end: Callable[[Db], None]) -> None:
    rung: list[UUID] = []
    database = belled(house, rung)
    with database.unit(writing=True) as db:
        work.later(db, "test.job", "1", now=now)
        assert rung == []
        end(db)
    assert len(rung) == (1 if end is Db.commit else 0)
    database.close()
