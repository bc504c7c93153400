"""A real Chromium on a real server. Where no browser can be had, the run says so in one loud line."""

import secrets
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from lms.app import app_of
from lms.core.house import House
from lms.core.settings import read_settings
from lms.core.shelves import Shelves
from lms.demo.make import make
from lms.people import sessions
from lms.people.login import signed_in_viewer
from lms.people.secrets import hash_password
from tests.browser.phones import Phone
from tests.browser.site import PASSWORD, PATIENCE, QUIET, Line, Site
from tests.chromium import chromium_path
from tests.conftest import NOON, StandingClock, house_of
from tests.world import World

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser, and comes last: what drives it leaves a loop running in its thread."""
    here = [item for item in items if "tests/browser" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.browser)
    items.sort(key=set(here).__contains__)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browser; there can be only one."""
    if chromium_path() is None:
        pytest.skip("NO BROWSER: install chromium; without it this is not a full pass")
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for the whole run."""
    browser = playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
    yield browser
    browser.close()


@dataclass(frozen=True)
class Demonstration:
    """The demonstration made once: its database, and the files of what was printed."""

    database: Path
    files: Path


@pytest.fixture(scope="session")
def demonstration(sqlite_with_tables: Path, loaded: Shelves, tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration, made once a run and copied for each test that starts from it."""
    folder = tmp_path_factory.mktemp("demonstration")
    made = Demonstration(folder / "palms.db", folder / "data" / "files")
    shutil.copy(sqlite_with_tables, made.database)
    environ = {"LMS_MODE": "test", "LMS_DATA": str(folder / "data"), "LMS_DATABASE_URL": f"sqlite:///{made.database}"}
    house = house_of(read_settings(environ, secret_key=secrets.token_urlsafe(48), secure_cookies=False), loaded)
    make(house, now=NOON)
    house.database.close()  # the last one out writes everything into the one file that is copied
    return made


class Players:
    """The world of a test that starts from the demonstration: its people have passwords already."""


@pytest.fixture
def played(demonstration: Demonstration, tmp_path: Path) -> str:
    """The address of a copy of the demonstration's database, its files beside it: for a test's own `url`."""
    if demonstration.files.is_dir():
        shutil.copytree(demonstration.files, tmp_path / "data" / "files")
    return f"sqlite:///{shutil.copy(demonstration.database, tmp_path / 'palms.db')}"


@pytest.fixture
def site(house: House, world: World, clock: StandingClock) -> Iterator[Site]:
    """The test house served on a free port of this machine, with a password for everybody."""
    with house.database.writing() as db:
        hashed = hash_password(PASSWORD)
        for person_id in {value for name, value in vars(world).items() if _is_person(name)}:
            sessions.set_password(db, person_id=person_id, password=PASSWORD, by=person_id, now=clock(), hashed=hashed)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = replace(house.settings, base_url=f"http://127.0.0.1:{port}")
    served = replace(house, settings=settings, who=signed_in_viewer, standalone=True)
    line = Line(app_of(served), port)
    line.up()
    yield Site(served, world, clock, settings.base_url, line)
    line.down()


def _is_person(name: str) -> bool:
    """Everything in a world that is not a place; the demonstration's people have their passwords already."""
    places = {"authority", "college", "support", "employer", "second_employer", "other_authority", "other_employer"}
    return name not in places


@pytest.fixture
def new_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Gives a page in a browser of its own: `new_page(width=360, scripts=False)`."""
    contexts: list[BrowserContext] = []

    def make(*, width: int = 1280, scripts: bool = True, **options: Any) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=site.address, **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(playwright: Playwright, site: Site, tmp_path: Path) -> Iterator[Callable[..., Phone]]:
    """Makes phones that keep what they kept when they are killed."""
    made: list[Phone] = []

    def new(**options: Any) -> Phone:
        made.append(Phone(playwright, tmp_path / f"phone-{len(made)}", site, **options))
        return made[-1]

    yield new
    for each in made:
        each.stop()
