"""No cost is met twice: with plain values, and whatever is said in whatever order."""

from itertools import permutations
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms.funding.sources import rules
from lms.funding.sources.rules import Share, SourceStop, StopCode, Wrong
from lms.funding.sources.words import FROM_RECORDS, Source

OWN, DIRECT = Source.OWN_MONEY, Source.DIRECT_PAYMENT
LINE = uuid4()


def scheme(pence: int | None, code: str = "ULO-2026-27", line_id: UUID | None = None) -> Share:
    return Share(source=Source.SCHEME, pence=pence, scheme=code, line_id=line_id)


def ask(*shares: Share, wanted: int = 4000, cost: int | None = 6000, said: int | None = None) -> SourceStop | None:
    return rules.stop(shares, line_id=LINE, scheme="ULO-2026-27", wanted=wanted, cost=cost, said_cost=said)


def test_one_source_may_meet_the_whole_of_an_unknown_cost() -> None:
    assert rules.wrong_with([Share(source=OWN)], None) is None
    assert rules.left([Share(source=OWN)], None) == 0


def test_nothing_said_is_fine_and_leaves_everything() -> None:
    assert rules.wrong_with([], 6000) is None
    assert rules.left([], 6000) == 6000
    assert rules.left([], None) is None


def test_two_sources_have_to_add_up_to_at_most_the_cost() -> None:
    two = [Share(source=OWN, pence=2000), Share(source=DIRECT, pence=4000)]
    assert rules.wrong_with(two, 6000) is None
    assert rules.left(two, 6000) == 0
    assert rules.wrong_with(two, 5999) is Wrong.TOGETHER_MORE
    assert rules.wrong_with(two, None) is Wrong.COST_UNKNOWN


def test_a_whole_cost_stands_alone() -> None:
    assert rules.wrong_with([Share(source=OWN), Share(source=DIRECT, pence=1)], 6000) is Wrong.WHOLE_AND_MORE


def test_the_same_money_is_not_named_twice_but_two_schemes_are_two() -> None:
    assert rules.wrong_with([Share(source=OWN, pence=1), Share(source=OWN, pence=1)], 6000) is Wrong.SAME_TWICE
    assert rules.wrong_with([scheme(1), scheme(1)], 6000) is Wrong.SAME_TWICE
    assert rules.wrong_with([scheme(1), scheme(1, "OTHER")], 6000) is None


def test_amounts_are_more_than_nothing_and_less_than_a_slip() -> None:
    for pence in (0, -1):
        assert rules.wrong_with([Share(source=OWN, pence=pence)], 6000) is Wrong.NOT_POSITIVE
        assert rules.wrong_with([], pence) is Wrong.NOT_POSITIVE
    assert rules.wrong_with([Share(source=OWN, pence=rules.MOST_PENCE + 1)], None) is Wrong.TOO_MUCH


def test_a_scheme_is_not_asked_for_what_another_source_meets_wholly() -> None:
    assert ask(Share(source=DIRECT)) == SourceStop(StopCode.MET_BY_OTHER, {"source": "direct_payment"})
    assert ask(Share(source=DIRECT, pence=6000)) == SourceStop(StopCode.MET_BY_OTHER, {"source": "direct_payment"})


def test_a_scheme_is_asked_for_at_most_what_is_left() -> None:
    assert ask(Share(source=OWN, pence=2000)) is None
    assert ask(Share(source=OWN, pence=2001)) == SourceStop(
        StopCode.MET_TWICE, {"left_pence": 3999, "cost_pence": 6000}
    )


def test_of_two_known_costs_the_lower_one_counts() -> None:
    assert ask(Share(source=OWN, pence=2000), cost=6000, said=5000) == SourceStop(
        StopCode.MET_TWICE, {"left_pence": 3000, "cost_pence": 5000}
    )


def test_a_scheme_never_stands_in_its_own_way() -> None:
    assert ask(scheme(None)) is None
    assert ask(scheme(6000, line_id=LINE)) is None
    assert ask(scheme(None, "OTHER")) == SourceStop(StopCode.MET_BY_OTHER, {"source": "scheme"})


def test_while_no_cost_is_known_a_part_stops_nothing() -> None:
    assert ask(Share(source=OWN, pence=2000), cost=None) is None


SHARES = st.builds(
    Share,
    source=st.sampled_from([source for source in Source if source not in FROM_RECORDS]),
    pence=st.none() | st.integers(1, 20_000),
)
COSTS = st.none() | st.integers(1, 20_000)


@given(st.lists(SHARES, max_size=4), COSTS)
def test_what_may_stand_never_gives_more_than_the_cost(shares: list[Share], cost: int | None) -> None:
    if rules.wrong_with(shares, cost) is None and cost is not None:
        assert rules.given(shares, cost) <= cost
        assert rules.given(shares, cost) + (rules.left(shares, cost) or 0) == cost


@given(st.lists(SHARES, max_size=3), COSTS, st.integers(1, 20_000))
def test_a_scheme_that_is_not_stopped_fits_beside_the_others(
    shares: list[Share], cost: int | None, wanted: int
) -> None:
    if rules.wrong_with(shares, cost) or cost is None or wanted > cost:
        return
    if ask(*shares, wanted=wanted, cost=cost) is None:
        assert rules.wrong_with(rules.with_share(shares, scheme(wanted, line_id=LINE)), cost) is None


@given(st.lists(SHARES, max_size=3), COSTS)
def test_the_order_of_sources_changes_nothing(shares: list[Share], cost: int | None) -> None:
    answers = {rules.wrong_with(order, cost) is None for order in permutations(shares)}
    assert len(answers) == 1


@given(st.lists(SHARES, max_size=3))
def test_a_share_taken_in_and_out_leaves_what_was(shares: list[Share]) -> None:
    there = rules.with_share(shares, scheme(5, line_id=LINE))
    assert list(rules.without(there, line_id=LINE)) == shares
    assert rules.with_share(there, scheme(5, line_id=LINE)) == there
