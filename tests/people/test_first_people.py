"""A new site begins with an authority and an invitation from the command line."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from lms.cli import main


class Said(NamedTuple):
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `lms …` on an empty site: the first time in a process of its own, as an operator does."""
    settings = {"LMS_MODE": "test", "LMS_DATA": str(tmp_path), "LMS_SECURE_COOKIES": "no"}

    def lms(*words: str) -> Said:
        if words != ("upgrade",):
            done = CliRunner().invoke(main, words, env=settings)
            return Said(done.exit_code, done.stdout, done.stderr)
        command = [str(Path(sys.executable).with_name("lms")), *words]
        real = subprocess.run(
            command, env={**os.environ, **settings}, capture_output=True, text=True, check=False, timeout=60
        )
        return Said(real.returncode, real.stdout, real.stderr)

    return lms


def test_from_nothing_to_the_first_coordinators_link(run: Run) -> None:
    assert run("upgrade").returncode == 0
    assert run("authority", "TESTSHIRE", "Testshire Council", "--nation", "england").returncode == 0
    twice = run("authority", "TESTSHIRE", "Testshire Council", "--nation", "england")
    assert twice.returncode == 1
    assert "already" in twice.stderr
    who = ("invite", "Cass Jones", "cass@example.com", "--role", "coordinator", "--authority")
    invited = run(*who, "TESTSHIRE")
    assert invited.returncode == 0
    assert re.search(r"http://\S+/invitation/\S{40,}", invited.stdout)
    nowhere = run(*who, "NOWHERE")
    assert nowhere.returncode == 1
    assert "lms authority" in nowhere.stderr
    partner = run("organisation", "COLL", "Test College", "--kind", "college", "--authority", "TESTSHIRE")
    assert partner.returncode == 0
    assessor = ("invite", "Al", "al@example.com", "--role", "assessor", "--authority", "TESTSHIRE", "--organisation")
    assert run(*assessor, "COLL").returncode == 0
    adviser = ("invite", "Nell", "nell@example.com", "--role", "adviser", "--authority", "TESTSHIRE")
    assert run(*adviser, "--organisation", "COLL").returncode == 0
    assert "cannot be held" in run(*adviser).stderr  # an authority's own people act by their own roles
    assert "no organisation ELSEWHERE" in run(*assessor, "ELSEWHERE").stderr
    assert "Traceback" not in nowhere.stderr
