"""The gap between the editions, from the shelf and from small invented ones."""

from collections import Counter

import pytest

from lms.assessment.content import Frameworks, HowSure
from lms.assessment.crossing.gap import Gap, Grade, least_sure, steps_of
from lms.assessment.crossing.paths import gap_of, path_of, way_across
from lms.assessment.knowledge.mapping import teaching
from lms.assessment.knowledge.queries import Standing
from lms.assessment.knowledge.rules import LineState, UnitState
from lms.assessment.rules import Kind
from lms.assessment.shelf.crosswalk import Crosswalk
from lms.core.shelves import Shelves
from lms.core.words import NotFound
from lms.learning.catalogue import Courses
from lms.learning.rules import NOTHING
from lms.people.rules import Nation


@pytest.fixture
def gap(loaded: Shelves) -> Gap:
    """What 2025 asks beyond 2015, as the shelf has it."""
    return gap_of(loaded[Frameworks], loaded[Crosswalk], "cc-2015", "cc-2025")


def graded(gap: Gap) -> dict[str, Grade]:
    return {each.line.key: each.grade for unit in gap.units for each in unit.lines}


def test_every_line_of_the_newer_edition_has_one_grade(gap: Gap) -> None:
    keys = [each.line.key for unit in gap.units for each in unit.lines]
    assert sorted(keys) == sorted(gap.newer.lines)
    assert max(Counter(keys).values()) == 1
    assert sum(gap.counts.values()) == len(gap.newer.lines)


@pytest.mark.parametrize(
    ("key", "grade"),
    [
        ("1.1d", Grade.CHANGED),
        ("5.4a", Grade.MOVED),
        ("16.1~meaning", Grade.NEW),
        ("9.1a", Grade.NEW),
        ("1.1e", Grade.NOT_ESTABLISHED),
        ("5.3~assumed", Grade.NOT_ESTABLISHED),
        ("1.1a", Grade.SAME),
        ("11.1a", Grade.SAME),
        ("12.1a", Grade.SAME),
    ],
)
def test_what_the_reference_says_of_a_line_is_its_grade(gap: Gap, key: str, grade: Grade) -> None:
    assert graded(gap)[key] is grade


def test_a_line_is_called_new_only_where_that_is_reported(gap: Gap, loaded: Shelves) -> None:
    moves = loaded[Crosswalk].moves("cc-2015", "cc-2025")
    new = {key for key, grade in graded(gap).items() if grade is Grade.NEW}
    assert new == set(moves.new)


def test_a_line_is_no_surer_than_the_weakest_thing_it_rests_on(gap: Gap) -> None:
    lines = {each.line.key: each for unit in gap.units for each in unit.lines}
    assert lines["5.4a"].sure is HowSure.FOUND
    assert lines["5.4a"].before == ("5.3a",)
    assert lines["1.1a"].sure is HowSure.INFERRED
    assert lines["2.2c"].before == ("2.2c", "2.2d")
    assert least_sure([HowSure.FOUND, HowSure.INFERRED, HowSure.RECALLED]) is HowSure.INFERRED
    assert least_sure([HowSure.FOUND, "ours"]) == "ours"


def test_what_was_narrowed_or_moved_asks_for_no_more_and_practice_is_not_learned_here(gap: Gap) -> None:
    to_learn = {key for unit in gap.units for key in unit.to_learn}
    assert {"1.1d", "9.1a", "16.1~meaning", "1.1e"} <= to_learn
    assert not {"9.2a", "5.4a", "1.1a", "11.1a", "2.2c", "8.2d"} & to_learn
    assert {gap.newer.line(key).kind for key in to_learn} == {Kind.KNOWLEDGE}


def test_lines_of_the_older_edition_without_a_place_are_told_and_not_called_dropped(gap: Gap) -> None:
    told = {each.line.key: each.established for each in gap.gone}
    assert told == {"9.1a": True, "10.1h": False, "10.2e": False}


def test_the_short_way_teaches_what_is_new_with_as_few_lessons_as_it_takes(gap: Gap, loaded: Shelves) -> None:
    way = way_across(gap, loaded[Courses])
    assert {key for step in way for key in step.keys} == {key for unit in gap.units for key in unit.to_learn}
    for step in way:
        if step.module is None:
            continue
        taught = {code for lesson in step.lessons for code in lesson.outcomes}
        teachable = {code for lesson in step.module.lessons for code in lesson.outcomes}
        assert set(step.outcomes) & teachable <= taught
        assert set(step.asked) | set(step.written) == set(step.outcomes)
        assert len(step.lessons) <= max(1, len(step.outcomes))


def test_without_a_course_the_way_says_what_is_new_and_promises_nothing(gap: Gap) -> None:
    way = steps_of(gap, {})
    assert all(step.module is None and not step.lessons and not step.outcomes for step in way)


def standing(gap: Gap, shown: set[str]) -> Standing:
    lines = {key: LineState.SHOWN if key in shown else LineState.UNTOUCHED for key in gap.newer.lines}
    units = {unit.code: UnitState.UNTOUCHED for unit in gap.newer.units}
    taught = teaching(gap.newer, [])
    return Standing(framework=gap.newer, taught=taught, lines=lines, units=units)


def test_what_is_shown_already_is_not_asked_again(gap: Gap, loaded: Shelves) -> None:
    way = way_across(gap, loaded[Courses])
    first = next(step for step in way if step.module is not None and len(step.asked) > 1)
    shown = {first.asked[0]: "anything"}
    path = path_of(way, standing(gap, set()), modules={}, done=NOTHING, shown=shown)
    stage = next(each for each in path.stages if each.step is first)
    assert stage.left == first.asked[1:]
    everything = {key for step in way for key in step.keys}
    done = path_of(way, standing(gap, everything), modules={}, done=NOTHING, shown={})
    assert done.ahead == ()
    assert done.minutes == 0
    assert done.done == len(way)


def test_what_does_not_hold_where_somebody_is_is_not_asked(gap: Gap, loaded: Shelves) -> None:
    way = way_across(gap, loaded[Courses])
    step = next(step for step in way if step.module is not None and len(step.asked) > 1)
    assert step.module is not None
    england = [
        each.model_copy(update={"nations": (Nation.ENGLAND,)}) if each.code == step.asked[0] else each
        for each in step.module.outcomes
    ]
    modules = {step.module.code: step.module.model_copy(update={"outcomes": tuple(england)})}
    for nation, left in ((Nation.WALES, step.asked[1:]), (Nation.ENGLAND, step.asked)):
        path = path_of(way, standing(gap, set()), modules=modules, done=NOTHING, shown={}, nation=nation)
        assert next(each for each in path.stages if each.step is step).left == left


def test_a_gap_nobody_wrote_down_is_not_found(loaded: Shelves) -> None:
    with pytest.raises(NotFound):
        gap_of(loaded[Frameworks], loaded[Crosswalk], "cc-2025", "cc-2015")
    with pytest.raises(NotFound):
        gap_of(loaded[Frameworks], loaded[Crosswalk], "cc-1999", "cc-2025")
