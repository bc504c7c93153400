"""What work on many can do next, who is affected, and how learners are shared out: worked cases and properties."""

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.programme.bulk.acting.people import typed
from lms.programme.bulk.rules import (
    AHEAD,
    MOVES,
    WILL,
    Tally,
    may_move,
    shared_out,
    when_judged_again,
    when_looked,
    wont,
)
from lms.programme.bulk.words import Fate, State

LEARNERS = [UUID(int=number) for number in range(100, 130)]
ASSESSORS = [UUID(int=number) for number in range(1, 6)]


def test_nothing_is_carried_out_before_somebody_has_looked_and_what_is_over_stays_over() -> None:
    assert not may_move(State.LOOKING, State.RUNNING)
    assert may_move(State.READY, State.RUNNING)
    assert MOVES[State.CLOSED] == frozenset()
    assert set(MOVES) == set(State)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_everybody_is_affected_or_not_and_what_is_done_is_the_affected_less_those_changed(
    lines: list[tuple[bool, bool]],
) -> None:
    looked = [when_looked(WILL if before else wont("no")) for before, _later in lines]
    tally = Tally(Counter(looked))
    assert tally.affected + tally[Fate.WONT] == tally.total == len(lines)
    ended = [
        fate if fate is Fate.WONT else when_judged_again(WILL if later else wont("changed")) or Fate.DONE
        for fate, (_before, later) in zip(looked, lines, strict=True)
    ]
    after = Tally(Counter(ended))
    assert after[Fate.DONE] == sum(before and later for before, later in lines)
    assert after[Fate.DONE] + after[Fate.CHANGED] == tally[Fate.WILL] == after.gone_through == after.affected
    assert {fate for fate in ended if fate is not Fate.WONT} <= AHEAD


def test_learners_go_to_whoever_has_fewest() -> None:
    first, second = ASSESSORS[:2]
    assert shared_out(LEARNERS[:3], {first: 2, second: 0}, most=None) == dict.fromkeys(LEARNERS[:2], second) | {
        LEARNERS[2]: first
    }
    assert shared_out(LEARNERS[:3], {first: 0, second: 0}, most=1) == {LEARNERS[0]: first, LEARNERS[1]: second}


@given(
    st.integers(0, 30),
    st.dictionaries(st.sampled_from(ASSESSORS), st.integers(0, 8), max_size=5),
    st.none() | st.integers(1, 9),
    st.sets(st.tuples(st.sampled_from(ASSESSORS), st.sampled_from(LEARNERS))),
)
def test_nobody_has_more_than_was_said_and_nobody_has_whom_they_must_not(
    many: int, loads: dict[UUID, int], most: int | None, barred: set[tuple[UUID, UUID]]
) -> None:
    found = shared_out(LEARNERS[:many], loads, most=most, barred=barred)
    assert not {(assessor, learner) for learner, assessor in found.items()} & barred
    have = Counter(loads) + Counter(found.values())
    if most is not None:
        assert all(have[each] <= max(most, loads[each]) for each in loads)
    for learner in LEARNERS[:many]:
        if learner not in found:
            assert all((most is not None and have[each] >= most) or (each, learner) in barred for each in loads)


def test_a_name_and_an_address_are_read_as_people_write_them() -> None:
    assert typed("Pat Morgan <Pat@Example.com>") == ("Pat Morgan", "pat@example.com")
    assert typed('"Pat Morgan", pat@example.com') == ("Pat Morgan", "pat@example.com")
    assert typed("pat@example.com") == ("", "pat@example.com")
    assert typed("Pat Morgan") == ("", "")


@given(st.text(max_size=254))
def test_whatever_is_pasted_is_read_without_a_fault(text: str) -> None:
    name, mail = typed(text)
    assert not mail or "@" in mail
    assert isinstance(name, str)
