"""Who is offered a place, in which order, and until when: plain values, and the line in general."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.funding.places import rules
from lms.funding.places.rules import Proof, Run, Waiter
from lms.funding.places.words import HOLDS, MOVES, Need, Order, PlaceState, Why

RUN = Run(
    opens_on=date(2026, 11, 1),
    closes_on=date(2026, 11, 30),
    starts_on=date(2026, 12, 10),
    quota=2,
    order=Order.FIRST_COME,
    accept_days=5,
)
BY_NEED = replace(RUN, order=Order.NEED)
IN_TIME = date(2026, 11, 20)
HERE = Proof("RIVERMERE", date(2026, 11, 20))


def why(
    *, is_pa: bool = True, proofs: tuple[Proof, ...] = (HERE,), needs_area: bool = True, has_place: bool = False
) -> Why | None:
    return rules.why_not_yet(
        is_pa=is_pa, proofs=proofs, areas=["RIVERMERE"], needs_area=needs_area, has_place=has_place, on=IN_TIME
    )


def test_the_first_and_the_last_day_to_ask_both_count() -> None:
    asked = {day: rules.may_ask(RUN, date(2026, 11, day)) for day in (1, 30)}
    assert asked == {1: True, 30: True}
    assert not rules.may_ask(RUN, date(2026, 10, 31))
    assert not rules.may_ask(RUN, date(2026, 12, 1))
    assert not rules.may_ask(replace(RUN, called_off=True), IN_TIME)


def test_proof_counts_on_its_last_day_and_only_for_the_area() -> None:
    assert why() is None
    assert why(proofs=(Proof("RIVERMERE", date(2026, 11, 19)),)) is Why.PROOF_NEEDED
    assert why(proofs=(Proof("XX", date(2027, 11, 19)),)) is Why.PROOF_NEEDED
    assert why(proofs=()) is Why.PROOF_NEEDED
    assert why(proofs=(), needs_area=False) is None


def test_a_place_once_and_only_for_a_pa_of_the_council() -> None:
    assert why(has_place=True) is Why.HAS_PLACE
    assert why(is_pa=False) is Why.NOT_A_PA


def test_where_need_decides_nobody_is_offered_a_place_before_asking_is_over() -> None:
    assert rules.free(BY_NEED, 0, date(2026, 11, 30)) == 0
    assert rules.free(BY_NEED, 0, date(2026, 12, 1)) == 2
    assert rules.free(RUN, 0, date(2026, 11, 30)) == 2


def test_places_are_offered_up_to_the_day_the_course_begins() -> None:
    assert rules.free(RUN, 1, RUN.starts_on) == 1
    assert rules.free(RUN, 1, RUN.starts_on + timedelta(days=1)) == 0


def test_without_a_quota_everybody_has_a_place() -> None:
    assert rules.free(replace(RUN, quota=None), 900, IN_TIME) is None


def test_an_offer_stands_some_days_and_ends_before_the_course() -> None:
    assert rules.answer_by(RUN, date(2026, 11, 20)) == date(2026, 11, 25)
    assert rules.answer_by(RUN, date(2026, 12, 8)) == date(2026, 12, 9)
    assert rules.answer_by(RUN, date(2026, 12, 10)) == date(2026, 12, 10)
    assert not rules.over(date(2026, 11, 25), date(2026, 11, 25))
    assert rules.over(date(2026, 11, 25), date(2026, 11, 26))


def waiter(arrived: int, need: Need = Need.USEFUL) -> Waiter:
    return Waiter(UUID(int=arrived), arrived, need)


def test_who_needs_it_before_work_begins_goes_first_where_need_decides() -> None:
    line = [waiter(1), waiter(2, Need.FOR_REGISTER), waiter(3, Need.BEFORE_WORK)]
    assert [each.arrived for each in rules.in_order(line, Order.NEED)] == [3, 2, 1]
    assert [each.arrived for each in rules.in_order(line, Order.FIRST_COME)] == [1, 2, 3]


WAITERS = st.lists(
    st.builds(Waiter, ask_id=st.builds(uuid4), arrived=st.integers(1, 10_000), need=st.sampled_from(Need)),
    max_size=30,
    unique_by=lambda each: each.arrived,
)


@given(WAITERS, st.integers(0, 40), st.sampled_from(Order), st.integers(1, 40))
def test_never_more_are_offered_a_place_than_there_are(line: list[Waiter], held: int, order: Order, quota: int) -> None:
    run = replace(RUN, order=order, quota=quota)
    on = date(2026, 12, 2)
    chosen = rules.next_ones(run, line, held, on)
    assert len(chosen) <= max(0, quota - held)
    assert len(chosen) == min(len(line), max(0, quota - held))


@given(WAITERS, st.sampled_from(Order))
def test_nobody_is_overtaken_by_somebody_who_came_later_with_the_same_need(line: list[Waiter], order: Order) -> None:
    sorted_line = rules.in_order(line, order)
    for before, after in pairwise(sorted_line):
        assert before.arrived < after.arrived or (order is Order.NEED and before.need is not after.need)


@given(st.lists(st.sampled_from(PlaceState), min_size=1, max_size=20))
def test_counting_places_along_any_allowed_path_comes_to_whether_one_is_held(wanted: list[PlaceState]) -> None:
    held, state = rules.change_of_held(None, PlaceState.ASKED), PlaceState.ASKED
    for went_to in wanted:
        if rules.moves(state, went_to):
            held += rules.change_of_held(state, went_to)
            state = went_to
    assert held == (1 if state in HOLDS else 0)


def test_every_state_can_be_left_or_is_an_end() -> None:
    assert set(MOVES) == set(PlaceState)
    assert {state for state, to in MOVES.items() if not to} == {PlaceState.CANCELLED}


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 100_000))
def test_council_and_pa_together_pay_at_most_the_cost(cost: int, price: int, most: int) -> None:
    gives = rules.council_pays(cost, price, most)
    assert 0 <= gives <= most
    if price <= cost:
        assert gives + price <= cost
        assert gives + price == cost or gives == most
