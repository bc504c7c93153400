"""The job engine: Huey wakes workers as soon as something is committed, and sweeps every minute for what was missed.

The rows in `lms_work` are the truth; the engine's own queue may be lost without losing any work.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from huey import Huey, SqliteHuey, crontab

from lms.core import seal, work
from lms.core.house import House
from lms.core.settings import Settings

log = structlog.get_logger(__name__)

TASK = "lms_do_work"


def engine(settings: Settings) -> Huey:
    """The Huey engine the settings name: SQLite in the data folder, PostgreSQL, or Redis."""
    url = settings.jobs_url
    scheme = urlsplit(url).scheme.partition("+")[0]
    if scheme == "redis":
        from huey import RedisHuey

        return RedisHuey("lms", url=url, results=False)
    if scheme == "postgresql":
        return _postgres(url)
    settings.data.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("lms", filename=url.removeprefix("sqlite:///"), results=False, fsync=False)


def _postgres(url: str) -> Huey:
    from huey import PostgresHuey

    return PostgresHuey("lms", dsn=url.replace("postgresql+psycopg://", "postgresql://", 1), results=False)


def bell(settings: Settings) -> Callable[[UUID], None]:
    """Something to ring with the id of waiting work. It never fails: the minute's sweep finds what it missed."""
    held: list[Any] = []

    def ring(work_id: UUID) -> None:
        try:
            if not held:
                held.append(_tasks(engine(settings), None))
            held[0](str(work_id))
        except Exception as trouble:  # a queue that is away must not undo what is committed
            log.warning("bell_failed", trouble=type(trouble).__name__)

    return ring


def _tasks(huey: Huey, house: House | None) -> Any:
    """Register our tasks on an engine. The side that only rings has no house and never runs them."""

    @huey.task(name=TASK)
    def do_work(work_id: str) -> None:
        assert house is not None
        work.do(house, UUID(work_id), now=house.clock())

    return do_work


def worker_engine(house: House) -> Huey:
    """An engine whose worker does our work: what is rung for, a sweep each minute, the chain's seals and daily head."""
    huey = engine(house.settings)
    _tasks(huey, house)

    @huey.periodic_task(crontab(), name="lms_sweep")
    def sweep() -> None:
        tidy(house)

    return huey


def tidy(house: House) -> None:
    """Everything that is due: waiting work, seals, and the head kept outside."""
    now = house.clock()
    work.do_all(house, now=now)
    while True:
        with house.database.writing() as db:
            if not seal.seal_batch(db, now=now):
                break
    with house.database.reading() as db:
        seal.keep_head(db, house.settings.heads, now=now)
