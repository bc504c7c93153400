"""Migrations lead exactly to the models, on both databases, from nothing and from every earlier number."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from lms.core import migrate
from lms.core.db import Base, Database
from lms.core.migrate import VERSION_TABLE, NewerDatabase


@pytest.fixture
def empty(url: str) -> Iterator[Database]:
    """A database without tables."""
    made = Database(url)
    yield made
    made.close()


def test_migrations_equal_the_models(empty: Database) -> None:
    migrate.bring_up(empty)
    with empty.engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    assert migrate.standing(empty) == migrate.newest()


def test_bringing_up_twice_changes_nothing(empty: Database) -> None:
    migrate.bring_up(empty)
    migrate.bring_up(empty)
    assert migrate.standing(empty) == migrate.newest()


def test_a_newer_database_is_refused_before_anything_is_touched(empty: Database) -> None:
    migrate.bring_up(empty)
    with empty.writing() as db:
        db.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))  # noqa: S608  a constant of ours
    with pytest.raises(NewerDatabase, match="newer version of PALMS"):
        migrate.bring_up(empty)
