"""Databases that the migrations brought up, made once and copied: bringing one up takes as long as ten tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from lms.core import migrate
from lms.core.db import Database
from tests.servers import Server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that the migrations brought up, made once and copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "palms.db"
    _bring_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_name(postgres_server: Server) -> Iterator[str]:
    """The name of a PostgreSQL database that the migrations brought up, made once and copied for each test."""
    with postgres_server.database() as url:
        _bring_up(url)
        yield str(make_url(url).database)


def _bring_up(url: str) -> None:
    database = Database(url)
    migrate.bring_up(database)
    database.close()
