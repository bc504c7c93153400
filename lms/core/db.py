"""The database: one engine, two kinds of unit of work.

Reading units cannot write, on either database: a page that is only looked at changes nothing, by construction.
Writing units take SQLite's write lock when they begin. A transaction that reads first and writes later would be
refused by SQLite at once ("database is locked") when another writer came between; waiting at the start is the cure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar, TypeVarTuple
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Connection,
    CursorResult,
    Engine,
    MetaData,
    Select,
    create_engine,
    event,
    insert,
    inspect,
    literal,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction, sessionmaker

from lms.core.types import Id

Db = Session
"""Our name for the unit of work."""

BUSY_SECONDS = 15
COMPILED = 300
"""Statements a connection to SQLite keeps compiled. The driver's own 128 are fewer than the pages send together."""

READING = "lms_reading"
"""What a unit of work that only reads asks of its connection, and how the last one left it."""


class Base(DeclarativeBase):
    """Every table of ours. Names of constraints are fixed so that migrations mean the same on both databases."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {UUID: Id}

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Database:
    """Where units of work come from.

    `info` travels with every unit of work: the reactions table, the shelves, and the bell that wakes the worker.
    """

    def __init__(self, url: str, *, info: Mapping[str, object] | None = None) -> None:
        self.engine = _engine(url)
        carried: dict[Any, Any] = dict(info or {})
        read_engine = self.engine.execution_options(**{READING: True}, **_read_only(self.engine))
        self._read_engine = read_engine
        self._writing = sessionmaker(self.engine, info=carried, expire_on_commit=False)
        self._reading = sessionmaker(read_engine, info=carried, expire_on_commit=False)

    def unit(self, *, writing: bool) -> Db:
        """A new unit of work; whoever asks closes it."""
        return self._writing() if writing else self._reading()

    @contextmanager
    def reading(self) -> Iterator[Db]:
        """A unit of work that cannot write, closed at the end."""
        with self._reading() as db:
            yield db

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection that cannot write, for a page that asks one question: it costs a third less than a unit."""
        with self._read_engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Db]:
        """A unit of work that is committed at the end, or rolled back whole when anything was raised."""
        with self._writing.begin() as db:
            yield db

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    # Parameters are personal data, and error messages end up in logs: they are left out of them.
    if url.startswith("sqlite"):
        engine = create_engine(
            url, connect_args={"timeout": BUSY_SECONDS, "cached_statements": COMPILED}, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, hide_parameters=True)


def _read_only(engine: Engine) -> dict[str, Any]:
    return {"postgresql_readonly": True} if engine.dialect.name == "postgresql" else {}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own; _begin_sqlite does (SQLAlchemy's documented recipe).
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading = bool(connection.get_execution_options().get(READING))
    if connection.info.get(READING) is not reading:
        # Only when it changes: setting it makes SQLite forget every statement it has compiled on this connection.
        connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
        connection.info[READING] = reading
    if reading:  # straight to the driver: every page does it, it takes no lock, and nothing in it can go wrong
        connection.connection.cursor().execute("BEGIN")
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def writes(db: Db) -> bool:
    """Whether this unit of work may write; what one that only reads has found stays so to its end."""
    return not db.get_bind().get_execution_options().get(READING, False)


_Columns = TypeVarTuple("_Columns")


def columns(
    db: Db, wanted: Select[*_Columns] | CompoundSelect[*_Columns], values: Mapping[str, object]
) -> CursorResult[*_Columns]:
    """The rows of a statement of columns, with these values; what this unit of work wrote so far is among them.

    For what many pages ask: it costs half of `db.execute`, which looks for entities in every row.
    """
    db.flush()
    return db.connection().execute(wanted, values)


def write_rows(db: Db, rows: Sequence[Base]) -> None:
    """Insert new rows of one table, in their order, in one statement; defaults are filled in as ever.

    For what every write writes and nobody changes again: it costs a third of adding entities, which the unit of work
    would keep and look through. The rows stay as they were made: what only a default gives is not in them.
    """
    if rows:
        db.flush()
        db.connection().execute(insert(type(rows[0])), [_filled(row) for row in rows])


def write_values(db: Db, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for rows that were never made entities, each with the same columns: half the work again, for many."""
    if rows:
        db.flush()
        db.connection().execute(insert(kind), list(rows))


def write_once(db: Db, row: Base) -> bool:
    """The same for one row, unless one with the same key stands already; False then. `row` names its id."""
    db.flush()
    made = (postgresql if db.get_bind().dialect.name == "postgresql" else sqlite).insert(type(row))
    new = made.values(_filled(row)).on_conflict_do_nothing().returning(literal(1))
    return db.connection().execute(new).first() is not None


def _filled(row: Base) -> dict[str, Any]:
    """What was given to a new row, by column."""
    given = vars(row)
    return {column: given[name] for name, column in _columns_of(type(row)) if name in given}


@cache
def _columns_of(kind: type[Base]) -> tuple[tuple[str, str], ...]:
    return tuple((each.key, each.columns[0].key) for each in inspect(kind).column_attrs)


def add_once(db: Db, row: Base) -> bool:
    """Add a row unless one with the same key stands already.

    Returns False when a unique constraint says it is there, also when another writer was first by a moment;
    the unit of work goes on undisturbed.
    """
    try:
        with db.begin_nested():
            db.add(row)
            db.flush()
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        return False
    return True


def is_duplicate(error: IntegrityError) -> bool:
    """Whether a write was refused because a row with the same key stands already."""
    said = str(error.orig)
    return "UNIQUE constraint" in said or "duplicate key" in said


def on_commit(db: Db, call: Callable[[], None]) -> None:
    """Call something once this unit of work is safely committed, and not at all when it is rolled back.

    What was asked for inside a savepoint is forgotten when only that savepoint is rolled back.
    """
    waiting: list[_Waiting] = db.info.setdefault(_ON_COMMIT, [])
    waiting.append((db.get_nested_transaction(), call))


_Waiting = tuple[SessionTransaction | None, Callable[[], None]]
_ON_COMMIT = "lms_on_commit"


@event.listens_for(Session, "before_commit")
def _before_commit(db: Session) -> None:
    """What a house does at the end of every unit of work that writes, once, in its transaction: see `wiring`."""
    if db.get_nested_transaction() is None:  # SQLAlchemy says "before commit" for a released savepoint as well
        calls: Sequence[Callable[[Session], None]] = db.info.get("before_commit", ())
        for call in calls:
            call(db)


@event.listens_for(Session, "after_commit")
def _after_commit(db: Session) -> None:
    savepoint = db.get_nested_transaction()
    if savepoint is None:
        for _owner, call in db.info.pop(_ON_COMMIT, []):
            call()
        return
    # SQLAlchemy says "after commit" for a released savepoint as well: its calls now wait with the one around it.
    outer = savepoint.parent if savepoint.parent is not None and savepoint.parent.nested else None
    waiting: list[_Waiting] = db.info.get(_ON_COMMIT, [])
    waiting[:] = [(outer if owner is savepoint else owner, call) for owner, call in waiting]


@event.listens_for(Session, "after_transaction_end")
def _after_end(db: Session, ended: SessionTransaction) -> None:
    waiting: list[_Waiting] = db.info.get(_ON_COMMIT, [])
    if waiting:  # whatever still waits for the one that ended was rolled back with it
        waiting[:] = [] if ended.parent is None else [w for w in waiting if w[0] is not ended]
