"""Millions of rows into a database as fast as it takes them, with every constraint kept.

Values come as SQLite stores them; PostgreSQL reads the same spelling by COPY.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy.engine import make_url

from tests.benchmarks.story import Row, Story

BATCH = 20_000


class Sink(Protocol):
    """Takes rows of a table; those of tables it refers to were taken before."""

    def take(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Write rows."""


class Rows:
    """Collects rows and hands them on in batches, tables in the order in which they refer to each other."""

    def __init__(self, story: Story, sink: Sink) -> None:
        self._story, self._sink = story, sink
        self._waiting: dict[str, list[Row]] = defaultdict(list)
        self.count = 0

    def add(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Take the rows of one whole copy."""
        for table, row in rows:
            self._waiting[table].append(row)
            self.count += 1
        if self.count >= BATCH and len(self._waiting["lms_event"]) >= BATCH // 2:
            self.flush()

    def flush(self) -> None:
        """Hand everything on."""
        for table in self._story.order:
            if rows := self._waiting.pop(table, None):
                self._sink.take(table, tuple(self._story.columns[table]), rows)


class _Sqlite:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def take(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        named, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        self._connection.executemany(f"INSERT INTO {table} ({named}) VALUES ({places})", rows)  # noqa: S608


class _Postgres:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def take(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        named = ", ".join(f'"{name}"' for name in columns)
        with self._connection.cursor().copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def sink_for(url: str, story: Story) -> Iterator[Sink]:
    """The way into an empty database whose tables stand; everything is checked and committed at the end."""
    if url.startswith("sqlite"):
        with _sqlite(Path(make_url(url).database or "")) as sink:
            yield sink
        return
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        yield _Postgres(connection)
        for table, column in story.counted.items():
            highest = f"(SELECT coalesce(max({column}), 1) FROM {table})"  # noqa: S608
            connection.execute(
                f"SELECT setval(s, {highest}) FROM pg_get_serial_sequence('{table}', '{column}') s"  # noqa: S608
                " WHERE s IS NOT NULL"
            )
        connection.commit()
        connection.execute("ANALYZE")  # what autovacuum does by itself a minute later


@contextmanager
def _sqlite(path: Path) -> Iterator[Sink]:
    """Indexes are made at the end and references checked all at once: both are much quicker than row by row."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (
        "journal_mode=OFF",
        "synchronous=OFF",
        "foreign_keys=OFF",
        "cache_size=-1000000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    indexes = connection.execute(made).fetchall()
    connection.execute("BEGIN")
    for name, _sql in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    yield _Sqlite(connection)
    for _name, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    wrong = connection.execute("PRAGMA foreign_key_check").fetchmany(5)
    connection.close()
    if wrong:
        raise ValueError(f"Rows refer to others that are not there: {wrong}")
