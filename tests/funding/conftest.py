"""The built-in schemes, read once."""

from pathlib import Path

import pytest

from lms.core.content import Problems
from lms.core.shelves import folders
from lms.funding.content import Schemes, load

PACK = Path(__file__).parent / "pack"


@pytest.fixture(scope="session")
def schemes() -> Schemes:
    """The built-in shelf with the invented pack on top."""
    problems = Problems()
    shelf = load(folders("funding", [PACK]), problems)
    problems.stop_if_any()
    return shelf
