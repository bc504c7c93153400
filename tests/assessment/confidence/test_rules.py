"""What is suggested first, and how standards are asked about in parts."""

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.confidence.rules import MOST_FIRST, PART, Stands, Sure, first, parts, units_in

SURE = st.sampled_from([None, *Sure])
STANDS = st.lists(
    st.builds(Stands, unit=st.uuids().map(str), sure=SURE, left=st.integers(0, 20), lines=st.just(20)), max_size=16
)


def stands(unit: str, sure: Sure | None, left: int) -> Stands:
    return Stands(unit, sure, left, 20)


def test_least_sure_comes_first_and_of_those_where_most_is_left() -> None:
    found = first(
        [
            stands("sure", Sure.SURE, 20),
            stands("silent", None, 5),
            stands("little", Sure.A_LITTLE, 9),
            stands("not, few", Sure.NOT_YET, 2),
            stands("not, many", Sure.NOT_YET, 8),
            stands("mostly", Sure.MOSTLY, 20),
        ],
        most=6,
    )
    assert [each.unit for each in found] == ["not, many", "not, few", "little", "silent", "mostly", "sure"]


def test_what_is_all_shown_is_not_suggested_however_unsure_somebody_feels() -> None:
    assert first([stands("done", Sure.NOT_YET, 0)]) == ()


def test_equal_ones_keep_the_order_of_the_standards() -> None:
    assert [each.unit for each in first([stands("1", None, 4), stands("2", None, 4)])] == ["1", "2"]


@given(STANDS)
def test_a_suggestion_is_short_and_never_of_something_finished(standing: list[Stands]) -> None:
    found = first(standing)
    assert len(found) == min(MOST_FIRST, sum(each.left > 0 for each in standing))
    assert all(each.left for each in found)


@given(st.lists(st.uuids().map(str), min_size=1, max_size=40, unique=True))
def test_every_standard_is_asked_about_in_one_part(codes: list[str]) -> None:
    asked = [code for part in range(1, parts(len(codes)) + 1) for code in units_in(part, tuple(codes))]
    assert asked == codes
    assert units_in(0, tuple(codes)) == ()
    assert units_in(-1, tuple(codes)) == ()
    assert units_in(parts(len(codes)) + 1, tuple(codes)) == ()
    assert all(len(units_in(part, tuple(codes))) <= PART for part in range(1, parts(len(codes)) + 1))
