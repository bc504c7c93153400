"""The assessments shelf: what is built in, and mistakes with file and line."""

from pathlib import Path

import pytest

from lms.assessment.content import FILE, Frameworks, Wording, load
from lms.assessment.rules import Capacity, Kind
from lms.core.content import Problems
from lms.core.shelves import builtin

BUILTIN = builtin("assessments")


def read(*folders: Path) -> tuple[Frameworks, list[str]]:
    problems = Problems()
    return load(folders, problems), [f"{p.line}: {p.message}" for p in problems.found]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack's shelf with the built-in framework in it, to be spoilt."""
    place = tmp_path / "assessments" / "mine"
    place.mkdir(parents=True)
    (place / FILE).write_text((BUILTIN / "pai-practice" / FILE).read_text())
    return tmp_path / "assessments"


def spoil(pack: Path, was: str, becomes: str) -> None:
    path = pack / "mine" / FILE
    text = path.read_text()
    assert was in text
    path.write_text(text.replace(was, becomes, 1))


def test_the_practice_of_the_first_module_is_there() -> None:
    frameworks, mistakes = read(BUILTIN)
    assert mistakes == []
    (placed,) = frameworks.units_for("PAI", "2026.1")
    (criterion,) = placed.unit.criteria
    assert (placed.framework.code, placed.unit.code, placed.unit.module) == ("pai-practice", "PAI-1-P", "PAI-1")
    assert (criterion.code, criterion.kind, criterion.may_be_simulated) == ("PAI-1-P.1", Kind.PRACTICE, False)
    assert 3 <= len(criterion.what_to_look_for) <= 5
    assert placed.framework.wording is Wording.OUR_OWN
    assert "not the Care Certificate" in placed.framework.says.en


def test_it_claims_only_what_the_reference_supports() -> None:
    (placed,) = read(BUILTIN)[0].units_for("PAI", "2026.1")
    assert placed.unit.criteria[0].maps_to == {"cc-2015": ("1.1c",), "cc-2025": ()}


def test_units_are_found_by_module_and_edition() -> None:
    frameworks, _ = read(BUILTIN)
    assert [p.unit.code for p in frameworks.units_of_module("PAI-1")] == ["PAI-1-P"]
    assert [p.unit.code for p in frameworks.units_of_module("PAI-1", "2026.1")] == ["PAI-1-P"]
    assert frameworks.units_of_module("PAI-1", "1999.1") == ()
    assert frameworks.units_for("PAI", "1999.1") == ()


def test_each_capacity_confirms_its_own_statement() -> None:
    statements = read(BUILTIN)[0].by_edition["pai-practice", "2026.1"].statements
    assert statements.for_(Capacity.EMPLOYER) == statements.for_(Capacity.REPRESENTATIVE)
    assert statements.for_(Capacity.EMPLOYER) != statements.for_(Capacity.ASSESSOR)


def test_a_pack_replaces_by_code_and_edition_and_adds_another(pack: Path) -> None:
    spoil(pack, "Lets the employer direct", "Follows how the employer directs")
    frameworks, mistakes = read(BUILTIN, pack)
    assert mistakes == []
    built_in = list(read(BUILTIN)[0].by_edition)
    assert list(frameworks.by_edition) == built_in
    assert frameworks.by_edition["pai-practice", "2026.1"].units[0].outcomes[0].title.en.startswith("Follows")
    spoil(pack, 'edition: "2026.1"', 'edition: "2027.1"')
    assert len(read(BUILTIN, pack)[0].by_edition) == len(built_in) + 1


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("kind: practice", "kind: practise", "practise", "kind"),
        ("simulation_allowed: false", "simulation_allowed: maybe", "simulation_allowed: maybe", "simulation_allowed"),
        ("wording: our_own", "wording: ours", "wording: ours", "wording"),
        ("PAI-1-P.1\n", '"PAI 1 P/1"\n', "PAI 1 P/1", "code"),
        ("    module: PAI-1", "    modul: PAI-1", "modul: PAI-1", "modul"),
    ],
)
def test_mistakes_are_named_with_their_line(pack: Path, was: str, becomes: str, line: str, says: str) -> None:
    spoil(pack, was, becomes)
    text = (pack / "mine" / FILE).read_text().splitlines()
    number = next(n for n, content in enumerate(text, 1) if line in content)
    mistakes = read(pack)[1]
    assert any(m.startswith(f"{number}: ") and says in m for m in mistakes), mistakes


def test_employers_need_enough_to_look_for(pack: Path) -> None:
    path = pack / "mine" / FILE
    lines = [
        line for line in path.read_text().splitlines() if "Says “not yet”" not in line and "Asks first" not in line
    ]
    path.write_text("\n".join(lines))
    assert any("3 to 5 things to look for" in m for m in read(pack)[1])


def test_a_code_stands_once_within_a_framework_and_a_framework_once_on_a_shelf(pack: Path) -> None:
    path = pack / "mine" / FILE
    text = path.read_text()
    criterion = text[text.index("          - code: PAI-1-P.1") :]
    path.write_text(text.rstrip() + "\n" + criterion)
    assert any("Criterion PAI-1-P.1 stands here twice" in m for m in read(pack)[1])
    path.write_text(text)
    twin = pack / "twin"
    twin.mkdir()
    (twin / FILE).write_text(text)
    assert any("pai-practice 2026.1 stands in" in m for m in read(pack)[1])


def test_an_unknown_permission_to_simulate_means_no(pack: Path) -> None:
    spoil(pack, "simulation_allowed: false", "simulation_allowed: unknown")
    frameworks, mistakes = read(pack)
    assert mistakes == []
    assert not frameworks.by_edition["pai-practice", "2026.1"].units[0].criteria[0].may_be_simulated


def test_a_folder_without_a_framework_is_a_mistake(pack: Path) -> None:
    (pack / "empty").mkdir()
    assert any("missing" in m for m in read(pack)[1])


def test_a_published_framework_fits_the_same_shape(tmp_path: Path) -> None:
    place = tmp_path / "cc-2025"
    place.mkdir()
    (place / FILE).write_text(
        """
code: cc-2025
edition: "2025"
wording: paraphrase
title: {en: "Care Certificate", cy: null}
says: {en: "England.", cy: null}
statements: {assessor: {en: "I confirm it."}, household: {en: "I saw it."}}
units:
  - code: CC1
    number: 1
    title: {en: "Understand your role", cy: null}
    outcomes:
      - code: "1.1"
        title: {en: "Understands own role", cy: null}
        source: inferred
        criteria:
          - {code: "1.1a", kind: knowledge, simulation_allowed: true, source: inferred, text: {en: "Main tasks"}}
          - {code: "1.1c", kind: practice, simulation_allowed: unknown, source: inferred, text: {en: "Agreed ways"}}
"""
    )
    frameworks, mistakes = read(tmp_path)
    assert mistakes == []
    placed = frameworks.placed("cc-2025", "2025", "CC1")
    assert placed is not None
    assert placed.unit.codes == ("1.1a", "1.1c")
    assert [c.may_be_simulated for c in placed.unit.criteria] == [True, False]
