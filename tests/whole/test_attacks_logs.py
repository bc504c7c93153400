"""What went wrong is logged by its kind and its place in the code; what people wrote never is."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs

from lms.app import app_of
from lms.core import logs
from lms.core.cards import Card
from lms.core.db import Db
from lms.core.house import House
from lms.core.web import errors
from lms.people.login import signed_in_viewer
from lms.people.models import Person
from lms.people.viewer import Viewer
from tests.clients import Browser
from tests.world import World

SECRET = "Wilhelmina Secretperson"
TAKEN = "cora.coordinator@example.com"


@pytest.fixture
def logging_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave logging as it was."""
    monkeypatch.setattr(errors, "log", structlog.get_logger("a fresh one, since loggers keep how they were set up"))
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**before)


def add_her_twice(db: Db, viewer: Viewer, now: Any) -> list[Card]:
    """A mistake of ours: PostgreSQL tells in its complaint whose address it was."""
    db.execute(Person.__table__.insert().values(name=SECRET, email=TAKEN, created_at=now))
    return []


def trip_over_her_name(db: Db, viewer: Viewer, now: Any) -> list[Card]:
    """A mistake of ours whose message repeats what it was given."""
    return [Card(weight=int(SECRET), title="", action="", endpoint="lms.people.home")]


@pytest.mark.usefixtures("logging_as_before")
@pytest.mark.parametrize("mistake", [add_her_twice, trip_over_her_name])
@pytest.mark.parametrize("mode", ["production", "demo"])
def test_a_failing_page_logs_nothing_anybody_wrote(
    mistake: Callable[..., list[Card]], mode: str, house: House, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    writing = replace(house, card_makers=(lambda db, viewer, now: _written(house, mistake, viewer, now),))
    app = app_of(replace(writing, who=signed_in_viewer, standalone=True))
    logs.set_up(mode)
    assert Browser(app, house, world.pa).get("/").status_code == 500
    said = capsys.readouterr().err
    assert "page_failed" in said
    assert mistake.__name__ in said, "the place in the code"
    assert "Error" in said, "the kind of mistake"
    for personal in (SECRET, TAKEN):
        assert personal not in said


def _written(house: House, mistake: Callable[..., list[Card]], viewer: Viewer, now: Any) -> list[Card]:
    with house.database.writing() as db:
        return mistake(db, viewer, now)


@pytest.mark.usefixtures("logging_as_before")
def test_it_does_not_depend_on_how_a_host_logs(house: House, world: World) -> None:
    structlog.configure(cache_logger_on_first_use=False)
    app = app_of(replace(house, who=signed_in_viewer, standalone=True, card_makers=(trip_over_her_name,)))
    with capture_logs() as kept:
        assert Browser(app, house, world.pa).get("/").status_code == 500
    [line] = [entry for entry in kept if entry["event"] == "page_failed"]
    assert "exc_info" not in line, "a host's formatter may print local variables"
    assert SECRET not in repr(line)


@pytest.mark.usefixtures("logging_as_before")
def test_what_libraries_log_of_a_mistake_is_shortened_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("production")
    try:
        int(SECRET)
    except ValueError:
        logging.getLogger("huey").exception("Unhandled exception in task")
    said = capsys.readouterr().err
    assert "Unhandled exception in task" in said
    assert "ValueError" in said
    assert SECRET not in said
