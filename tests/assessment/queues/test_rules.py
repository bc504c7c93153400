"""Rules of queues, with plain values."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.queues.rules import (
    Held,
    Stage,
    Waiting,
    Waits,
    days_waited,
    in_order,
    stage,
    taken_by_other,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
MOMENTS = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001  strategies take naive ones
    datetime(2026, 12, 1),  # noqa: DTZ001
).map(lambda each: each.replace(tzinfo=UTC))
DAYS = st.none() | st.dates(date(2026, 10, 1), date(2027, 1, 1))


def waiting(key: str, days: int, due: int | None = None) -> Waiting:
    return Waiting(
        kind=Waits.OTHER,
        key=key,
        since=NOON - timedelta(days=days),
        due_on=None if due is None else TODAY + timedelta(days=due),
        title="",
        step="",
        endpoint="",
    )


def test_what_is_due_comes_first_then_the_oldest() -> None:
    found = [waiting("new", 1), waiting("old", 9), waiting("due", 2, 0), waiting("late", 1, -3), waiting("far", 5, 9)]
    assert [one.key for one in in_order(found, TODAY)] == ["late", "due", "far", "old", "new"]


@given(st.lists(st.tuples(MOMENTS, DAYS), max_size=12))
def test_no_thing_is_lost_and_the_order_does_not_hang_on_chance(given_: list[tuple[datetime, date | None]]) -> None:
    found = [
        Waiting(kind=Waits.OTHER, key=str(n), since=since, due_on=due, title="", step="", endpoint="")
        for n, (since, due) in enumerate(given_)
    ]
    assert in_order(found, TODAY) == in_order(reversed(found), TODAY)
    assert sorted(one.key for one in in_order(found, TODAY)) == sorted(one.key for one in found)


@given(MOMENTS, DAYS, st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_a_coordinator_is_never_told_before_the_person(since: datetime, due: date | None, on: date) -> None:
    reached = [stage(since, due, on + timedelta(days=more)) for more in range(60)]
    order = [None, Stage.PERSON, Stage.COORDINATOR]
    assert [order.index(each) for each in reached] == sorted(order.index(each) for each in reached)
    if reached[0] is None and reached[-1] is Stage.COORDINATOR:
        assert Stage.PERSON in reached


@pytest.mark.parametrize(
    ("days", "due", "told"),
    [
        (6, None, None),
        (7, None, Stage.PERSON),
        (20, None, Stage.PERSON),
        (21, None, Stage.COORDINATOR),
        (30, 1, None),
        (1, 0, Stage.PERSON),
        (30, -13, Stage.PERSON),
        (30, -14, Stage.COORDINATOR),
    ],
)
def test_when_people_are_told(days: int, due: int | None, told: Stage | None) -> None:
    one = waiting("x", days, due)
    assert stage(one.since, one.due_on, TODAY) is told


def test_what_somebody_has_open_is_free_for_them_and_when_it_ran_out() -> None:
    mine, other = uuid4(), UUID(int=0)
    held = Held(mine, NOON, NOON + timedelta(minutes=30))
    assert not taken_by_other(None, person=other, now=NOON)
    assert not taken_by_other(held, person=mine, now=NOON)
    assert taken_by_other(held, person=other, now=NOON)
    assert not taken_by_other(held, person=other, now=NOON + timedelta(minutes=30))


def test_days_are_days_of_the_calendar_here() -> None:
    assert days_waited(datetime(2026, 11, 3, 23, 59, tzinfo=UTC), date(2026, 11, 22)) == 19
    assert days_waited(NOON, TODAY) == 0
    assert days_waited(NOON + timedelta(days=1), TODAY) == 0
