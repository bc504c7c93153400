"""A house put together from what the rooms bring, ready to be lived in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from lms.assessment.lines import starting
from lms.brought import ACROSS, CARDS, LOADERS, LOOKS, SWEEPS, WAITS, WORKERS
from lms.core import jobs, migrate, shelves
from lms.core.clock import Clock, utc_now
from lms.core.db import Database
from lms.core.files import Files
from lms.core.house import House
from lms.core.settings import Settings
from lms.rooms import import_models
from lms.wiring import INFO


def build_house(settings: Settings, *, clock: Clock | None = None, bell: Callable[[UUID], Any] | None = None) -> House:
    """A house ready to be lived in: content loaded, database reachable and not newer than this version.

    `bell` is rung with the id of waiting work after its commit; by default it wakes the worker through the job
    engine. Raises ContentWrong with every mistake in every pack, and every line of a framework that people hold
    evidence for and no pack brings any more; NewerDatabase, or what the database says.
    """
    import_models()
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    loaded = shelves.load(LOADERS, settings.packs, across=ACROSS)
    ring = bell or jobs.bell(settings)
    database = Database(settings.database_url, info={**INFO, "shelves": loaded, "bell": ring})
    try:
        migrate.check_not_newer(database)
        starting.check_lines_are_held(database)
    except Exception:
        database.close()
        raise
    return House(
        settings=settings,
        database=database,
        shelves=loaded,
        files=Files(settings.files_url),
        workers=WORKERS,
        card_makers=CARDS,
        sweeps=SWEEPS,
        looks=LOOKS,
        waits=WAITS,
        clock=clock or utc_now,
    )
