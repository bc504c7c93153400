"""The Care Certificate's standards on the shelf: counts and lines as the reference data had them."""

from collections import Counter

import pytest

from lms.assessment.content import Complete, Framework, Frameworks, HowSure, Looked, load
from lms.assessment.lines.rules import Why, why_look_up
from lms.assessment.rules import Kind
from lms.core.content import Problems
from lms.core.shelves import builtin
from lms.core.words import NotFound
from lms.people.rules import Nation


@pytest.fixture(scope="module")
def frameworks() -> Frameworks:
    problems = Problems()
    loaded = load([builtin("assessments")], problems)
    assert problems.found == []
    return loaded


@pytest.fixture(scope="module")
def of_2025(frameworks: Frameworks) -> Framework:
    return frameworks.framework("cc-2025")


@pytest.fixture(scope="module")
def of_2015(frameworks: Frameworks) -> Framework:
    return frameworks.framework("cc-2015")


def counts(framework: Framework) -> dict[str, int]:
    criteria = [line for line in framework.lines.values() if not line.is_topic]
    found = Counter(line.source for line in criteria)
    simulated = Counter(line.simulation_allowed for line in criteria if line.kind is Kind.PRACTICE)
    return {
        "standards": len(framework.units),
        "outcomes": sum(len(unit.outcomes) for unit in framework.units),
        "criteria": len(criteria),
        "knowledge": sum(line.kind is Kind.KNOWLEDGE for line in criteria),
        "topics": len(framework.lines) - len(criteria),
        **{source.value: found[source] for source in HowSure if found[source]},
        **{f"simulation {allowed}": number for allowed, number in simulated.items() if number},
    }


def test_2015_is_whole(of_2015: Framework) -> None:
    assert counts(of_2015) == {
        "standards": 15,
        "outcomes": 59,
        "criteria": 202,
        "knowledge": 149,
        "topics": 0,
        "found": 136,
        "recalled": 66,
        "simulation True": 3,
        "simulation False": 37,
        "simulation unknown": 13,
    }


def test_2025_is_whole_as_far_as_it_is_known(of_2025: Framework) -> None:
    assert counts(of_2025) == {
        "standards": 16,
        "outcomes": 63,
        "criteria": 175,
        "knowledge": 124,
        "topics": 43,
        "found": 61,
        "inferred": 114,
        "simulation True": 3,
        "simulation unknown": 48,
    }


def test_lines_of_2015(of_2015: Framework) -> None:
    line = of_2015.line("8.2e")
    assert (line.code, line.kind, line.outcome, line.unit) == ("8.2e", Kind.KNOWLEDGE, "8.2", "CC8")
    assert (line.source, line.simulation_allowed) == (HowSure.FOUND, True)
    assert of_2015.line("10.1j").kind is Kind.PRACTICE
    assert of_2015.line("13.3c").simulation_allowed == "unknown"
    assert of_2015.line("12.1a").may_be_simulated
    assert not of_2015.line("13.3c").may_be_simulated
    assert of_2015.line("9.3b").source is HowSure.RECALLED
    assert len(of_2015.unit("CC2").lines) == 14


def test_lines_of_2025(of_2025: Framework) -> None:
    assert of_2025.line("6.5b").kind is Kind.KNOWLEDGE
    assert "6.1c" in (of_2025.line("6.5b").note or "")
    assert of_2025.line("8.3e").kind is Kind.PRACTICE
    assert of_2025.line("8.3e").simulation_allowed == "unknown"
    assert of_2025.line("10.1j").source is HowSure.FOUND
    assert {line.key for line in of_2025.unit("CC15").lines if not line.is_topic} == {"15.1d", "15.1e", "15.1g"}
    assert [unit.number for unit in of_2025.units] == list(range(1, 17))
    assert of_2025.unit("CC16").title.en == "Awareness of learning disability and autism"


def test_topics_have_keys_of_ours_and_no_codes(of_2025: Framework) -> None:
    topics = [line for line in of_2025.lines.values() if line.is_topic]
    assert all(line.code is None and line.key.startswith(f"{line.outcome}~") for line in topics)
    line = of_2025.line("5.3~assessing")
    assert (line.kind, line.simulation_allowed, line.source) == (Kind.KNOWLEDGE, True, None)
    assert {line.key for line in topics if line.kind is Kind.PRACTICE} == {"4.2~respectful-ways", "8.2~drinks"}
    assert of_2025.line("8.2~drinks").simulation_allowed == "unknown"
    assert not of_2025.line("8.2~drinks").may_be_simulated


def test_outcomes_say_whether_they_are_complete(of_2025: Framework, of_2015: Framework) -> None:
    complete = {outcome.code: outcome.complete for unit in of_2025.units for outcome in unit.outcomes}
    assert complete["9.1"] is Complete.TRUE
    assert complete["5.3"] is Complete.FALSE
    assert complete["1.3"] is Complete.UNKNOWN
    assert all(outcome.complete is None for unit in of_2015.units for outcome in unit.outcomes)


def test_standard_12_asks_for_no_knowledge(of_2025: Framework) -> None:
    assert of_2025.unit("CC12").knowledge == ()
    assert len(of_2025.unit("CC12").practice) == 3
    assert len(of_2025.knowledge) == 124 + 41


def test_the_newest_edition_comes_first_and_takes_the_place_of_the_other(frameworks: Frameworks) -> None:
    newer, older = frameworks.standards()
    assert (newer.code, older.code, newer.supersedes) == ("cc-2025", "cc-2015", "cc-2015")
    assert (newer.nation, newer.introduced, older.introduced) == (Nation.ENGLAND, "2025-03", "2015-04")


def test_nothing_was_looked_up_yet(of_2025: Framework) -> None:
    assert {line.standing.looked for line in of_2025.lines.values()} == {Looked.UNCHECKED}
    assert why_look_up(of_2025.line("13.8a")) == ()
    assert why_look_up(of_2025.line("13.7a")) == (Why.INFERRED,)
    assert why_look_up(of_2025.line("8.3e")) == (Why.SIMULATION,)
    assert why_look_up(of_2025.line("8.2~drinks")) == (Why.NO_CODE, Why.SIMULATION)


def test_what_is_not_there_is_not_found(frameworks: Frameworks, of_2025: Framework) -> None:
    for ask in (lambda: frameworks.framework("cc-1999"), lambda: of_2025.line("99.9z"), lambda: of_2025.unit("CC99")):
        with pytest.raises(NotFound):
            ask()
