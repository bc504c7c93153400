"""Days of call-backs and who hears of an alert next: worked cases, and what holds in general."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.programme.contacts import rules
from lms.programme.contacts.questions import editions, newest
from lms.programme.contacts.rules import Heard, Next
from lms.programme.contacts.words import AlertStep, Standing, Whom
from lms.register.working_days import is_working_day, working_days_between

NATIONS = st.sampled_from(["england", "wales"])
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
NAMED = [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2026, 10, 5), date(2026, 11, 2)),  # a Monday stays
        (date(2026, 10, 3), date(2026, 11, 2)),  # Saturday goes to Monday
        (date(2026, 11, 27), date(2026, 12, 29)),  # Christmas Day, then Saturday, Sunday and the substitute day
        (date(2026, 3, 6), date(2026, 4, 7)),  # Good Friday goes past Easter Monday
    ],
)
def test_worked_days(since: date, due: date) -> None:
    assert rules.due_on(since, 28, "england") == due


@given(DAYS, st.integers(rules.SHORTEST, rules.LONGEST), NATIONS)
def test_nobody_is_called_early_or_on_a_day_off(since: date, days: int, nation: str) -> None:
    due = rules.due_on(since, days, nation)
    assert is_working_day(due, nation)
    assert due >= since + timedelta(days=days)
    between = ((since + timedelta(days=days)) + timedelta(days=n) for n in range(10))
    assert due == next(day for day in between if is_working_day(day, nation))


@given(DAYS, NATIONS)
def test_overdue_begins_after_five_working_days(due: date, nation: str) -> None:
    first = rules.overdue_since(due, nation)
    assert working_days_between(due, first - timedelta(days=1), nation) == rules.OVERDUE_AFTER


@given(DAYS, st.integers(0, 40), st.integers(-60, 60), st.booleans(), NATIONS)
def test_a_call_back_stands_in_one_way_and_only_goes_on(
    due: date, later: int, ahead: int, ended: bool, nation: str
) -> None:
    today, next_on, overdue = due + timedelta(days=ahead), due + timedelta(days=later), rules.overdue_since(due, nation)
    order = [Standing.COMING, Standing.DUE, Standing.OVERDUE, Standing.DONE]
    states = [
        rules.standing(due=due, next_on=next_on, overdue_from=overdue, ended=done, today=day)
        for day, done in ((today, False), (today + timedelta(days=1), False), (today, True))
    ]
    assert states == sorted(states, key=order.index)
    assert states[2] is Standing.DONE
    assert (states[0] is Standing.OVERDUE) == (today >= overdue)


@given(DAYS, st.integers(1, 10), NATIONS)
def test_tries_come_to_an_end(today: date, tries: int, nation: str) -> None:
    following = rules.next_try(tries, today, nation)
    assert (following is None) == (tries > len(rules.TRIES))
    assert following is None or (following > today and is_working_day(following, nation))


@given(DAYS, st.integers(-40, 40), st.integers(-40, 40))
def test_an_employment_that_is_over_leaves_nothing_to_ask(due: date, until: int, today: int) -> None:
    last, on = due + timedelta(days=until), due + timedelta(days=today)
    ends = rules.ends_with(due=due, until=last, today=on)
    assert ends == (last <= on or last < due)


def told(person: UUID, hours: float, step: AlertStep = AlertStep.TOLD) -> Heard:
    return Heard(person, step, START + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("heard", "hours", "following"),
    [
        ([], 0.0, [Next(FIRST, AlertStep.TOLD)]),
        ([told(FIRST, 0)], 1.9, []),
        ([told(FIRST, 0)], 2.0, [Next(FIRST, AlertStep.REMINDED)]),
        ([told(FIRST, 0), told(FIRST, 2, AlertStep.REMINDED)], 3.9, []),
        ([told(FIRST, 0), told(FIRST, 2, AlertStep.REMINDED)], 4.0, [Next(SECOND, AlertStep.TOLD)]),
        ([told(FIRST, 0)], 9.0, [Next(SECOND, AlertStep.TOLD)]),
        ([told(FIRST, 0), told(SECOND, 4)], 6.0, [Next(SECOND, AlertStep.REMINDED)]),
        ([told(UUID(int=9), 0)], 0.1, [Next(FIRST, AlertStep.TOLD)]),
    ],
)
def test_worked_hours(heard: list[Heard], hours: float, following: list[Next]) -> None:
    assert rules.escalation(NAMED, heard, START + timedelta(hours=hours)) == following


@given(st.integers(1, 5), st.lists(st.integers(1, 60 * 30), min_size=1, max_size=60))
def test_everybody_hears_in_their_order_and_nobody_twice_an_hour(count: int, minutes: list[int]) -> None:
    named, now = [UUID(int=n + 1) for n in range(count)], START
    heard: list[Heard] = []
    for step in [0, *minutes]:
        now += timedelta(minutes=step)
        for each in rules.escalation(named, heard, now):
            before = [row.at for row in heard if row.person_id == each.person_id]
            assert all(now - moment >= rules.REMIND_AFTER for moment in before)
            heard.append(Heard(each.person_id, each.step, now))
    first = [row.person_id for row in heard if row.step is AlertStep.TOLD]
    assert first == named[: len(first)]


@given(st.integers(1, 5))
def test_within_hours_everybody_was_told_and_then_all_are_reminded_each_day(count: int) -> None:
    named, now = [UUID(int=n + 1) for n in range(count)], START
    heard: list[Heard] = []
    while now <= START + timedelta(hours=4 * count + 30):
        heard += [Heard(each.person_id, each.step, now) for each in rules.escalation(named, heard, now)]
        now += timedelta(minutes=10)
    by_when = {row.person_id: row.at for row in heard if row.step is AlertStep.TOLD}
    assert all(by_when[person] <= START + timedelta(hours=4 * place) for place, person in enumerate(named))
    assert all(any(now - row.at <= timedelta(hours=25) for row in heard if row.person_id == person) for person in named)


def test_nobody_named_hears_nothing() -> None:
    assert rules.escalation([], [], START) == []


def test_the_authored_questions_ask_what_they_should() -> None:
    assert set(editions()) == {(Whom.PA, "2026.1"), (Whom.EMPLOYER, "2026.1")}
    for whom in Whom:
        codes = {question.code for question in newest(whom).questions}
        assert {"contract", "safe", "child", "training", "wants"} <= codes
        assert sum(question.guarded for question in newest(whom).questions) >= 4
        assert all(not question.options[0].harm for question in newest(whom).questions)
