"""The house does not open when a line that people hold evidence for is gone, or of another kind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from lms.assessment.content import Frameworks
from lms.assessment.knowledge.models import FrameworkLine
from lms.assessment.knowledge.queries import Hanging
from lms.assessment.lines import starting
from lms.assessment.rules import Kind
from lms.building import build_house
from lms.core.content import ContentWrong
from lms.core.db import Database
from lms.core.doctor import Level
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.shelves import Shelves
from tests.conftest import house_of
from tests.world import World


@pytest.fixture
def written(database: Database, world: World) -> Callable[..., None]:
    """Write down that something hangs on lines."""

    def lines(*lines: tuple[str, str, Kind]) -> None:
        with database.writing() as db:
            for framework, key, kind in lines:
                place = {"framework": framework, "edition": framework.removeprefix("cc-"), "line": key}
                db.add(FrameworkLine(authority_id=world.authority, kind=kind, **place))

    return lines


@pytest.fixture
def hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people hold evidence for every line."""
    monkeypatch.setattr(starting.knowledge, "hanging_on", lambda *_: Hanging(3, ("Ann",)))


def without(shelves: Shelves, key: str) -> Shelves:
    """The shelves as a pack would leave them that brings an edition without a line."""
    frameworks: Frameworks = shelves[Frameworks]
    old = frameworks.framework("cc-2025")
    body: dict[str, Any] = old.model_dump(mode="python")
    for each in (outcome for unit in body["units"] for outcome in unit["outcomes"]):
        each["criteria"] = [part for part in each["criteria"] if part["code"] != key]
    spoilt = type(old).model_validate(body)
    return {
        **shelves,
        Frameworks: replace(frameworks, by_edition={**frameworks.by_edition, ("cc-2025", "2025"): spoilt}),
    }


@pytest.mark.usefixtures("hangs")
def test_all_is_well_while_lines_stand(database: Database, written: Callable[..., None]) -> None:
    written(
        ("cc-2025", "13.7a", Kind.KNOWLEDGE), ("cc-2015", "13.7a", Kind.KNOWLEDGE), ("cc-2025", "8.3e", Kind.PRACTICE)
    )
    starting.check_lines_are_held(database)


@pytest.mark.usefixtures("hangs")
def test_a_line_that_is_gone_is_named(house: House, written: Callable[..., None]) -> None:
    written(("cc-2025", "13.7a", Kind.KNOWLEDGE), ("cc-1999", "1.1a", Kind.KNOWLEDGE))
    other = house_of(house.settings, without(house.shelves, "13.7a"))
    with pytest.raises(ContentWrong) as wrong:
        starting.check_lines_are_held(other.database)
    said = str(wrong.value)
    assert "13.7a of cc-2025 2025 is not loaded any more, but evidence of 3 people hangs on it" in said
    assert "1.1a of cc-1999 1999 is not loaded any more" in said
    assert "Ann" not in said
    other.database.close()


@pytest.mark.usefixtures("hangs")
def test_a_line_of_another_kind_is_named_with_its_place(database: Database, written: Callable[..., None]) -> None:
    written(("cc-2025", "8.3e", Kind.KNOWLEDGE))
    with pytest.raises(ContentWrong, match=r"framework\.yaml:\d+: 8\.3e of cc-2025 2025 is knowledge in records"):
        starting.check_lines_are_held(database)


@pytest.mark.usefixtures("hangs")
def test_the_house_does_not_open(settings: Settings, written: Callable[..., None]) -> None:
    written(("cc-1999", "1.1a", Kind.KNOWLEDGE))
    with pytest.raises(ContentWrong, match=r"1\.1a of cc-1999 1999 is not loaded any more"):
        build_house(settings)


def test_what_nobody_holds_evidence_for_may_go(database: Database, written: Callable[..., None]) -> None:
    written(("cc-1999", "1.1a", Kind.KNOWLEDGE))
    starting.check_lines_are_held(database)


def test_a_database_without_tables_has_nothing_that_hangs(url: str) -> None:
    empty = Database(url)
    starting.check_lines_are_held(empty)
    empty.close()


@pytest.mark.usefixtures("hangs")
def test_the_doctor_says_so(house: House, written: Callable[..., None], now: datetime) -> None:
    def findings() -> list[Any]:
        with house.database.reading() as db:
            return list(starting.look(db, house, now))

    assert [finding.level for finding in findings()] == [Level.WELL]
    written(("cc-1999", "1.1a", Kind.KNOWLEDGE))
    (finding,) = findings()
    assert finding.level is Level.WRONG
    assert "1.1a of cc-1999 1999" in finding.sentence
