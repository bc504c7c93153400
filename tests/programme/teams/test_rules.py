"""How much of a team is trained on a day: worked cases, and whatever people do."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.programme.teams.rules import Coverage, Spell, coverage

DAY = date(2026, 11, 21)
ANN, BEN, CAT = UUID(int=1), UUID(int=2), UUID(int=3)


def test_two_of_three_are_trained() -> None:
    inside = [Spell(ANN, DAY), Spell(BEN, DAY), Spell(CAT, DAY)]
    found = coverage(inside, {ANN: DAY, BEN: DAY}, DAY)
    assert (found.members, found.trained, found.percent) == (3, 2, 66)
    assert found.meets(66)
    assert not found.meets(67)
    assert not found.meets(None)


def test_who_left_counts_up_to_the_day_before_and_study_after_the_day_does_not_count() -> None:
    inside = [Spell(ANN, DAY - timedelta(days=9), DAY)]
    assert coverage(inside, {}, DAY - timedelta(days=1)).members == 1
    assert coverage(inside, {}, DAY).members == 0
    assert coverage([Spell(ANN, DAY)], {ANN: DAY + timedelta(days=1)}, DAY).trained == 0


def test_nobody_is_no_share_and_meets_no_target() -> None:
    nobody = coverage([], {}, DAY)
    assert nobody.percent is None
    assert not nobody.meets(1)


def test_a_target_is_compared_exactly_and_not_by_the_rounded_percent() -> None:
    assert Coverage(DAY, 3, 2).meets(66)
    assert not Coverage(DAY, 200, 199).meets(100)
    assert Coverage(DAY, 200, 199).percent == 99


days = st.integers(-40, 40).map(lambda by: DAY + timedelta(days=by))
people = st.sampled_from([UUID(int=number) for number in range(1, 6)])
spells = st.lists(
    st.tuples(people, days, st.none() | st.integers(0, 30)).map(
        lambda it: Spell(it[0], it[1], None if it[2] is None else it[1] + timedelta(days=it[2]))
    ),
    max_size=12,
)


@given(spells, st.dictionaries(people, days), days)
def test_it_equals_a_recount_person_by_person(inside: Sequence[Spell], trained: dict[UUID, date], on: date) -> None:
    members = trained_there = 0
    for number in range(1, 6):
        person = UUID(int=number)
        mine = [each for each in inside if each.person_id == person]
        if any(each.since <= on < (each.left_on or date.max) for each in mine):
            members += 1
            trained_there += person in trained and trained[person] <= on
    found = coverage(inside, trained, on)
    assert (found.members, found.trained) == (members, trained_there)
    assert found.percent is None or 0 <= found.percent <= 100
    assert (found.percent == 100) == (members > 0 and members == trained_there)
