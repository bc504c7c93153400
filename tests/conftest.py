"""What tests of every room share: a clock that stands still, both databases, a house, and a browser-like client."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings as hypothesis_settings
from sqlalchemy.engine import make_url

from lms.app import app_of
from lms.brought import ACROSS, CARDS, LOADERS, WAITS, WORKERS
from lms.core import shelves
from lms.core.db import Base, Database, Db
from lms.core.files import Files
from lms.core.house import House
from lms.core.settings import Settings, read_settings
from lms.people.login import signed_in_viewer
from lms.rooms import import_models
from lms.wiring import INFO
from tests import memory, prepared, quicker, servers
from tests.chromium import chromium_path
from tests.world import make_world

import_models()
memory.use()
quicker.use()

# Every run asks the same questions, so that a red run points at a change; `make hunt` asks new ones. How long an
# example takes is for the benchmarks, not for a machine that is busy with something else.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis_settings.register_profile("hunt", max_examples=3000, deadline=None)
hypothesis_settings.load_profile("steady")

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def pytest_collection_finish() -> None:
    """From here on only the tests themselves make garbage."""
    quicker.settled()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Without a browser the run is not a full pass, and says so where nobody can overlook it."""
    if chromium_path() is None:
        terminalreporter.write_line(
            "NO BROWSER FOUND: nothing was tried in a browser, so this is NOT a full pass. Install chromium.", red=True
        )


class StandingClock:
    """Says the same moment until it is told to go on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> StandingClock:
    """A clock at noon on 21 November 2026."""
    return StandingClock()


@pytest.fixture
def now() -> datetime:
    """Noon on 21 November 2026."""
    return NOON


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[servers.Server]:
    """A real PostgreSQL server: one that stands already, or one started from the wheel."""
    with servers.server() as started:
        yield started


@pytest.fixture(scope="session")
def postgres(postgres_server: servers.Server) -> str:
    """The address of a real PostgreSQL server."""
    return postgres_server.address


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table, made once and copied for each test."""
    path = tmp_path_factory.mktemp("prepared") / "palms.db"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_server: servers.Server) -> Iterator[str]:
    """The name of a PostgreSQL database with every table, made once and copied for each test."""
    with postgres_server.database() as url:
        _make_tables(url)
        yield str(make_url(url).database)


@pytest.fixture(scope="session")
def sqlite_shelf(sqlite_with_tables: Path, tmp_path_factory: pytest.TempPathFactory) -> prepared.Shelf:
    """What many tests start from, made once."""
    return prepared.Shelf(str(sqlite_with_tables), None, _house_on, NOON, tmp_path_factory.mktemp("stages"))


@pytest.fixture(scope="session")
def postgres_shelf(
    postgres_server: servers.Server, postgres_with_tables: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[prepared.Shelf]:
    """What many tests start from, made once."""
    folder = tmp_path_factory.mktemp("stages")
    made = prepared.Shelf(postgres_with_tables, postgres_server, _house_on, NOON, folder)
    yield made
    made.close()


def _house_on(url: str, folder: Path, loaded: shelves.Shelves, wiring: prepared.Wiring) -> House:
    return house_of(settings_of(url, folder), loaded, wiring=wiring)


_PREPARED_FOR = ("url", "settings", "house", "clock", "now")
"""Where a test has one of these of its own, nothing is prepared for it."""


def _stages_for(request: pytest.FixtureRequest) -> tuple[prepared.Make, ...]:
    known = request.node._fixtureinfo.name2fixturedefs
    usual = all(name in known and known[name][-1].func.__module__ == __name__ for name in _PREPARED_FOR)
    return prepared.wanted(request) if usual else ()


def _make_tables(url: str) -> None:
    made = Database(url)
    Base.metadata.create_all(made.engine)
    made.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database, once of each kind: empty, or with its tables where the test asks for a house."""
    like = _copied(request)
    if request.param == "sqlite":
        path = tmp_path / "palms.db"
        if like is not None:
            shutil.copy(like, path)
        yield f"sqlite:///{path}"
        return
    with request.getfixturevalue("postgres_server").database(like=like or "template1") as made:
        yield made


def _copied(request: pytest.FixtureRequest) -> str | None:
    """The database a test gets a copy of; None for an empty one. Notes what stands in it for the fixtures."""
    if "house" not in request.fixturenames:
        return None
    file = request.param == "sqlite"
    makes = _stages_for(request)
    if not makes:
        return str(request.getfixturevalue("sqlite_with_tables" if file else "postgres_with_tables"))
    shelf: prepared.Shelf = request.getfixturevalue("sqlite_shelf" if file else "postgres_shelf")
    found = shelf.get(request.getfixturevalue("loaded"), request.getfixturevalue("wiring"), makes)
    request.node.stash[prepared.VALUES] = found.values
    return found.place


@pytest.fixture(scope="session")
def loaded() -> shelves.Shelves:
    """The built-in shelves, read once."""
    return _built_in()


@lru_cache(maxsize=1)
def _built_in() -> shelves.Shelves:
    return shelves.load(LOADERS, across=ACROSS)


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """Settings of a test house in a folder of its own."""
    return settings_of(url, tmp_path)


def settings_of(url: str, folder: Path) -> Settings:
    """Settings of a house on a database, its files in a folder."""
    environ = {"LMS_MODE": "test", "LMS_DATA": str(folder / "data"), "LMS_DATABASE_URL": url}
    return read_settings(environ, secret_key=secrets.token_urlsafe(48), secure_cookies=False)


EVERYTHING = prepared.Wiring(INFO, WORKERS, CARDS, WAITS)


@pytest.fixture(scope="session")
def wiring() -> prepared.Wiring:
    """Every room wired, as people use it; a room's tests may have less."""
    return EVERYTHING


@pytest.fixture
def house(
    settings: Settings, loaded: shelves.Shelves, wiring: prepared.Wiring, clock: StandingClock
) -> Iterator[House]:
    """A house with empty tables. Waiting work is done when a test says so, with `work.do_all`."""
    made = house_of(settings, loaded, clock, wiring)
    yield made
    made.database.close()


def house_of(
    settings: Settings,
    loaded: shelves.Shelves,
    clock: Callable[[], datetime] = lambda: NOON,
    wiring: prepared.Wiring = EVERYTHING,
) -> House:
    """A house on a database whose tables stand."""
    return House(
        settings=settings,
        database=Database(settings.database_url, info={**wiring.info, "shelves": loaded}),
        shelves=loaded,
        files=Files(settings.files_url),
        workers=wiring.workers,
        card_makers=wiring.card_makers,
        waits=wiring.waits,
        clock=clock,
    )


@pytest.fixture
def database(house: House) -> Database:
    """The house's database."""
    return house.database


@pytest.fixture
def db(house: House) -> Iterator[Db]:
    """A writing unit of work that is rolled back at the end."""
    with house.database.unit(writing=True) as unit:
        yield unit
        unit.rollback()


world = prepared.stage(make_world, after=None)
"""Two authorities with people in every role, committed: see tests/world.py."""


@pytest.fixture
def app(house: House) -> Flask:
    """A standalone site on the test house."""
    made = app_of(replace(house, who=signed_in_viewer, standalone=True))
    made.testing = False
    return made


@pytest.fixture
def browser_for(app: Flask, house: House) -> Callable[..., Any]:
    """Gives a client signed in as somebody: `browser_for(world.pa)`; nobody: `browser_for()`."""
    from tests.clients import Browser

    return lambda person_id=None: Browser(app, house, person_id)
