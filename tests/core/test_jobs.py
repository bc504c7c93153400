"""The job engine on its queues: what is rung for is done, strangers are not heard, and a dead queue harms nobody."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from huey import Huey, PostgresHuey, SqliteHuey
from sqlalchemy import select

from lms.core import jobs, work
from lms.core.db import Database
from lms.core.house import House
from lms.core.models import EventRow, SealRow, WorkRow
from lms.core.settings import Settings
from lms.people import services

KEY = "a key for tests that is long enough for everybody"


@pytest.fixture
def queued(house: House, settings: Settings, done: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house whose bell and worker share a queue: in the same kind of database as its tables."""
    opened: list[Huey] = []
    made = jobs.engine

    def remembered(chosen: Settings) -> Huey:
        opened.append(made(chosen))
        return opened[-1]

    monkeypatch.setattr(jobs, "engine", remembered)
    url = settings.database_url
    if url.startswith("postgresql"):
        url = url.replace("postgresql+psycopg", "postgresql", 1)
    else:
        url = f"sqlite:///{settings.data / 'jobs.db'}"
    ours = replace(settings, jobs_url=url, secret_key=KEY)
    database = Database(settings.database_url, info={"bell": jobs.bell(ours)})
    yield replace(
        house, settings=ours, database=database, workers={"test.job": lambda _house, key, _now: done.append(key)}
    )
    database.close()
    for huey in opened:
        huey.storage.close()


@pytest.fixture
def done() -> list[str]:
    """Keys of the work that was done."""
    return []


def work_once(huey: Any) -> bool:
    """What one turn of Huey's own worker does."""
    task = huey.dequeue()
    if task is not None:
        huey.execute(task)
    return task is not None


def test_what_is_rung_for_is_done(queued: House, done: list[str], now: datetime) -> None:
    with queued.database.writing() as db:
        work.later(db, "test.job", "1", now=now)
    huey = jobs.worker_engine(queued)
    assert isinstance(huey, SqliteHuey | PostgresHuey)
    assert work_once(huey)
    assert done == ["1"]
    with queued.database.reading() as db:
        assert db.scalars(select(WorkRow.done_at)).one() == now


def test_nothing_is_rung_before_the_commit(queued: House, now: datetime) -> None:
    huey = jobs.worker_engine(queued)
    with queued.database.unit(writing=True) as db:
        work.later(db, "test.job", "1", now=now)
        assert huey.pending_count() == 0
        db.rollback()
    assert huey.pending_count() == 0


def test_a_ring_that_was_lost_is_found_by_the_sweep(queued: House, done: list[str], now: datetime) -> None:
    with queued.database.writing() as db:
        work.later(db, "test.job", "1", now=now)
    jobs.engine(queued.settings).flush()
    jobs.tidy(queued)
    assert done == ["1"]


def test_a_sweep_that_fails_keeps_no_other_from_being_done(queued: House, done: list[str], now: datetime) -> None:
    def fails(_house: House, _now: datetime) -> None:
        raise LookupError("broken")

    house = replace(queued, sweeps=(fails, lambda _house, _now: done.append("swept")))
    with house.database.writing() as db:
        work.later(db, "test.job", "1", now=now)
    with pytest.raises(ExceptionGroup, match="sweeps failed"):
        jobs.tidy(house)
    assert done == ["swept", "1"]


def test_the_sweep_seals_facts_and_keeps_the_head(queued: House, now: datetime) -> None:
    with queued.database.writing() as db:
        services.add_person(db, name="Pat", username="pat", by=None, now=now)
    jobs.tidy(queued, thorough=True)
    with queued.database.reading() as db:
        assert len(db.scalars(select(SealRow)).all()) == len(db.scalars(select(EventRow)).all()) == 1
    assert [path.name for path in queued.settings.heads.iterdir()] == ["2026-11-21.json"]


def test_the_sweep_is_due_every_minute(queued: House, done: list[str], now: datetime) -> None:
    huey = jobs.worker_engine(queued)
    for minute in (0, 1, 59):
        with queued.database.writing() as db:
            work.later(db, "test.job", str(minute), now=now)
        (task,) = huey.read_periodic(datetime(2026, 11, 21, 12, minute))  # noqa: DTZ001  Huey's own clock
        huey.execute(task)
    assert done == ["0", "1", "59"]


class Bomb:
    """What a stranger who can write to the queue would put there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.touch, (self.path,)


def test_a_strangers_message_is_not_opened(queued: House, tmp_path: Path) -> None:
    huey = jobs.worker_engine(queued)
    huey.storage.enqueue(pickle.dumps(Bomb(tmp_path / "hurt")))
    with pytest.raises(ValueError, match=r"Separator|Signature"):
        huey.dequeue()
    assert not (tmp_path / "hurt").exists()


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/jobs.db", "postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1/0"]
)
def test_a_dead_queue_does_not_undo_what_is_saved(tmp_path: Path, url: str) -> None:
    ring = jobs.bell(Settings(data=tmp_path, jobs_url=url, secret_key=KEY))
    ring(uuid4())
