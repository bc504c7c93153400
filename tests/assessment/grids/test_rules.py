"""What a cohort's totals count, and how its cells are put together from pieces."""

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.grids.rules import totals
from lms.assessment.rules import UnitState

COUNTED = st.lists(st.tuples(st.sampled_from(["CC1", "CC2", "CC3"]), st.sampled_from(UnitState), st.integers(0, 500)))


@given(COUNTED)
def test_totals_count_everybody_once_in_whatever_order(counted: list[tuple[str, UnitState, int]]) -> None:
    found = totals(counted)
    assert found == totals(reversed(counted))
    assert sum(each.learners for each in found.values()) == sum(number for _unit, _state, number in counted)
    for each in found.values():
        assert each.signed_off + each.ready <= each.learners


def test_signed_off_and_ready_are_told_apart() -> None:
    found = totals([("CC1", UnitState.SIGNED_OFF, 2), ("CC1", UnitState.READY, 3), ("CC1", UnitState.NOT_SEEN, 5)])
    assert (found["CC1"].learners, found["CC1"].signed_off, found["CC1"].ready) == (10, 2, 3)
