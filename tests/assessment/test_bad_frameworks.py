"""Bad packs of frameworks: each mistake is named with file and line, and nothing of it is loaded."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.assessment.content import Frameworks, Looked
from lms.assessment.rules import Kind
from lms.core.content import ContentWrong, Problem
from tests.assessment.crosswalk_pack import (
    Pack,
    correction,
    criterion,
    crossing,
    framework,
    loaded,
    mistakes,
    topic,
)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return Pack(tmp_path / "one")


@pytest.fixture
def second(tmp_path: Path) -> Pack:
    return Pack(tmp_path / "two")


def line_of(path: Path, says: str, nth: int = 1) -> int:
    """The line on which something stands for the nth time."""
    found = [number for number, text in enumerate(path.read_text().splitlines(), 1) if says in text]
    return found[nth - 1]


def only(found: list[tuple[str, int, str]], says: str) -> tuple[str, int]:
    """File and line of the one mistake, which says something."""
    assert len(found) == 1, found
    assert says in found[0][2], found
    return found[0][:2]


def test_a_good_pack_is_good(pack: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"), topic("1.1~more"))
    pack.framework("x-2", criterion("1.1a"), topic("1.1~more", code="1.1b"), supersedes="x-1")
    pack.crossing("x", "x-1", "x-2", ("1.1a", ["1.1a", "1.1~more"]))
    pack.corrections(correction("1.1a"))
    assert mistakes(pack) == []


@pytest.mark.parametrize(
    ("parts", "says", "where"),
    [
        ([criterion("1.1a"), criterion("1.1a")], "Criterion 1.1a stands here twice", ("code: 1.1a", 2)),
        ([topic("1.1~x"), topic("1.1~x")], "Topic 1.1~x stands here twice", ("key: 1.1~x", 2)),
        ([criterion("1.1a"), topic("1.1~x", code="1.1a")], "Topic 1.1a stands here twice", ("key: 1.1~x", 1)),
        ([topic("1.1~x", code="1.1b"), topic("1.1~y", code="1.1b")], "1.1b stands here twice", ("key: 1.1~y", 1)),
        ([topic("2.2~x")], "has to begin with 1.1~", ("key: 2.2~x", 1)),
        ([topic("1.1b")], "topics.0.key", ("key: 1.1b", 1)),
        ([topic("1.1~B")], "topics.0.key", ("key: 1.1~B", 1)),
        ([criterion("1.1~x")], "criteria.0.code", ("code: 1.1~x", 1)),
        ([criterion("1.1a", kind="both")], "criteria.0.kind", ("kind: both", 1)),
        ([criterion("1.1a", simulation_allowed="maybe")], "simulation_allowed", ("simulation_allowed: maybe", 1)),
    ],
)
def test_codes_and_keys(pack: Pack, parts: list[dict[str, Any]], says: str, where: tuple[str, int]) -> None:
    path = pack.framework("x-1", *parts)
    found = mistakes(pack)
    assert {each[:2] for each in found} == {("framework.yaml", line_of(path, *where))}, found
    assert any(says in each[2] for each in found), found


def test_a_missing_code_or_key(pack: Pack) -> None:
    nameless = criterion("1.1a")
    del nameless["code"]
    path = pack.framework("x-1", nameless)
    assert only(mistakes(pack), "code: Field required") == ("framework.yaml", line_of(path, "- text:"))


def test_an_outcome_needs_something(pack: Pack) -> None:
    pack.framework("x-1")
    assert "an outcome needs criteria" in mistakes(pack)[0][2]


def test_a_replacement_keeps_every_line_and_its_kind(pack: Pack, second: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"), criterion("1.1b"), topic("1.1~x"))
    path = second.framework("x-1", criterion("1.1a", kind="practice"), topic("1.1~x", kind="practice"))
    found = mistakes(pack, second)
    assert [(line, sentence[:22]) for _name, line, sentence in found] == [
        (1, "1.1b of x-1 1 is left "),
        (line_of(path, "code: 1.1a"), "1.1a was knowledge and"),
        (line_of(path, "key: 1.1~x"), "1.1~x was knowledge an"),
    ]


def test_a_kind_moves_where_the_corrections_say_so(pack: Pack, second: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"))
    second.framework("x-1", criterion("1.1a", kind="practice"))
    second.corrections(correction("1.1a", kind="practice", was="knowledge", looked="corrected"))
    assert mistakes(pack, second) == []
    assert loaded(pack, second)[Frameworks].framework("x-1").line("1.1a").kind is Kind.PRACTICE


def test_a_topic_may_get_its_code_in_a_later_version(pack: Pack, second: Pack) -> None:
    pack.framework("x-1", topic("1.1~x"))
    second.framework("x-1", topic("1.1~x", code="1.1a", source="found"))
    assert loaded(pack, second)[Frameworks].framework("x-1").line("1.1~x").code == "1.1a"


def test_what_supersedes_what_does_not_go_in_a_circle(pack: Pack) -> None:
    paths = [pack.framework(f"x-{n}", criterion("1.1a"), supersedes=f"x-{n % 3 + 1}") for n in (1, 2, 3)]
    found = mistakes(pack)
    assert [line for _name, line, _says in found] == [line_of(path, "supersedes") for path in paths]
    assert all("in a circle" in sentence for _name, _line, sentence in found)


def test_what_is_superseded_is_loaded(pack: Pack) -> None:
    path = pack.framework("x-1", criterion("1.1a"), supersedes="x-0")
    assert only(mistakes(pack), "“x-0” is not loaded") == ("framework.yaml", line_of(path, "supersedes"))


def test_a_crosswalk_does_not_go_in_a_circle(pack: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"))
    pack.framework("x-2", criterion("1.1a"))
    pack.framework("x-3", criterion("1.1a"))
    for n in (1, 2, 3):
        pack.crossing(f"from-{n}", f"x-{n}", f"x-{n % 3 + 1}", ("1.1a", ["1.1a"]))
    found = mistakes(pack)
    assert [(name, "in a circle" in sentence) for name, _line, sentence in found] == [
        (f"from-{n}.yaml", True) for n in (1, 2, 3)
    ]


def test_a_crosswalk_to_itself_is_a_circle(pack: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"))
    path = pack.crossing("self", "x-1", "x-1", ("1.1a", ["1.1a"]))
    assert only(mistakes(pack), "in a circle") == ("self.yaml", line_of(path, "to: x-1"))


def test_a_crosswalk_points_at_what_is_loaded(pack: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"))
    path = pack.crossing("x", "x-1", "cc-2031", ("1.1a", ["1.1z"]), ("1.1q", []))
    found = mistakes(pack)
    assert [(line, sentence) for _name, line, sentence in found] == [
        (line_of(path, "to: cc-2031"), "The framework “cc-2031” is not loaded."),
        (line_of(path, "from: 1.1q"), "x-1 does not have “1.1q”."),
    ]


def test_a_crosswalk_names_lines_that_are_there_once(pack: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"))
    pack.framework("x-2", criterion("1.1a"))
    note = {"en": "Why"}
    path = pack.crossing(
        "x",
        "x-1",
        "x-2",
        ("1.1a", ["1.1a"]),
        new=[{"line": "1.1a", "source": "found", "note": note}],
        not_established=[{"from": "1.1a", "note": note}],
    )
    assert [line for _name, line, _says in mistakes(pack)] == [
        line_of(path, "line: 1.1a"),
        line_of(path, "from: 1.1a", 2),
    ]


@pytest.mark.parametrize(
    ("entry", "says", "where"),
    [
        (correction("1.1z"), "has no line “1.1z”", "key: 1.1z"),
        (correction("1.1a", of="x-9"), "x-9 1 is not loaded", "framework: x-9"),
        (correction("1.1a", code="1.1c"), "keeps its code", "code: 1.1c"),
        (correction("1.1~x", code="1.1a", text={"en": "More"}), "is the code of 1.1a already", "code: 1.1a"),
        (correction("1.1a", kind="practice", looked="corrected"), "write `was: knowledge`", "kind: practice"),
        (correction("1.1a", kind="practice", was="practice"), "write `was: knowledge`", "kind: practice"),
        (correction("1.1a", looked="unchecked"), "confirmed or corrected", "framework: x-1"),
        (correction("1.1a", text={"en": "w" * 201}), "at most 200 characters", "framework: x-1"),
        (correction("1.1a", looked_up_in=""), "looked_up_in", "looked_up_in"),
        (correction("1.1a", on="soon"), "corrections.0.on", "'on': soon"),
    ],
)
def test_corrections(pack: Pack, entry: dict[str, Any], says: str, where: str) -> None:
    pack.framework("x-1", criterion("1.1a"), topic("1.1~x"))
    path = pack.corrections(entry)
    name, line = only(mistakes(pack), says)
    assert (name, line) == ("corrections.yaml", line_of(path, where))


def test_corrections_hold_and_the_later_pack_wins(pack: Pack, second: Pack) -> None:
    pack.framework("x-1", criterion("1.1a", simulation_allowed="unknown"), topic("1.1~x"))
    corrected = correction("1.1a", looked="corrected", text={"en": "First"}, simulation_allowed=False)
    pack.corrections(corrected, correction("1.1~x", code="1.1b", looked="corrected"))
    second.corrections(correction("1.1a", looked="corrected", text={"en": "Second"}), name="theirs")
    lines = loaded(pack, second)[Frameworks].framework("x-1").lines
    assert (lines["1.1a"].text.en, lines["1.1a"].standing.looked) == ("Second", Looked.CORRECTED)
    assert (lines["1.1~x"].code, lines["1.1~x"].standing.by_name) == ("1.1b", "Ada")


def module(**maps_to: list[str]) -> dict[str, Any]:
    words = {"en": "Words.", "cy": None}
    return {
        "code": "ZZ-1",
        "edition": "1",
        "status": "coming",
        "title": words,
        "aims": words,
        "study_minutes": 5,
        "workplace_minutes": 0,
        "practical": False,
        "outcomes": [
            {"code": "ZZ-1.1", "text": words, "maps_to": {k.replace("_", "-"): v for k, v in maps_to.items()}}
        ],
    }


@pytest.mark.parametrize(
    ("maps_to", "says"),
    [
        ({"x_9": ["1.1a"]}, "the framework “x-9”, which is not loaded"),
        ({"x_1": ["1.1z"]}, "maps to “1.1z”, which x-1 does not have"),
        ({"x_1": ["1.1p"]}, "which is practice"),
        ({"awif_hsc": ["AWIF8"]}, "maps to “AWIF8”"),
    ],
)
def test_modules_map_to_knowledge_that_is_loaded(pack: Pack, maps_to: dict[str, list[str]], says: str) -> None:
    pack.framework("x-1", criterion("1.1a"), criterion("1.1p", kind="practice"))
    path = pack.put("modules/ZZ-1/module.yaml", module(**maps_to))
    assert only(mistakes(pack), says) == ("module.yaml", line_of(path, "code: ZZ-1.1"))


def test_modules_may_map_to_lines_topics_units_and_sections(pack: Pack) -> None:
    pack.framework("x-1", criterion("1.1a"), topic("1.1~x"))
    pack.put("modules/ZZ-1/module.yaml", module(x_1=["1.1a", "1.1~x", "X1"], awif_hsc=["AWIF7"]))
    assert mistakes(pack) == []


def test_a_practice_framework_points_at_what_is_loaded(pack: Pack) -> None:
    path = pack.framework("x-1", criterion("1.1a", maps_to={"cc-2025": ["99.9z"]}))
    assert only(mistakes(pack), "99.9z") == ("framework.yaml", line_of(path, "code: 1.1a"))


def test_sections_stand_once(pack: Pack) -> None:
    words = {"en": "Words."}
    section = {"code": "S1", "number": 1, "title": words, "audience": "all", "source": "found"}
    body = {"code": "s", "title": words, "says": words, "sections": [section, section]}
    pack.put("assessments/s/sections.yaml", body)
    assert "S1 stands here twice" in mistakes(pack)[0][2]


# Spoiling whatever can be spoilt: the answer is a list of mistakes with a line, or a shelf; never anything else.

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from(["", "1.1a", "1.1~x", "x-1", "practice", "unknown", "nonsense", "x" * 300, "\u202e"]),
    st.just([]),
    st.just({}),
)


def spots(node: Any, where: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a piece of YAML."""
    found = [where] if where else []
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return found + [spot for key, value in items for spot in spots(value, (*where, key))]


def spoilt(node: Any, where: tuple[Any, ...], value: Any) -> Any:
    copy = yaml.safe_load(yaml.safe_dump(node))
    inside = copy
    for key in where[:-1]:
        inside = inside[key]
    inside[where[-1]] = value
    return copy


WHOLE = {
    "assessments/x-1/framework.yaml": framework("x-1", criterion("1.1a"), topic("1.1~x")),
    "assessments/x-2/framework.yaml": framework("x-2", criterion("1.1a"), supersedes="x-1"),
    "assessments/crosswalk/x.yaml": crossing("x", "x-1", "x-2", ("1.1a", ["1.1a"]), ("1.1~x", [])),
    "assessments/mine/corrections.yaml": {"code": "mine", "corrections": [correction("1.1a")]},
}


def problems_of(pack: Pack) -> list[Problem]:
    try:
        loaded(pack)
    except ContentWrong as wrong:
        return wrong.problems
    return []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_spoilt_is_named_or_harmless(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    pack = Pack(tmp_path_factory.mktemp("spoilt"))
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    where = data.draw(st.sampled_from(spots(WHOLE[name])))
    for place, what in WHOLE.items():
        pack.put(place, spoilt(what, where, data.draw(values)) if place == name else what)
    named = problems_of(pack)
    assert all(problem.message and str(pack.folder) in str(problem.path) for problem in named)
