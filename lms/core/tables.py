"""The tables as they stand in a database, whatever its migration, with values the same on both databases.

For backup and restore: a backup is taken before an upgrade, when the tables are still those of the older version, so
the columns are read from the database and not from our models.
"""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Insert,
    Inspector,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    Text,
    Uuid,
    bindparam,
    cast,
    insert,
    inspect,
    select,
)
from sqlalchemy.sql.type_api import TypeEngine
from sqlalchemy.types import CHAR

from lms.core.migrate import VERSION_TABLE
from lms.core.types import UtcDateTime

PREFIX = "lms_"
QUEUE_TABLES = "lms_jobs"
"""Where the job engine keeps its queue in PostgreSQL; it may be lost at any time."""

UUID_CHARS = 32


class Kind(StrEnum):
    """What a column holds; the same word whichever database it stands in."""

    TEXT = "text"
    WHOLE = "whole"
    REAL = "real"
    TRUTH = "truth"
    DAY = "day"
    MOMENT = "moment"
    ID = "id"
    BYTES = "bytes"
    JSON = "json"


class UnknownColumn(Exception):  # noqa: N818  says what is the matter
    """A column of a type this version cannot carry to another database."""


def kinds_of(connection: Connection) -> dict[str, dict[str, Kind]]:
    """Every table of ours with the kind of each column, by name; the migration's own table is left out."""
    inspector = inspect(connection)
    return {
        name: {column["name"]: _kind(name, column["name"], column["type"]) for column in inspector.get_columns(name)}
        for name in our_tables(inspector)
    }


def our_tables(inspector: Inspector) -> list[str]:
    """Names of our tables, each after those it refers to as far as that can be; the job queue's are not memory."""
    ordered = [name for name, _keys in inspector.get_sorted_table_and_fkc_names() if name]
    return [
        name
        for name in ordered
        if name.startswith(PREFIX) and not name.startswith(f"{QUEUE_TABLES}_") and name != VERSION_TABLE
    ]


_READ_AS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (Boolean, Kind.TRUTH),
    (Uuid, Kind.ID),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DAY),
    (JSON, Kind.JSON),
    (LargeBinary, Kind.BYTES),
    (Float, Kind.REAL),
    (Integer, Kind.WHOLE),
    (String, Kind.TEXT),
)


def _kind(table: str, column: str, found: TypeEngine[Any]) -> Kind:
    if isinstance(found, CHAR) and found.length == UUID_CHARS:  # a UUID in SQLite; nothing else of ours is a CHAR
        return Kind.ID
    for type_, kind in _READ_AS:
        if isinstance(found, type_):
            return kind
    raise UnknownColumn(f"{table}.{column} is of the type {found}, which a backup cannot carry.")


_TYPES: dict[Kind, Callable[[], TypeEngine[Any]]] = {
    Kind.TEXT: Text,
    Kind.WHOLE: BigInteger,
    Kind.REAL: Float,
    Kind.TRUTH: Boolean,
    Kind.DAY: Date,
    Kind.MOMENT: UtcDateTime,
    Kind.ID: Uuid,
    Kind.BYTES: LargeBinary,
    Kind.JSON: Text,  # as it is spelled, so that nothing about it changes on the way
}


def table_of(name: str, columns: dict[str, Kind]) -> Table:
    """A table to read from and write to, with values as Python has them."""
    return Table(name, MetaData(), *(Column(column, _TYPES[kind]()) for column, kind in columns.items()))


def reading(name: str, columns: dict[str, Kind]) -> Select[Any]:
    """Everything in a table, column by column."""
    table = table_of(name, columns)
    return select(*(cast(table.c[c], Text) if kind is Kind.JSON else table.c[c] for c, kind in columns.items()))


def writing(name: str, columns: dict[str, Kind], dialect: str) -> Insert:
    """An insert that takes one dictionary for each row."""
    spelled = Text if dialect == "sqlite" else JSON
    values = {
        c: cast(bindparam(c, type_=Text), spelled) if kind is Kind.JSON else bindparam(c) for c, kind in columns.items()
    }
    return insert(table_of(name, columns)).values(values)


def plain(kind: Kind, value: Any) -> Any:
    """A value as JSON can carry it, exactly."""
    if value is None:
        return None
    match kind:
        case Kind.MOMENT:
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case Kind.DAY:
            return value.isoformat()
        case Kind.ID:
            return str(value)
        case Kind.BYTES:
            return base64.b64encode(value).decode()
    return value


def exact(kind: Kind, value: Any) -> Any:
    """The value that `plain` was made from."""
    if value is None:
        return None
    match kind:
        case Kind.MOMENT:
            return datetime.fromisoformat(value)
        case Kind.DAY:
            return date.fromisoformat(value)
        case Kind.ID:
            return UUID(value)
        case Kind.BYTES:
            return base64.b64decode(value, validate=True)
    return value
