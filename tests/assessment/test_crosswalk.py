"""The crosswalk: both directions agree, whatever is linked, and the real one says what the reference data say."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.content import Frameworks, HowSure
from lms.assessment.shelf.crossing import Basis, Change
from lms.assessment.shelf.crosswalk import Crosswalk, Link, Moves, Origin, Ref
from lms.core.shelves import Shelves
from lms.learning.catalogue import Courses

refs = st.builds(Ref, st.sampled_from(["cc-2015", "cc-2025", "awif", "PAI-1"]), st.sampled_from("abcdefgh"))
links = st.builds(Link, refs, refs, st.sampled_from(Basis), st.sampled_from(HowSure))


@given(st.lists(links, max_size=30))
def test_both_directions_agree_on_any_links(found: list[Link]) -> None:
    crosswalk = Crosswalk(tuple(found))
    ends = {end for link in found for end in (link.a, link.b)}
    for here in ends:
        for link in crosswalk.of(here):
            assert link in crosswalk.of(link.other(here))
            assert link.other(link.other(here)) == here or link.a == link.b
    for link in found:
        assert link in crosswalk.of(link.a)
        assert link in crosswalk.of(link.b)


@given(st.lists(links, max_size=30), refs, refs)
def test_one_end_is_seen_from_the_other_or_neither_is(found: list[Link], here: Ref, there: Ref) -> None:
    crosswalk = Crosswalk(tuple(found))
    assert (there in crosswalk.to(here, there.framework)) == (here in crosswalk.to(there, here.framework))


@pytest.fixture
def crosswalk(loaded: Shelves) -> Crosswalk:
    found = loaded[Crosswalk]
    assert isinstance(found, Crosswalk)
    return found


@pytest.fixture
def moves(crosswalk: Crosswalk) -> Moves:
    found = crosswalk.moves("cc-2015", "cc-2025")
    assert found is not None
    return found


def test_both_directions_agree_on_what_is_built_in(crosswalk: Crosswalk) -> None:
    ends = {end for link in crosswalk.links for end in (link.a, link.b)}
    seen = {(here, link.other(here)) for here in ends for link in crosswalk.of(here)}
    assert seen == {(there, here) for here, there in seen}
    assert len(seen) > 400


def test_the_induction_leads_to_criteria_and_back(crosswalk: Crosswalk, loaded: Shelves) -> None:
    courses, frameworks = loaded[Courses], loaded[Frameworks]
    for module in courses.modules.values():
        for outcome in module.outcomes:
            here = Ref(module.code, outcome.code)
            for code, keys in outcome.maps_to.items():
                for there in (Ref(code, key) for key in keys):
                    assert there in crosswalk.to(here, code)
                    assert here in crosswalk.to(there, module.code)
        for lesson in (each for each in module.lessons if each.home):
            home = courses.home_of(module, lesson)
            for taught in home.lesson(lesson.code).outcomes:
                for outcome in (each for each in module.outcomes if each.code in lesson.outcomes):
                    for code, keys in outcome.maps_to.items():
                        assert {Ref(code, key) for key in keys} <= set(crosswalk.to(Ref(home.code, taught), code))
    assert frameworks.has("awif-hsc", "AWIF1")
    assert Ref("PAI-1", "PAI-1") in crosswalk.to(Ref("awif-hsc", "AWIF5"), "PAI-1")


def test_every_criterion_of_2015_is_linked_or_said_not_to_be_known(moves: Moves, loaded: Shelves) -> None:
    lines = loaded[Frameworks].framework("cc-2015").lines
    assert set(moves.went) | set(moves.unknown) == set(lines)
    assert not set(moves.went) & set(moves.unknown)
    assert set(moves.unknown) == {"10.1h", "10.2e"}
    assert [line for line, went in moves.went.items() if not went.to] == ["9.1a"]


REFERENCE: Mapping[str, tuple[str, ...]] = {
    "2.2c": ("2.2c",),
    "2.2d": ("2.2c",),
    "2.2i": ("2.2h",),
    "5.3b": ("5.4b",),
    "5.7a": ("5.8a",),
    "6.1c": ("6.5b",),
    "8.2e": ("8.2d",),
    "9.1b": ("9.1d",),
    "9.6c": ("5.3~capacity-and-consent",),
    "9.6d": ("5.3~assessing", "5.3~advance-statements"),
    "10.1j": ("10.1k",),
    "13.1f": ("13.4a",),
    "13.4b": ("13.4c",),
    "15.1b": ("15.1d",),
    "15.1d": ("15.1~equipment", "15.1g"),
    "4.3a": ("4.3~advice",),
    "1.1a": ("1.1a",),
}


@pytest.mark.parametrize(("line", "to"), REFERENCE.items())
def test_where_criteria_went(moves: Moves, line: str, to: tuple[str, ...]) -> None:
    assert moves.went[line].to == to
    assert all(moves.went[line] in moves.came[each] for each in to)


def test_links_say_how_sure_they_are(moves: Moves) -> None:
    assert (moves.went["6.1c"].source, moves.went["6.1c"].basis) == (HowSure.FOUND, Basis.REPORTED)
    assert (moves.went["1.1a"].source, moves.went["1.1a"].basis) == (HowSure.INFERRED, Basis.SAME_PLACE)
    assert (moves.went["5.1a"].source, moves.went["5.1a"].basis) == (HowSure.INFERRED, Basis.SAME_MATTER)
    assert moves.went["14.1d"].change is Change.WIDENED
    assert sum(went.source is HowSure.FOUND for went in moves.went.values()) >= 30


def test_new_is_only_what_is_reported_as_new(moves: Moves, loaded: Shelves) -> None:
    lines = loaded[Frameworks].framework("cc-2025").lines
    new = {key for key in lines if moves.origin(key) is Origin.NEW}
    assert {"3.1~candour", "5.1~relationships", "9.1a", "10.1b", "10.1j"} <= new
    assert {key for key in new if not key.startswith("16.")} == {
        "3.1~candour",
        "5.1~relationships",
        "9.1a",
        "9.1b",
        "9.1c",
        "10.1b",
        "10.1j",
    }
    assert {key for key in lines if moves.origin(key) is Origin.NOT_ESTABLISHED} == {
        "1.1e",
        "4.1~bias",
        "4.1~protected-characteristics",
        "8.1e",
        "9.4e",
        "10.2f",
        "15.1~precautions",
    }


@pytest.mark.parametrize(("edition", "standards"), [("cc-2015", 15), ("cc-2025", 16)])
def test_every_standard_speaks_to_a_section_for_adults(crosswalk: Crosswalk, edition: str, standards: int) -> None:
    for number in range(1, standards + 1):
        found = crosswalk.to(Ref(edition, f"CC{number}"), "awif-hsc")
        assert {ref.key for ref in found} & {"AWIF1", "AWIF3", "AWIF5", "AWIF6", "AWIF7"}, number
        assert not {ref.key for ref in found} & {"AWIF2", "AWIF4"}


def test_every_basis_is_a_sentence(crosswalk: Crosswalk) -> None:
    for basis in Basis:
        link = Link(Ref("a", "b"), Ref("c", "d"), basis, "ours", through=("PAI-2-L1", "CCK-5"))
        sentence, values = link.because
        assert sentence % values
    for link in crosswalk.links:
        sentence, values = link.because
        assert sentence % values
