"""What is said of knowledge, held in general."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.knowledge.rules import (
    LineState,
    UnitState,
    Work,
    line_state,
    now_whole,
    of_edition,
    of_practice,
    of_unit,
    of_work,
    unit_state,
)
from lms.assessment.rules import Kind

ORDER = list(LineState)
UNITS = list(UnitState)
states = st.lists(st.sampled_from(LineState), max_size=8)
keys = st.sampled_from([f"1.{n}" for n in range(6)])
outcomes = st.sampled_from([f"K{n}" for n in range(6)])
needs = st.dictionaries(keys, st.frozensets(outcomes, max_size=4), max_size=6)


@given(studied=st.booleans(), shown=st.booleans())
def test_a_practice_line_is_never_touched_by_study(studied: bool, shown: bool) -> None:
    assert line_state(Kind.PRACTICE, studied=studied, shown=shown) is LineState.UNTOUCHED


@given(studied=st.booleans(), shown=st.booleans(), more=st.booleans(), kind=st.sampled_from(Kind))
def test_showing_more_never_lowers_a_line(studied: bool, shown: bool, more: bool, kind: Kind) -> None:
    before = line_state(kind, studied=studied, shown=shown)
    after = line_state(kind, studied=studied or more, shown=shown or more)
    assert ORDER.index(after) >= ORDER.index(before)


@given(needs=needs, shown=st.frozensets(outcomes), more=st.frozensets(outcomes))
def test_showing_more_never_takes_a_line_back(
    needs: dict[str, frozenset[str]], shown: frozenset[str], more: frozenset[str]
) -> None:
    assert set(now_whole(needs, shown)) <= set(now_whole(needs, shown | more))


@given(needs=needs, shown=st.frozensets(outcomes))
def test_a_line_is_whole_only_with_everything_that_teaches_it(
    needs: dict[str, frozenset[str]], shown: frozenset[str]
) -> None:
    whole = now_whole(needs, shown)
    assert set(whole) == {key for key, by in needs.items() if by and by <= shown}
    assert list(whole) == sorted(whole)


@given(states.filter(bool), st.booleans())
def test_a_standard_is_complete_when_every_knowledge_line_is_shown_and_only_then(
    found: list[LineState], finished: bool
) -> None:
    complete = unit_state(found, finished=finished) is UnitState.COMPLETE
    assert complete == all(state is LineState.SHOWN for state in found)


@given(st.booleans(), st.booleans())
def test_a_standard_without_knowledge_lines_is_complete_when_its_unit_is_finished(begun: bool, finished: bool) -> None:
    assert (unit_state([], begun=begun, finished=finished) is UnitState.COMPLETE) == finished


@given(states.filter(bool), st.integers(0, 7))
def test_a_line_that_goes_up_never_lowers_its_standard(found: list[LineState], which: int) -> None:
    raised = list(found)
    at = which % len(found)
    raised[at] = ORDER[min(ORDER.index(found[at]) + 1, len(ORDER) - 1)]
    assert UNITS.index(unit_state(raised)) >= UNITS.index(unit_state(found))


@given(st.lists(st.sampled_from(UnitState), min_size=1, max_size=20))
def test_an_edition_is_complete_when_every_standard_is(found: list[UnitState]) -> None:
    said = str(of_edition("2025", found))
    assert said.startswith("Knowledge complete") == all(state is UnitState.COMPLETE for state in found)


def test_sentences_a_stranger_understands() -> None:
    assert str(of_edition("2025", [UnitState.COMPLETE] * 16)) == "Knowledge complete (2025 edition, 16 of 16)"
    some = [UnitState.COMPLETE] * 5 + [UnitState.BEGUN] * 10
    assert str(of_edition("2015", some)) == "Knowledge of 5 of 15 standards complete (2015 edition)"
    assert str(of_unit(5, UnitState.COMPLETE, shown=7, knowledge=7)) == "Standard 5: knowledge complete"
    assert str(of_unit(5, UnitState.BEGUN, shown=2, knowledge=7)) == "Standard 5: 2 of 7 points of knowledge shown"
    assert str(of_unit(12, UnitState.COMPLETE, shown=0, knowledge=0)) == "Standard 12: preparation done"
    assert str(of_unit(3, UnitState.UNTOUCHED, shown=0, knowledge=4)) == "Standard 3: not started"


NOT_BEGUN, SOME, SIGNED = Work(0, 4), Work(3, 4, begun=True), Work(4, 4, begun=True, signed_on=date(2026, 5, 12))


@pytest.mark.parametrize(
    ("state", "shown", "knowledge", "work", "said"),
    [
        (UnitState.COMPLETE, 7, 7, NOT_BEGUN, "knowledge complete, practice not begun"),
        (UnitState.COMPLETE, 0, 0, NOT_BEGUN, "preparation done, practice not begun"),
        (UnitState.BEGUN, 2, 7, NOT_BEGUN, "2 of 7 points of knowledge shown"),
        (UnitState.COMPLETE, 7, 7, SOME, "knowledge complete; practice: 3 of 4 points met"),
        (UnitState.BEGUN, 2, 7, SOME, "2 of 7 points of knowledge shown; practice: 3 of 4 points met"),
        (UnitState.BEGUN, 0, 7, SOME, "studied, nothing shown yet; practice: 3 of 4 points met"),
        (UnitState.UNTOUCHED, 0, 7, SOME, "not studied yet; practice: 3 of 4 points met"),
        (UnitState.BEGUN, 0, 0, SOME, "preparation begun; practice: 3 of 4 points met"),
        (UnitState.COMPLETE, 7, 7, Work(0, 0), "knowledge complete"),
        (UnitState.COMPLETE, 7, 7, SIGNED, "signed off on 2026-05-12"),
        (UnitState.UNTOUCHED, 0, 7, SIGNED, "signed off on 2026-05-12"),
    ],
)
def test_what_was_seen_at_work_is_told_beside(
    state: UnitState, shown: int, knowledge: int, work: Work, said: str
) -> None:
    assert str(of_unit(5, state, shown=shown, knowledge=knowledge, work=work)) == f"Standard 5: {said}"


def test_practice_of_an_edition_is_never_called_a_certificate() -> None:
    assert of_practice([]) is None
    assert str(of_practice([NOT_BEGUN] * 16)) == "Practice: not begun"
    assert str(of_practice([SIGNED, SOME] + [NOT_BEGUN] * 14)) == "Practice: 1 of 16 standards signed off"
    assert str(of_practice([SIGNED] * 16)).startswith("Every standard is signed off")
    assert str(of_work(SOME)) == "Practice: 3 of 4 points met"
    assert str(of_work(SIGNED)) == "Signed off on 2026-05-12"
    assert of_work(None) is None
    assert of_work(Work(0, 0)) is None
