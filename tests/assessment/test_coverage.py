"""What `lms check` says about how much of each edition the modules cover."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lms.assessment.content import Frameworks
from lms.assessment.shelf import coverage
from lms.assessment.shelf.coverage import Coverage
from lms.commands import check
from lms.core.shelves import Shelves
from lms.learning.catalogue import Courses
from tests.assessment.crosswalk_pack import Pack, criterion, loaded, topic


def outcome(code: str, *keys: str, asked_also: tuple[str, ...] = ()) -> Any:
    return _Part(code=code, maps_to={"x-1": keys}, asked_also=asked_also)


class _Part:
    def __init__(self, **what: Any) -> None:
        self.__dict__.update(what)


def module(*outcomes: Any, taught: str = "", asked: str = "", shows: str = "", ready: bool = True) -> Any:
    return _Part(
        code="ZZ-1",
        ready=ready,
        outcomes=outcomes,
        lessons=[_Part(outcomes=taught.split())],
        questions=[_Part(outcome=code) for code in asked.split()],
        activity=_Part(shows=shows.split()) if shows else None,
    )


@pytest.fixture
def frameworks(tmp_path: Path) -> Frameworks:
    pack = Pack(tmp_path)
    practice = criterion("1.1p", "practice", simulation_allowed="unknown")
    pack.framework("x-1", criterion("1.1a"), criterion("1.1b"), practice, topic("1.1~x"), introduced="2031-01")
    found = loaded(pack)[Frameworks]
    assert isinstance(found, Frameworks)
    return found


def shelves_with(frameworks: Frameworks, *modules: Any) -> Shelves:
    return {Frameworks: frameworks, Courses: Courses({}, {str(i): each for i, each in enumerate(modules)})}


def of_x(frameworks: Frameworks, *modules: Any) -> Coverage:
    found = coverage.coverage(shelves_with(frameworks, *modules))[0]
    assert found.framework == "x-1"
    return found


def test_nothing_covers_nothing(frameworks: Frameworks) -> None:
    found = of_x(frameworks)
    assert set(found.uncovered) == {"1.1a", "1.1b", "1.1~x"}
    assert found.sentence == (
        "x-1: 0 of 2 knowledge criteria covered by a lesson and a question or activity; 0 of 1 topics without a code."
    )


@pytest.mark.parametrize(
    ("parts", "lack"),
    [
        ({"taught": "Z1", "asked": "Z1"}, None),
        ({"taught": "Z1", "shows": "Z1"}, None),
        ({"taught": "Z1"}, "has no question and no activity (Z1)"),
        ({"asked": "Z1"}, "has no lesson (Z1)"),
        ({"taught": "Z1", "asked": "Z1", "ready": False}, "is in no module that can be studied"),
    ],
)
def test_a_line_needs_a_lesson_and_a_question_or_activity(
    frameworks: Frameworks, parts: dict[str, Any], lack: str | None
) -> None:
    found = of_x(frameworks, module(outcome("Z1", "1.1a"), **parts))
    assert found.uncovered.get("1.1a") == lack


def test_a_question_of_another_module_counts(frameworks: Frameworks) -> None:
    found = of_x(frameworks, module(outcome("Z1", "1.1a", asked_also=("PAI-1-Q1",)), taught="Z1"))
    assert "1.1a" not in found.uncovered


def test_one_outcome_has_to_have_both(frameworks: Frameworks) -> None:
    found = of_x(frameworks, module(outcome("Z1", "1.1a"), outcome("Z2", "1.1a"), taught="Z1", asked="Z2"))
    assert found.uncovered["1.1a"] == "has no question and no activity (Z1, Z2)"


def test_each_uncovered_line_is_noted_where_it_is_written(frameworks: Frameworks) -> None:
    shelves = shelves_with(frameworks, module(outcome("Z1", "1.1a"), taught="Z1", asked="Z1"))
    noted = [note for note in coverage.notes(shelves) if "of x-1" in note.message]
    assert [note.message for note in noted] == [
        "1.1b of x-1 is in no module that can be studied.",
        "1.1~x of x-1, a topic without a code, is in no module that can be studied.",
    ]
    for note in noted:
        assert note.message.split()[0] in note.path.read_text().splitlines()[note.line - 1]


def test_check_says_it_in_words_and_as_json() -> None:
    said = CliRunner().invoke(check.command, [])
    assert said.exit_code == 0
    assert "cc-2025: " in said.output
    assert " of 124 knowledge criteria covered by a lesson and a question or activity; " in said.output
    assert " of 149 knowledge criteria covered" in said.output
    found = json.loads(CliRunner().invoke(check.command, ["--json"]).output)
    (newest, older) = found["coverage"]
    assert (newest["framework"], newest["criteria"], newest["topics"]) == ("cc-2025", 124, 41)
    assert (older["framework"], older["criteria"], older["topics"]) == ("cc-2015", 149, 0)
    assert newest["criteria_covered"] + len(newest["uncovered_criteria"]) == 124
