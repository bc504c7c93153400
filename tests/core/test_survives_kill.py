"""What somebody was told is saved is there, whenever the process is killed; nothing is there by halves."""

import os
import random
import subprocess
import sys
from pathlib import Path

from sqlalchemy import select

from lms.core import jobs, seal
from lms.core.house import House
from lms.core.models import EventRow, WorkRow

KILLS = 10
ROOT = Path(__file__).parents[2]


def count_and_kill(url: str, begin: int, told: int) -> list[int]:
    """The numbers a counting process said before it was killed, some way behind its `told`th word."""
    command = [sys.executable, "-m", "tests.core.counting", url, str(begin)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ, cwd=ROOT) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(told)]
        process.kill()
        said += [int(line) for line in process.stdout if line.endswith("\n")]
    return said


def test_ten_kills_lose_nothing_and_leave_no_halves(house: House) -> None:
    url, said, rolled = house.database.engine.url.render_as_string(hide_password=False), [], random.Random(4)  # noqa: S311
    for kill in range(KILLS):
        said += count_and_kill(url, kill * 1000, rolled.randint(1, 20))
    with house.database.reading() as db:
        facts = [data["number"] for data in db.scalars(select(EventRow.data).order_by(EventRow.id))]
        asked = sorted(int(key) for key in db.scalars(select(WorkRow.key)))
    assert set(said) <= set(facts)
    assert sorted(facts) == asked, "a fact without its work, or work without its fact"
    assert len(facts) == len(set(facts)) <= len(said) + KILLS
    jobs.tidy(house, thorough=True)
    with house.database.reading() as db:
        assert list(seal.faults(db, house.settings.heads)) == []
        assert seal.unsealed_count(db) == 0
