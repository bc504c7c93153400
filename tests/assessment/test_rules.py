"""Rules of assessment, with plain values."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.rules import (
    Answer,
    Capacity,
    Judged,
    Judgement,
    Lack,
    Missing,
    Standing,
    UnitState,
    WrongDay,
    latest,
    may_be_signed_off,
    may_judge,
    missing,
    state,
    wrong_day,
)

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
CODES = ("P.1", "P.2", "P.3")

moments = st.integers(0, 50).map(lambda minutes: START + timedelta(minutes=minutes))
judgements = st.lists(st.builds(Judged, st.sampled_from((*CODES, "elsewhere")), st.sampled_from(Judgement), moments))
standings = st.frozensets(st.builds(Standing, st.sampled_from(Capacity), st.integers(0, 3).map(lambda n: UUID(int=n))))
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def met(code: str, minute: int = 0) -> Judged:
    return Judged(code, Judgement.MET, START + timedelta(minutes=minute))


def not_yet(code: str, minute: int = 0) -> Judged:
    return Judged(code, Judgement.NOT_YET_MET, START + timedelta(minutes=minute))


def test_a_unit_says_what_it_needs_and_why() -> None:
    assert missing(CODES, [met("P.1"), not_yet("P.2")]) == (
        Missing("P.2", Lack.NOT_YET_MET),
        Missing("P.3", Lack.NOT_SEEN),
    )


def test_the_last_judgement_counts_both_ways() -> None:
    assert missing(["P.1"], [not_yet("P.1", 1), met("P.1", 2)]) == ()
    assert missing(["P.1"], [met("P.1", 1), not_yet("P.1", 2)]) == (Missing("P.1", Lack.NOT_YET_MET),)


def test_a_doubt_at_the_same_moment_counts() -> None:
    assert latest([not_yet("P.1"), met("P.1")])["P.1"].judgement is Judgement.NOT_YET_MET


@given(judgements, st.randoms())
def test_the_order_of_rows_changes_nothing(given_: list[Judged], dice: object) -> None:
    shuffled = list(given_)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert missing(CODES, given_) == missing(CODES, shuffled)
    assert latest(given_).keys() == {judged.criterion for judged in given_}


@given(judgements)
def test_ready_exactly_when_nothing_is_missing(given_: list[Judged]) -> None:
    assert (state(CODES, given_, signed_off=False) is UnitState.READY) == (missing(CODES, given_) == ())


@given(judgements, st.sampled_from(CODES))
def test_a_later_met_takes_exactly_that_criterion_off_the_list(given_: list[Judged], code: str) -> None:
    later = [*given_, met(code, 60)]
    assert missing(CODES, later) == tuple(m for m in missing(CODES, given_) if m.criterion != code)


@given(judgements)
def test_signed_off_stays_signed_off_and_closed(given_: list[Judged]) -> None:
    signed = state(CODES, given_, signed_off=True)
    assert signed is UnitState.SIGNED_OFF
    assert not may_be_signed_off(signed)


def test_a_unit_without_criteria_is_never_ready() -> None:
    assert state((), [], signed_off=False) is UnitState.NOT_SEEN


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
