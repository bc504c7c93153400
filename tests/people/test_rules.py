"""How guessing is slowed: worked cases and what must always hold."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lms.people.rules import LONGEST_WAIT, ROLES_IN, OrganisationKind, Role, Try, wait_before_next_try

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def failed(*seconds_ago: float) -> list[Try]:
    return [Try(NOW - timedelta(seconds=s), succeeded=False) for s in seconds_ago]


def test_five_failures_are_free() -> None:
    assert wait_before_next_try(failed(4, 3, 2, 1), NOW) == timedelta()


def test_the_fifth_failure_costs_half_a_minute_and_each_further_one_twice_as_much() -> None:
    assert wait_before_next_try(failed(5, 4, 3, 2, 0), NOW) == timedelta(seconds=30)
    assert wait_before_next_try(failed(6, 5, 4, 3, 2, 0), NOW) == timedelta(seconds=60)
    assert wait_before_next_try(failed(7, 6, 5, 4, 3, 2, 0), NOW) == timedelta(seconds=120)


def test_a_success_wipes_the_slate() -> None:
    tries = [*failed(9, 8, 7, 6, 5), Try(NOW - timedelta(seconds=4), succeeded=True), *failed(3)]
    assert wait_before_next_try(tries, NOW) == timedelta()


def test_an_hour_wipes_it_too() -> None:
    assert wait_before_next_try(failed(*range(3600, 3620)), NOW) == timedelta()


@given(st.lists(st.tuples(st.floats(0, 7200), st.booleans()), max_size=60))
def test_nobody_ever_waits_longer_than_the_longest_wait(tries: list[tuple[float, bool]]) -> None:
    made = [Try(NOW - timedelta(seconds=s), succeeded=ok) for s, ok in tries]
    assert timedelta() <= wait_before_next_try(made, NOW) <= LONGEST_WAIT


@given(st.lists(st.floats(0, 3000), max_size=40), st.floats(0, 3000))
def test_one_more_failure_never_shortens_the_wait(earlier: list[float], latest: float) -> None:
    before = wait_before_next_try(failed(*earlier), NOW)
    after = wait_before_next_try(failed(*earlier, min([latest, *earlier])), NOW)
    assert after >= before


def test_every_role_can_be_held_somewhere() -> None:
    assert set().union(*ROLES_IN.values()) == set(Role)
    assert set(ROLES_IN) == set(OrganisationKind)
