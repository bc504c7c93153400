"""The job engine: Huey wakes workers as soon as something is committed, and sweeps every minute for what was missed.

The rows in `lms_work` are the truth; the engine's own queue may be lost without losing any work.
"""

import signal
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import structlog
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import Serializer, SignedSerializer

from lms.core import garbage, seal, work
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.tables import QUEUE_TABLES

log = structlog.get_logger(__name__)

QUEUE = "lms"
TASK = "lms_do_work"
PATIENCE = 3
"""Seconds a queue may take to answer before the bell gives up: somebody's page is waiting for it."""

HEALTH_CHECK = 10
"""Seconds between two looks at whether the worker's threads are alive."""


def engine(settings: Settings) -> Huey:
    """The Huey engine the settings name: SQLite in the data folder, PostgreSQL, or Redis."""
    url = settings.jobs_url
    carried = {"results": False, "serializer": _serializer(settings)}
    match urlsplit(url).scheme.partition("+")[0]:
        case "redis" | "rediss":
            return RedisHuey(QUEUE, url=_with(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE), **carried)
        case "postgresql":
            plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
            return PostgresHuey(QUEUE, dsn=_with(plain, connect_timeout=PATIENCE), table_prefix=QUEUE_TABLES, **carried)
    settings.data.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(QUEUE, filename=url.removeprefix("sqlite:///"), fsync=False, timeout=PATIENCE, **carried)


def _serializer(settings: Settings) -> Serializer:
    # Huey's messages are pickles, and a pickle from a stranger is a program: only what we signed is opened.
    return SignedSerializer(secret=settings.secret_key) if settings.secret_key else Serializer()


def _with(url: str, **asked: int) -> str:
    return url + ("&" if urlsplit(url).query else "?") + urlencode(asked)


def bell(settings: Settings) -> Callable[[UUID], None]:
    """Something to ring with the id of waiting work. It never fails: the minute's sweep finds what it missed."""
    held: list[Any] = []

    def ring(work_id: UUID) -> None:
        try:
            if not held:
                held.append(_tasks(engine(settings), None))
            held[0](str(work_id))
        except Exception as trouble:  # noqa: BLE001  a queue that is away must not undo what is committed
            log.warning("bell_failed", trouble=type(trouble).__name__)

    return ring


def _tasks(huey: Huey, house: House | None) -> Any:
    """Register our tasks on an engine. The side that only rings has no house and never runs them."""

    @huey.task(name=TASK)  # type: ignore[untyped-decorator]  # Huey ships no types
    def do_work(work_id: str) -> None:
        assert house is not None
        work.do(house, UUID(work_id), now=house.clock())

    return do_work


def worker_engine(house: House) -> Huey:
    """An engine whose worker does our work: what is rung for, a sweep each minute, the chain's seals and daily head."""
    huey = engine(house.settings)
    _tasks(huey, house)
    sweeping = threading.Lock()

    @huey.periodic_task(crontab(), name="lms_sweep")  # type: ignore[untyped-decorator]  # Huey ships no types
    def sweep() -> None:
        # A sweep that takes longer than its minute must not fill every thread with sweeps.
        if sweeping.acquire(blocking=False):
            try:
                tidy(house)
            finally:
                sweeping.release()

    return huey


def run_worker(house: House, *, threads: int = 2) -> None:
    """Work until a TERM or INT signal; then the running jobs are finished and it returns. Main thread only."""
    stop = threading.Event()
    garbage.look_less_often()
    try:
        tidy(house, thorough=True)
    except ExceptionGroup:
        # The next minute tries again and says so; everything else must not wait until somebody has mended it.
        log.exception("sweeps_failed")
    consumer = worker_engine(house).create_consumer(workers=threads, max_delay=1.0)
    consumer.start()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, lambda *_: stop.set())
    log.info("worker_started", threads=threads)
    while not stop.wait(HEALTH_CHECK):
        consumer.check_worker_health()
    consumer.stop(graceful=True)
    log.info("worker_stopped")


def tidy(house: House, *, thorough: bool = False) -> None:
    """Everything that is due: waiting work, seals (`thorough`: also of facts left behind long ago), the kept head.

    One sweep that fails keeps no other from being done; what went wrong is raised when everything else is done.
    """
    now = house.clock()
    failed: list[Exception] = []
    for sweep in house.sweeps:
        try:
            sweep(house, now)
        except Exception as error:  # noqa: BLE001  raised below
            failed.append(error)
    work.do_all(house, now=now)
    while True:
        with house.database.writing() as db:
            if not seal.seal_batch(db, now=now, thorough=thorough):
                break
    with house.database.reading() as db:
        seal.keep_head(db, house.settings.heads, now=now)
    if failed:
        raise ExceptionGroup("sweeps failed", failed)
