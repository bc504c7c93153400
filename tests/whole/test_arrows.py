"""The import contracts hold, and are seen to fail when somebody draws an arrow the wrong way."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import lms

ROOT = Path(lms.__file__).parent.parent
WRONG = {
    "core knows people": ("lms/core/clock.py", "import lms.people.rules\n"),
    "a rule knows the database": ("lms/people/rules.py", "import sqlalchemy\n"),
    "a service knows Flask": ("lms/learning/services.py", "import flask\n"),
    "a room reads another's tables": ("lms/funding/claims/services.py", "import lms.learning.models\n"),
}


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the code that may be spoiled."""
    ignored = shutil.ignore_patterns("__pycache__", "static", "templates", "translations")
    shutil.copytree(ROOT / "lms", tmp_path / "lms", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("arrow", sorted(WRONG))
def test_a_wrong_arrow_is_noticed(copied: Path, arrow: str) -> None:
    name, line = WRONG[arrow]
    path = copied / name
    path.write_text(path.read_text() + line)
    answer = contracts(copied)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert "BROKEN" in answer.stdout
