"""A migrated house with believable rows of every kind, for tests of backup, restore and the doctor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from lms.core import jobs, tables
from lms.core.db import Database
from lms.core.events import record
from lms.core.files import Files, keep
from lms.core.house import House
from lms.core.models import WorkRow
from lms.people.events import SignedOut
from tests.world import make_world

NOW = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)
AWKWARD = 'Siân “Łukasz” \u2028 \\ \t " محمد 😀'


@contextmanager
def migrated(house: House, url: str, data: Path) -> Iterator[House]:
    """The same house with a database that the migrations brought up, and another data folder."""
    settings = replace(house.settings, database_url=url, data=data, files_url=f"file://{data / 'files'}")
    data.mkdir(parents=True, exist_ok=True)
    database = Database(url, info={"shelves": house.shelves})
    yield replace(house, settings=settings, database=database, files=Files(settings.files_url))
    database.close()


def fill(house: House) -> None:
    """People in every role, facts with seals, waiting work, awkward texts and a few files."""
    make_world(house, NOW)
    with house.database.writing() as db:
        record(db, SignedOut(about=UUID(int=5), everywhere=True), by=None, now=NOW)
        db.add(
            WorkRow(
                kind="test.job", key=AWKWARD[:80], created_at=NOW, not_before=NOW, attempts=2**31 - 1, trouble=AWKWARD
            )
        )
        for number in range(3):
            keep(db, house.files, f"file {number}".encode(), "text/plain", now=NOW)
    jobs.tidy(house)
    with house.database.writing() as db:
        record(db, SignedOut(about=UUID(int=6), everywhere=False), by=None, now=NOW)


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every value of every table of ours, sorted, as Python has it."""
    with database.engine.connect() as connection:
        kinds = tables.kinds_of(connection)
        return {
            name: sorted(map(tuple, connection.execute(tables.reading(name, columns))), key=repr)
            for name, columns in kinds.items()
        }


def empty_tables(database: Database) -> bool:
    """Whether there are no rows at all, or no tables."""
    with database.engine.connect() as connection:
        if not tables.our_tables(inspect(connection)):
            return True
    return not any(everything(database).values())
