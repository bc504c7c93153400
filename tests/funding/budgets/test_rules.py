"""The arithmetic of budgets with plain values: every word of docs/budgets.md, and what holds for any pot."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.funding.budgets.charts import HEIGHT, WIDTH, At, burn_down, pipeline
from lms.funding.budgets.rules import (
    ENOUGH,
    History,
    Standing,
    UnderWay,
    even_pace,
    forecast,
    month_ends,
    pounds_axis,
)

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def test_the_worked_pot_of_the_manual():
    pot = Standing(
        allocated=1_000_000, drafts=45_000, waiting=120_000, approved=300_000, paid=180_000, recovered=30_000
    )
    assert (pot.owed, pot.spent) == (120_000, 150_000)
    assert (pot.committed, pot.left, pot.percent) == (390_000, 610_000, 39)


def test_the_worked_forecast_of_the_manual():
    pot = Standing(
        allocated=1_000_000, drafts=45_000, waiting=120_000, approved=300_000, paid=180_000, recovered=30_000
    )
    measured = History(began=40, finished=30, decisions=20, decided=200_000, granted=180_000)
    found = forecast(pot, measured, [UnderWay(training="PAI-1", people=12, each=7_500, history=measured)])
    assert (found.known, found.drafts, found.under_way) == (390_000, 40_500, 60_750)
    assert found.total == 491_250
    assert found.short(1_000_000) == 0
    assert found.short(400_000) == 91_250


def test_with_too_little_history_nothing_is_forecast_away():
    little = History(began=ENOUGH - 1, finished=0, decisions=ENOUGH - 1, decided=100, granted=0)
    assert (little.finish_percent, little.grant_percent, little.is_enough) == (100, 100, False)
    assert History(began=ENOUGH, finished=4, decisions=ENOUGH, decided=100, granted=50).finish_percent == 40


def test_a_pot_without_money_says_so():
    assert Standing().percent == 0
    assert Standing(waiting=1).percent == 100
    assert Standing(allocated=100, waiting=150).left == -50


pence = st.integers(0, 10**9)
standings = st.builds(
    lambda allocated, drafts, waiting, approved, paid, part: Standing(
        allocated=allocated,
        drafts=drafts,
        waiting=waiting,
        approved=approved,
        paid=paid,
        recovered=paid * part // 100,
    ),
    pence,
    pence,
    pence,
    pence,
    pence,
    st.integers(0, 100),
)
histories = st.builds(
    lambda began, share, decisions, decided, granted: History(
        began=began,
        finished=began * share // 100,
        decisions=decisions,
        decided=decided,
        granted=decided * granted // 100,
    ),
    st.integers(0, 500),
    st.integers(0, 100),
    st.integers(0, 500),
    pence,
    st.integers(0, 100),
)


@given(standings)
def test_every_penny_is_in_one_place(pot):
    assert pot.waiting + pot.owed + pot.spent + pot.left == pot.allocated
    assert pot.committed >= 0


@given(standings, standings)
def test_pots_add_up(one, two):
    both = one.and_(two)
    assert both.spent == one.spent + two.spent
    assert both.waiting == one.waiting + two.waiting
    assert both.allocated == one.allocated + two.allocated


@given(standings, histories, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 500_000), histories), max_size=4))
def test_a_forecast_is_never_below_what_is_known_and_never_above_everything(pot, history, coming):
    under_way = [UnderWay(training="T", people=n, each=each, history=h) for n, each, h in coming]
    found = forecast(pot, history, under_way)
    assert found.total >= pot.committed
    assert found.drafts <= pot.drafts
    assert found.under_way <= sum(each.people * each.each for each in under_way)


def test_months_end_on_their_last_day_also_in_leap_years():
    ends = month_ends(date(2024, 1, 15), date(2024, 4, 10))
    assert ends == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 10)]
    assert month_ends(FIRST, FIRST) == [FIRST]
    assert len(month_ends(FIRST, LAST)) == 12


def test_an_even_pace_uses_the_pot_up_on_the_last_day():
    assert even_pace(36_500, FIRST, LAST, date(2026, 3, 31)) == 36_500
    assert even_pace(36_500, FIRST, LAST, FIRST) == 36_400
    assert even_pace(36_500, FIRST, LAST, LAST) == 0


@given(st.integers(0, 10**10))
def test_the_axis_of_pounds_is_round_and_reaches_the_top(most):
    axis = pounds_axis(most)
    assert axis[0] == 0
    assert axis[-1] >= most
    assert len(axis) <= 6
    assert all(int(str(value).rstrip("0") or 0) in {0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 25, 75, 10, 20} for value in axis)


def points(line):
    return [tuple(float(part) for part in point.split(",")) for point in line.split()]


@given(
    st.integers(-(10**8), 10**8),
    st.lists(st.tuples(st.integers(-(10**8), 10**8), st.integers(-(10**8), 10**8)), max_size=12),
    st.integers(-(10**8), 10**8),
)
def test_whatever_happens_the_chart_stays_in_its_frame(allocated, known, ends_at):
    days = month_ends(FIRST, LAST)
    at = [At(on, left, unspent) for on, (left, unspent) in zip(days, known, strict=False)]
    chart = burn_down(allocated, FIRST, LAST, at, today=date(2026, 11, 21), ends_at=ends_at)
    for line in (chart.left, chart.spent, chart.onward, chart.pace):
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points(line))
    assert len(points(chart.left)) == len(at) + 1


def test_less_left_stands_lower_and_later_stands_further_right():
    at = [At(date(2026, 4, 30), 80_000, 90_000), At(date(2026, 5, 31), 50_000, 90_000)]
    chart = burn_down(100_000, FIRST, LAST, at, today=date(2026, 5, 31), ends_at=0)
    xs, ys = zip(*points(chart.left), strict=True)
    assert list(xs) == sorted(xs)
    assert list(ys) == sorted(ys)
    assert points(chart.onward)[0] == points(chart.left)[-1]
    assert points(chart.onward)[1][1] == chart.ground


@pytest.mark.parametrize("stages", [[], [("a", 0)], [("a", 100), ("b", 50), ("c", 0)]])
def test_bars_are_as_long_as_their_money(stages):
    drawn = pipeline(stages)
    assert [bar.width for bar in drawn.bars] == [620.0 * pence / 100 for _, pence in stages]
    assert all(bar.y + drawn.bar <= drawn.height for bar in drawn.bars)
