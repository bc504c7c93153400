"""One real story to copy: the demonstration, made through the services the pages use, as its rows in the database."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from argon2 import PasswordHasher
from sqlalchemy import Inspector, inspect

from lms import demo
from lms.core.tables import Kind, kinds_of, our_tables
from lms.people import secrets
from tests.benchmarks import further, practising, sites

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Story:
    """Every table in the order in which they may be filled, with its columns and rows as SQLite stores them.

    `files` is the folder of what was printed. `unique` are the columns of which each value stands once, `counted` the
    one the database counts up by itself.
    """

    files: Path
    order: tuple[str, ...]
    columns: dict[str, dict[str, Kind]]
    keys: dict[str, frozenset[str]]
    unique: dict[str, frozenset[str]]
    counted: dict[str, str]
    rows: dict[str, list[Row]]

    def dicts(self, table: str) -> Iterator[dict[str, Any]]:
        """The rows of a table by column name."""
        return (dict(zip(self.columns[table], row, strict=True)) for row in self.rows[table])


def tell(folder: Path) -> Story:
    """Make the demonstration in a scratch folder and read all of its rows."""
    house = sites.build(sites.settings_in(folder))
    with _quick_passwords():
        demo.make(house, now=sites.NOON)
        further.lead_on(house, now=sites.NOON)
        practising.lead_on(house, now=sites.NOON)
    with house.database.engine.connect() as connection:
        inspector = inspect(connection)
        order, columns = tuple(our_tables(inspector)), kinds_of(connection)
        keys = {name: frozenset(inspector.get_pk_constraint(name)["constrained_columns"]) for name in order}
        unique = {
            name: _alone([*inspector.get_unique_constraints(name), *_unique_indexes(inspector, name)]) for name in order
        }
    counted = {
        name: key
        for name in order
        for key in _alone([{"column_names": [*keys[name]]}])
        if columns[name][key] is Kind.WHOLE
    }
    house.database.close()
    with sqlite3.connect(folder / "palms.db") as raw:
        rows = {name: _all(raw, name, columns[name]) for name in order}
    raw.close()
    return Story(folder / "files", order, columns, keys, unique, counted, rows)


def _unique_indexes(inspector: Inspector, table: str) -> Iterator[Mapping[str, Any]]:
    """Indexes that let each value stand once, whichever rows it is in."""
    return (each for each in inspector.get_indexes(table) if each["unique"] and not each.get("dialect_options"))


def _alone(constraints: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The columns that a constraint names alone."""
    return frozenset(names[0] for names in (each["column_names"] for each in constraints) if len(names) == 1)


def _all(raw: sqlite3.Connection, table: str, columns: Iterable[str]) -> list[Row]:
    named = ", ".join(f'"{column}"' for column in columns)
    return raw.execute(f"SELECT {named} FROM {table}").fetchall()  # noqa: S608  names of our own tables


@contextmanager
def _quick_passwords() -> Iterator[None]:
    """Hash passwords as cheaply as can be: dozens are made, and signing in is measured without their cost."""
    if not hasattr(secrets, "_hasher"):
        yield
        return
    with mock.patch.object(secrets, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):
        yield
