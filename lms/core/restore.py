"""Putting a backup back into an empty database, of either kind; whole, or not at all."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DataError, IntegrityError

from lms.core import archive, migrate, tables
from lms.core.archive import Contents, damaged
from lms.core.db import Database
from lms.core.files import Files
from lms.core.migrate import VERSION_TABLE
from lms.core.telling import Tell, tell_nobody
from lms.core.words import Refused

BATCH = 1000
Turn = Callable[[Connection], None]
"""What a room does once its rows are back, in the same transaction; the tables may be those of an older version."""


@dataclass(frozen=True)
class Restored:
    """What was put back: rows, files, the version and moment of the backup, and files that were not in it."""

    rows: int
    files: int
    version: str
    made_at: str
    missing: tuple[str, ...]


def restore(
    database: Database,
    files: Files,
    heads: Path,
    path: Path,
    *,
    turns: Sequence[Turn] = (),
    tell: Tell = tell_nobody,
) -> Restored:
    """Put a backup back, let every room take its turn with what is there, then bring it up to this version's migration.

    Files come first, harmless by themselves; then all rows in one transaction. Refused, with nothing changed, when
    the database holds anything, the backup is damaged, or it comes from a newer version.
    """
    need_empty(database)
    with TemporaryDirectory(prefix="palms-restore-") as staged, archive.opened(path) as (manifest, members):
        found = archive.read(manifest, members, Path(staged), lambda data: _keep(files, data))
        _remove_empty_tables(database)
        migrate.bring_up(database, manifest.migration)
        try:
            with database.engine.begin() as connection:
                _load(connection, found, tell)
                for turn in turns:
                    turn(connection)
        except (IntegrityError, DataError) as error:
            raise damaged("its rows contradict each other") from error
        _keep_heads(heads, found)
    migrate.bring_up(database)
    return _told(found)


def look_through(path: Path) -> Restored:
    """Read a backup from start to end and check all of it, without putting anything anywhere."""
    with TemporaryDirectory(prefix="palms-restore-") as staged, archive.opened(path) as (manifest, members):
        return _told(archive.read(manifest, members, Path(staged), lambda _data: None))


def need_empty(database: Database) -> None:
    """Refused when any table of ours holds a row."""
    with database.engine.connect() as connection:
        rows = sum(_count(connection, name) for name in tables.our_tables(inspect(connection)))
    if rows:
        raise Refused(
            "The database is not empty: it holds %(rows)s rows. A backup is only restored into an empty one. "
            "Name a new one in LMS_DATABASE_URL, with a new folder in LMS_DATA.",
            rows=f"{rows:,}",
        )


def _told(found: Contents) -> Restored:
    manifest = found.manifest
    rows = sum(listed.rows for listed in manifest.tables.values())
    return Restored(rows, found.files, manifest.version, manifest.made_at, found.missing)


def _keep(files: Files, data: bytes) -> None:
    files.put(data)


def _remove_empty_tables(database: Database) -> None:
    """Tables that stand at another migration than the backup's would not fit its rows."""
    with database.engine.begin() as connection:
        inspector = inspect(connection)
        names = [*reversed(tables.our_tables(inspector))]
        names += [VERSION_TABLE] if inspector.has_table(VERSION_TABLE) else []
        if names and connection.dialect.name == "postgresql":
            connection.execute(text(f"DROP TABLE {', '.join(names)}"))
        elif names:
            for name in names:
                connection.execute(text(f"DROP TABLE {name}"))


def _load(connection: Connection, found: Contents, tell: Tell) -> None:
    with_keys_later = _PostgresKeys(connection) if connection.dialect.name == "postgresql" else _SqliteKeys(connection)
    with_keys_later.loosen()
    total, done = sum(listed.rows for listed in found.manifest.tables.values()), 0
    there = tables.kinds_of(connection)
    for name in there:  # a migration may have written rows of its own; the backup has them as they are now
        connection.execute(tables.table_of(name, {}).delete())
    for name, listed in found.manifest.tables.items():
        if set(listed.columns) != set(there.get(name, {})):
            raise damaged(f"the table {name} does not fit the migration {found.manifest.migration}")
        statement = tables.writing(name, listed.columns, connection.dialect.name)
        for batch in _batches(found.tables[name], listed.columns):
            connection.execute(statement, batch)
            done += len(batch)
            tell(done, total)
        if _count(connection, name) != listed.rows:
            raise damaged(f"the table {name} has not as many rows as it should have")
    with_keys_later.tighten()


def _batches(path: Path, columns: dict[str, tables.Kind]) -> Iterator[list[dict[str, Any]]]:
    with path.open("rb") as lines:
        while batch := [_row(line, columns) for line in islice(lines, BATCH)]:
            yield batch


def _row(line: bytes, columns: dict[str, tables.Kind]) -> dict[str, Any]:
    values = json.loads(line)
    return {name: tables.exact(kind, v) for (name, kind), v in zip(columns.items(), values, strict=True)}


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(tables.table_of(name, {}))) or 0


def _keep_heads(heads: Path, found: Contents) -> None:
    """Heads that lie there already are newer witnesses than the backup, and stay."""
    heads.mkdir(parents=True, exist_ok=True)
    for name, data in found.heads.items():
        if not (heads / name).exists():
            (heads / name).write_bytes(data)


class _SqliteKeys:
    """References between rows are looked at when the transaction ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def loosen(self) -> None:
        self._connection.execute(text("PRAGMA defer_foreign_keys=ON"))

    def tighten(self) -> None:
        for table, *_rest in self._connection.execute(text("PRAGMA foreign_key_check")):
            raise damaged(f"a row of {table} refers to one that is not there")


class _PostgresKeys:
    """References are taken off and put on again, which also looks at every row; then numbering goes on after the last.

    Switching them off instead would need a superuser.
    """

    _KEYS = text(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'f' AND conrelid = ANY(SELECT oid FROM pg_class WHERE relname LIKE 'lms\\_%' "
        "AND relnamespace = current_schema()::regnamespace) ORDER BY 1, 2"
    )
    _NUMBERED = text(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name LIKE 'lms\\_%' AND (column_default LIKE 'nextval(%' OR is_identity = 'YES')"
    )

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys = [tuple(row) for row in connection.execute(self._KEYS)]

    def loosen(self) -> None:
        for table, key, _definition in self._keys:
            self._connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {key}"))

    def tighten(self) -> None:
        for table, key, definition in self._keys:
            self._connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {key} {definition}"))
        for table, column in self._connection.execute(self._NUMBERED).all():
            sequence = self._connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table, "column": column}
            )
            numbered = tables.table_of(table, {column: tables.Kind.WHOLE})
            last = self._connection.scalar(select(func.max(numbered.c[column]))) or 0
            self._connection.execute(
                text("SELECT setval(:sequence, :next, false)"), {"sequence": sequence, "next": last + 1}
            )
