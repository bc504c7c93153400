"""What counts elsewhere knows nothing of sign-offs for one person: no room that decides, signs, awards or pays."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lms
from lms.assessment.personal.models import PersonalEnd, PersonalLook, PersonalReminder, PersonalSignOff
from lms.core.db import Base
from lms.rooms import import_models

HOUSE = Path(lms.__file__).parent
COUNTING = (
    "certification",
    "register",
    "funding",
    "learning",
    *(f"assessment/{room}" for room in ("deciding", "signing", "evidence", "quality", "knowledge", "competence")),
    *(f"assessment/{name}.py" for name in ("closing", "rules", "services", "queries", "places", "admission")),
)
OURS = {table.__tablename__ for table in (PersonalSignOff, PersonalEnd, PersonalLook, PersonalReminder)}


def imported(path: Path) -> Iterator[str]:
    """Every module and name a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


@pytest.mark.parametrize("room", COUNTING)
def test_a_room_that_counts_imports_nothing_of_it(room: str) -> None:
    place = HOUSE / room
    files = [place] if place.suffix else sorted(place.rglob("*.py"))
    assert files, room
    for path in files:
        found = [name for name in imported(path) if name.startswith("lms.assessment.personal")]
        assert not found, path
        assert not any(table in path.read_text(encoding="utf-8") for table in OURS), path


def test_no_table_elsewhere_points_at_it() -> None:
    import_models()
    for table in Base.metadata.tables.values():
        if table.name not in OURS:
            pointed = {key.column.table.name for key in table.foreign_keys}
            assert not pointed & OURS, table.name
