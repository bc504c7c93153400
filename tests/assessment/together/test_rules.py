"""Whose turn it is, and which step may follow which."""

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.together.rules import NEXT, Step, Turn, may_follow, turn


def test_nothing_is_recorded_but_what_was_confirmed_last() -> None:
    assert {step for step, after in NEXT.items() if Step.RECORDED in after} == {Step.CONFIRMED}


def test_what_is_over_stays_over() -> None:
    for over in (Step.RECORDED, Step.DROPPED):
        assert turn(over) is Turn.OVER
        assert not NEXT[over]


@given(st.lists(st.sampled_from(list(Step)), max_size=30))
def test_in_no_order_is_it_recorded_without_a_confirmation_after_the_last_change(steps: list[Step]) -> None:
    last: Step | None = None
    done: list[Step] = []
    for step in steps:
        if may_follow(last, step):
            done.append(step)
            last = step
    if Step.RECORDED in done:
        before = done[: done.index(Step.RECORDED)]
        assert before[-1] is Step.CONFIRMED
        assert Step.HANDED_OVER in before
        changed = max((i for i, step in enumerate(before) if step is Step.CHANGED), default=-1)
        assert before.index(Step.STARTED) == 0
        assert len(before) - 1 > changed
