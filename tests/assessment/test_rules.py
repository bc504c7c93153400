"""Rules of assessment, with plain values."""

from datetime import date
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules import (
    Answer,
    Capacity,
    Standing,
    UnitState,
    WrongDay,
    may_be_signed_off,
    may_judge,
    wrong_day,
)

standings = st.frozensets(st.builds(Standing, st.sampled_from(Capacity), st.integers(0, 3).map(lambda n: UUID(int=n))))
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_only_a_ready_unit_can_be_signed_off() -> None:
    assert [each for each in UnitState if may_be_signed_off(each)] == [UnitState.READY]


@given(standings, standings)
def test_nobody_judges_their_own_work_whatever_they_are(today: frozenset[Standing], then: frozenset[Standing]) -> None:
    me = uuid4()
    assert may_judge(person=me, learner=me, today=today, then=then) is Answer.OWN_WORK


@given(standings, standings)
def test_the_same_tie_holds_on_both_days(today: frozenset[Standing], then: frozenset[Standing]) -> None:
    answer = may_judge(person=uuid4(), learner=uuid4(), today=today, then=then)
    assert (answer is Answer.YES) == bool(today & then)
    assert (answer is Answer.NOT_THEIRS) == (not today)


@given(days, days, days)
def test_a_day_counts_from_enrolment_to_today(seen_on: date, enrolled_on: date, today: date) -> None:
    problem = wrong_day(seen_on, enrolled_on=enrolled_on, today=today)
    assert (problem is None) == (enrolled_on <= seen_on <= today)
    assert (problem is WrongDay.FUTURE) == (seen_on > today)


def test_the_day_of_enrolment_and_today_both_count() -> None:
    day = date(2026, 11, 21)
    assert wrong_day(day, enrolled_on=day, today=day) is None
