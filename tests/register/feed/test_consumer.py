"""A system of its own process, over real HTTP, ended at any moment: it comes out with the same list every time."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Thread
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.serving import make_server

from lms.core.house import House
from lms.register.kinds import ListingState
from tests.register.feed.conftest import Stage
from tests.register.feed.test_feed import in_list

CONSUMER = Path(__file__).with_name("consumer.py")
LONG_ENOUGH = 60
"""Steps no run of the consumer takes."""


@pytest.fixture
def base(app: Flask) -> Iterator[str]:
    """The site on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/v1/register/RIVERMERE"
    server.shutdown()
    thread.join()
    server.server_close()


def run(base: str, token: str, path: Path, way: str, *, steps: int) -> bool:
    """Run the consumer for so many steps, then kill it; whether it came to its end by itself before."""
    command = [sys.executable, str(CONSUMER), base, token, str(path), way]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _taken in range(steps):
            if not process.stdout.readline():
                assert process.wait() == 0
                return True
            process.stdin.write("\n")
            process.stdin.flush()
        process.stdout.readline()  # it stands at a step now, and goes no further
        process.kill()
    return False


def kept(path: Path) -> dict[UUID, object]:
    with sqlite3.connect(path) as db:
        found = {UUID(person): json.loads(told) for person, told in db.execute("SELECT * FROM listing")}
    db.close()
    return found


@pytest.mark.parametrize("way", ["zero", "list"])
def test_ended_at_any_moment_it_has_the_same_list(
    house: House, stage: Stage, base: str, tmp_path: Path, way: str
) -> None:
    chance, path = Random(7), tmp_path / "consumer.db"  # noqa: S311  the same in every run
    with house.database.writing() as db:
        token = stage.token(db)
        people = [stage.pa(db, f"Pa {number}") for number in range(6)]
        for person in people:
            stage.agrees(db, person)
    for steps in range(9):
        with house.database.writing() as db:
            for person in chance.sample(people, 3):
                stage.stands(db, person, chance.choice([ListingState.LISTED, ListingState.PROVISIONAL]))
        with house.database.writing() as db:
            gone = chance.choice(people)
            if chance.random() < 0.5:
                stage.takes_back(db, gone)
            else:
                stage.stands(db, gone, ListingState.SUSPENDED)
                stage.agrees(db, gone)
        run(base, token, path, way, steps=steps)
    with house.database.writing() as db:  # and while nothing changes, so that what was lost is not told again
        for person in [*people, *(stage.pa(db, f"Later {number}") for number in range(12))]:
            stage.stands(db, person, ListingState.LISTED)
            stage.meets(db, person, {"RM-ID": stage.now.date()})
            stage.agrees(db, person)
    for steps in (1, 0, 2, 1, 3, 2):
        run(base, token, path, way, steps=steps)
    assert run(base, token, path, way, steps=LONG_ENOUGH)
    with house.database.reading() as db:
        assert kept(path) == in_list(db, stage.authority)
        assert kept(path)
