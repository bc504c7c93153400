"""Rule files: the three that are built in, their worked cases, and mistakes with file and line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import lms
from lms.core.content import Problems
from lms.register.content import RegisterRules, load, run_cases

BUILT_IN = Path(lms.__file__).parent / "register/rules"
Change = Callable[[str], str]


def loaded(*folders: Path) -> tuple[RegisterRules, list[str]]:
    problems = Problems()
    shelf = load(folders, problems)
    return shelf, [f"{p.path.name}:{p.line}: {p.message}" for p in problems.found]


def changed(folder: Path, old: str, new: str, name: str = "rivermere.yaml") -> list[str]:
    """What is said of a built-in file after one change."""
    text = (BUILT_IN / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))
    return loaded(folder)[1]


def test_the_built_in_rules_load_and_agree_with_every_worked_case() -> None:
    shelf, problems = loaded(BUILT_IN)
    assert problems == []
    assert set(shelf.editions) == {"RIVERMERE", "HARBOURGATE", "DYFFRYN"}
    assert sum(len(e.cases) for several in shelf.editions.values() for e in several) == 9
    assert run_cases(shelf) == []


def test_a_case_that_disagrees_says_what_came_and_why(tmp_path: Path) -> None:
    changed(tmp_path, "expect: {state: listed, missing: []}", "expect: {state: listed, missing: [RM-INT]}")
    assert run_cases(loaded(tmp_path)[0]) == [
        "rivermere-complete: expected missing [RM-INT], got [], because nothing_is_missing."
    ]
    changed(tmp_path, "expect: {state: provisional, missing: [RM-SAFE]}", "expect: {state: checking}")
    (sentence,) = run_cases(loaded(tmp_path)[0])
    assert sentence == (
        "rivermere-training-too-old: expected state checking, got provisional, because RM-SAFE is expired (ran_out)."
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("kind: interview", "kind: chat", "kind: interview", "“chat” is not a kind of requirement"),
        ("level: enhanced_adults_list", "level: gold", "level: enhanced_adults_list", "level: Input should be 'basic'"),
        ("workforce: adult\n", "workforce: animals\n", "workforce: adult\n", "workforce: Input should be"),
        ("code: RM-INT", "code: RM-CODE", "code: RM-INT", "RM-CODE is the code of an earlier requirement too."),
        ("count: 2", "count: 0", "count: 2", "greater than or equal to 1"),
        ("validity_months: 36", "validity_months: -1", "validity_months: 36", "greater than or equal to 1"),
        ("visible: met_only", "visible: all", "visible: met_only", "visible: Input should be"),
        ("when: self_employed", "when: rainy", "when: self_employed", "when: Input should be"),
        ("needs: [RM-ID,", "needs: [RM-IDD,", "needs: [RM-ID,", "There is no requirement RM-IDD."),
        ("missing: [RM-SAFE]", "missing: [RM-SAVE]", "missing: [RM-SAFE]", "There is no requirement RM-SAVE."),
        ("allowed: false", "maybe: false", "allowed: false", "expect.maybe: Extra inputs are not permitted"),
        ("      - {modules: [PAI-4]}", "      - {}", "      - {modules: [PAI-4]}", "name at least one module"),
        ("contact_model: masked", "contact_model: shouting", "contact_model: masked", "contact_model: Input should"),
        ("mandatory: true", "mandatory: false", "- code: RM-ID", "either mandatory or recommended"),
        ("id: rivermere-training-too-old", "id: rivermere-complete", "id: rivermere-training-too-old", "earlier case"),
    ],
)
def test_each_mistake_has_its_file_and_line(tmp_path: Path, old: str, new: str, line: str, said: str) -> None:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    number = text[: text.index(line)].count("\n") + 1
    found = changed(tmp_path, old, new)
    assert any(f.startswith(f"rivermere.yaml:{number}: ") and said in f for f in found), found


def test_a_pack_replaces_an_edition_and_adds_another(tmp_path: Path) -> None:
    changed(tmp_path, "maximum_days: 90", "maximum_days: 120")
    shelf, problems = loaded(BUILT_IN, tmp_path)
    assert problems == []
    (edition,) = shelf.editions["RIVERMERE"]
    assert edition.rules.provisional.maximum_days == 120
    text = (BUILT_IN / "rivermere.yaml").read_text()
    text = text.replace('"2026.1"', '"2027.1"').replace("valid_from: 2026-01-01", "valid_from: 2027-04-01")
    (tmp_path / "rivermere-2027.yaml").write_text(text)
    shelf, problems = loaded(BUILT_IN, tmp_path)
    assert problems == []
    assert [e.rules.replaced_on for e in shelf.editions["RIVERMERE"]] == [date(2027, 4, 1), None]
    for day, edition_name in [(date(2027, 3, 31), "2026.1"), (date(2027, 4, 1), "2027.1")]:
        current = shelf.on("RIVERMERE", day)
        assert current is not None
        assert current.rules.edition == edition_name
    assert shelf.on("RIVERMERE", date(2025, 12, 31)) is None
    assert shelf.on("NOWHERE", date(2027, 1, 1)) is None
    assert shelf.on(None, date(2027, 1, 1)) is None


def test_two_files_for_one_edition_are_a_mistake(tmp_path: Path) -> None:
    text = (BUILT_IN / "dyffryn.yaml").read_text()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(text)
    assert loaded(tmp_path)[1] == ["b.yaml:1: a.yaml has edition 2026.1 of DYFFRYN already."]
