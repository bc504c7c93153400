"""A new site begins with an authority and an invitation from the command line."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `lms …` on an empty site."""

    def lms(*words: str) -> subprocess.CompletedProcess[str]:
        settings = {
            "LMS_MODE": "test",
            "LMS_DATA": str(tmp_path),
            "LMS_SECURE_COOKIES": "no",
        }
        command = [str(Path(sys.executable).with_name("lms")), *words]
        return subprocess.run(
            command, env={**os.environ, **settings}, capture_output=True, text=True, check=False, timeout=60
        )

    return lms


def test_from_nothing_to_the_first_coordinators_link(run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
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
