"""Small numbers stay hidden: whoever knows every number that is shown, and every sum, pins none that is kept back."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.programme.reports.hiding import Number, Sum, hidden, ranges
from lms.programme.reports.kinds import Unit
from lms.programme.reports.tables import TOTAL, Cell, Row, Table, kept_back, numbers_of, sums_of, told
from lms.programme.reports.views import PUBLIC_TABLES


def one_way(*values: int, threshold: int = 5) -> set[str]:
    """The parts kept back of a table of one column; "all" is its total."""
    names = [chr(ord("a") + place) for place in range(len(values))]
    numbers = {name: Number(value, value) for name, value in zip(names, values, strict=True)}
    numbers["all"] = Number(sum(values), sum(values))
    return set(hidden(numbers, [Sum("all", tuple(names))], threshold))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((10, 20, 30), set()),  # nothing is small
        ((3, 20, 30), {"a", "b"}),  # alone it could be taken from the total, so the smallest beside it goes too
        ((3, 4, 30), {"a", "b"}),  # two small ones hide each other: together they are 7
        ((1, 1, 30), {"a", "b", "c"}),  # two that are 2 together can only be 1 and 1
        ((0, 0, 30), set()),  # nobody is not somebody
        ((4, 0, 0), {"a", "all"}),  # the total is the same number
        ((3, 3, 3), {"a", "b", "c"}),
    ],
)
def test_worked_cases(values: tuple[int, ...], expected: set[str]) -> None:
    assert one_way(*values) == expected


def test_what_was_kept_back_last_time_is_taken_rather_than_another() -> None:
    numbers = {"a": Number(3, 3), "b": Number(20, 20), "c": Number(21, 21), "all": Number(44, 44)}
    sums = [Sum("all", ("a", "b", "c"))]
    assert hidden(numbers, sums, 5) == {"a", "b"}
    assert hidden(numbers, sums, 5, before={"c"}) == {"a", "c"}


def test_days_go_with_the_people_they_rest_on() -> None:
    columns = ("people", Unit.COUNT), ("median", Unit.DAYS)
    rows = [
        Row(key, (Cell(many, many), Cell(40, many)))
        for key, many in (("small", 2), ("beside", 9), ("large", 30), (TOTAL, 41))
    ]
    lines = told([Table("courses", columns, tuple(rows))], 5)[0]["rows"]
    assert {line["key"]: [cell["hidden"] for cell in line["cells"]] for line in lines} == {
        "small": [True, True],
        "beside": [True, True],
        "large": [False, False],
        TOTAL: [False, False],
    }


COUNT = st.one_of(st.integers(0, 6), st.integers(0, 40))
GROUPS = st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=1, max_size=5)


@st.composite
def reports(draw: st.DrawFn) -> list[Table]:
    """Stages, and the same people divided into groups in two other ways: totals meet, as in a report."""
    first = draw(GROUPS)
    stages = [sum(each[place] for each in first) for place in range(3)]
    second = _divided(stages, draw(st.lists(st.integers(0, 100), min_size=3, max_size=9)))
    columns = tuple((code, Unit.COUNT) for code in "wcl")
    same = {code: f"stages/{code}/people" for code in "wcl"}
    all_in = Row(TOTAL, (Cell(sum(stages), sum(stages)),))
    rows = [Row(code, (Cell(many, many),)) for code, many in zip("wcl", stages, strict=True)]
    found = [Table("stages", (("people", Unit.COUNT),), (*rows, all_in))]
    for name, groups in (("areas", first), ("kinds", second)):
        lines = [Row(f"g{place}", tuple(Cell(n, n) for n in group)) for place, group in enumerate(groups)]
        total = Row(TOTAL, tuple(Cell(n, n) for n in stages))
        found.append(Table(name, columns, (*lines, total), same))
    return found


def _divided(stages: list[int], cuts: list[int]) -> list[tuple[int, int, int]]:
    """Each stage in two groups, cut somewhere."""
    parts = [many * cuts[place] // 100 for place, many in enumerate(stages)]
    first, rest = tuple(parts), tuple(many - part for many, part in zip(stages, parts, strict=True))
    return [first, rest]  # type: ignore[list-item]  # three each


def solved(numbers: dict[str, Number], sums: list[Sum], kept: frozenset[str]) -> set[str]:
    """The numbers kept back that follow from the shown ones by linear algebra: an attack that knows no walk."""
    names = sorted(kept)
    rows = []
    for one in sums:
        row = [Fraction(0)] * (len(names) + 1)
        for name, sign in ((one.total, -1), *((part, 1) for part in one.parts)):
            if name in kept:
                row[names.index(name)] += sign
            else:
                row[-1] -= sign * numbers[name].value
        rows.append(row)
    done = 0
    for column in range(len(names)):
        pivot = next((place for place in range(done, len(rows)) if rows[place][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [each / rows[done][column] for each in rows[done]]
        for place, row in enumerate(rows):
            if place != done and row[column]:
                rows[place] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return {names[row.index(1)] for row in rows[:done] if sum(bool(each) for each in row[:-1]) == 1}


def worlds(sums: list[Sum], kept: frozenset[str], numbers: dict[str, Number], most: int) -> Iterator[dict[str, int]]:
    """Every way a one-way table could be that looks the same: an attack that tries them all."""
    (one,) = sums
    hidden_parts = [name for name in one.parts if name in kept]

    def fill(place: int, so_far: dict[str, int]) -> Iterator[dict[str, int]]:
        if place == len(hidden_parts):
            total = sum(so_far.get(name, numbers[name].value) for name in one.parts)
            if one.total in kept or total == numbers[one.total].value:
                yield {**so_far, one.total: total}
            return
        for value in range(1, most + 1):
            yield from fill(place + 1, {**so_far, hidden_parts[place]: value})

    return fill(0, {})


@settings(max_examples=200)
@given(reports(), st.integers(3, 20))
def test_nobody_works_out_a_number_that_is_kept_back(tables: list[Table], threshold: int) -> None:
    numbers, sums = numbers_of(tables), sums_of(tables)
    kept = kept_back(tables, threshold)
    assert {name for name, one in numbers.items() if 0 < one.people < threshold} <= kept
    assert solved(numbers, sums, kept) == set()
    for name, (low, high) in ranges(numbers, sums, kept).items():
        assert low <= numbers[name].value <= high
        assert name not in kept or high - low >= threshold - 1


@settings(max_examples=100)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=4), st.integers(3, 5))
def test_trying_every_world_leaves_more_than_one_value(values: list[int], threshold: int) -> None:
    names = [f"n{place}" for place in range(len(values))]
    numbers = {name: Number(value, value) for name, value in zip(names, values, strict=True)}
    numbers["all"] = Number(sum(values), sum(values))
    sums = [Sum("all", tuple(names))]
    kept = hidden(numbers, sums, threshold)
    if kept:
        seen = list(worlds(sums, kept, numbers, 9))
        for name in kept:
            assert len({world[name] for world in seen}) >= threshold - 1, name


@given(st.lists(st.tuples(st.integers(0, 500_000), st.integers(0, 12)), min_size=1, max_size=6))
def test_money_is_not_worked_out_either(amounts: list[tuple[int, int]]) -> None:
    rows = [Row(f"r{place}", (Cell(pence if many else 0, many),)) for place, (pence, many) in enumerate(amounts)]
    all_pence, everybody = sum(row.cells[0].value or 0 for row in rows), sum(many for _pence, many in amounts)
    table = Table("money", (("paid", Unit.PENCE),), (*rows, Row(TOTAL, (Cell(all_pence, everybody),))))
    kept = kept_back([table], 5)
    assert solved(numbers_of([table]), sums_of([table]), kept) == set()


def test_the_attack_finds_what_is_badly_hidden() -> None:
    """The attacker of these tests is a real one: with the small number alone kept back, it tells it."""
    numbers = {"a": Number(3, 3), "b": Number(20, 20), "all": Number(23, 23)}
    assert solved(numbers, [Sum("all", ("a", "b"))], frozenset({"a"})) == {"a"}
    assert replace(numbers["a"], money=True).money


@settings(max_examples=200)
@given(reports(), st.integers(3, 20))
def test_two_reports_of_the_same_numbers_give_no_more_than_one(tables: list[Table], threshold: int) -> None:
    """A correction, or the same period asked for again: whoever lays both side by side still works nothing out."""
    numbers, sums = numbers_of(tables), sums_of(tables)
    first = kept_back(tables, threshold)
    second = kept_back(tables, threshold, first)
    both = first & second
    assert solved(numbers, sums, both) == set()
    small = {name for name, one in numbers.items() if 0 < one.people < threshold}
    for name, (low, high) in ranges(numbers, sums, both).items():
        assert name not in small or high - low >= threshold - 1, name


@settings(max_examples=100)
@given(reports(), st.integers(3, 20))
def test_the_public_page_shows_no_number_that_the_files_keep_back(tables: list[Table], threshold: int) -> None:
    """It shows some tables of the same report, with the same numbers kept back; so beside the files it adds nothing."""
    whole = told(tables, threshold)
    some = [table for table in whole if table["code"] in PUBLIC_TABLES]
    hidden_there = {c["name"] for table in whole for row in table["rows"] for c in row["cells"] if c["hidden"]}
    public = {c["name"] for table in some for row in table["rows"] for c in row["cells"] if not c["hidden"]}
    assert public.isdisjoint(hidden_there)
