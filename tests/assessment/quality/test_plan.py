"""The plan that fills itself, with plain values: the same each time, never less than before, and heavier work first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.assessment.quality.planning.rules import Chosen, Plan, Why, Work, plan, share_of
from lms.assessment.quality.rules import (
    DEFAULT,
    DEFAULT_SHARES,
    DEFAULT_WEIGHTS,
    Period,
    Policy,
    Share,
    Stage,
    Waits,
    Weighed,
    draw,
    is_fast,
    is_uniform,
    period_from,
    period_of,
    place_in_line,
    seed_of,
)

NOTHING = dict.fromkeys(Share, 0)


def asking(**shares: int) -> Policy:
    return Policy(shares=NOTHING | {Share(name): percent for name, percent in shares.items()})


def work(key: str, **more: object) -> Work:
    given_ = {"learner": f"l-{key}", "unit": "CC1", "assessor": "a", "kinds": frozenset({"direct_observation"})}
    return Work(key, **given_ | more)  # type: ignore[arg-type]


def after(done: Plan, before: tuple[Chosen, ...] = ()) -> tuple[Chosen, ...]:
    return (*before, *(Chosen(each.key, each.stage) for each in done.wanted))


names = st.text("abcde", min_size=1, max_size=2)
pieces = st.builds(
    Work,
    key=st.uuids().map(str),
    learner=names,
    unit=names,
    assessor=names,
    framework=st.sampled_from(["cc-2025", "pai-practice"]),
    kinds=st.frozensets(st.sampled_from(["seen", "said", "made", "tried"]), max_size=3),
    risks=st.frozensets(st.sampled_from(Weighed)),
    stage=st.sampled_from(Stage),
)
works = st.lists(pieces, max_size=25, unique_by=lambda w: w.key)
percents = st.integers(0, 100)
policies = st.builds(
    Policy,
    shares=st.fixed_dictionaries(dict.fromkeys(Share, percents)),
    weights=st.fixed_dictionaries({risk: st.integers(1, 20) for risk in Weighed}),
    waits=st.sampled_from(Waits),
    waits_in=st.frozensets(st.sampled_from(["cc-2025"])),
)
seeds = st.text("0123456789abcdef", min_size=4, max_size=8)


@settings(max_examples=60)
@given(policies, works, seeds, st.randoms(use_true_random=False))
def test_a_plan_is_the_same_each_time_whatever_the_order_of_the_work(policy, work_, seed, random) -> None:
    shuffled = random.sample(work_, len(work_))
    assert plan(policy, work_, (), seed) == plan(policy, shuffled, (), seed)


@settings(max_examples=60)
@given(policies, works, seeds, st.integers(0, 25))
def test_new_work_only_adds_to_a_plan(policy, work_, seed, cut) -> None:
    first = plan(policy, work_[:cut], (), seed)
    chosen = after(first)
    second = plan(policy, work_, chosen, seed)
    assert not {(w.key, w.stage) for w in second.wanted} & {(c.key, c.stage) for c in chosen}, "nothing twice"
    assert plan(policy, work_, after(second, chosen), seed).wanted == (), "a whole plan asks for nothing more"


@settings(max_examples=60)
@given(policies, works, seeds)
def test_every_share_is_met_when_all_that_is_asked_for_was_looked_at(policy, work_, seed) -> None:
    done = plan(policy, work_, (), seed)
    assert all(stand.chosen >= stand.wanted for stand in done.stands)
    looked = [Chosen(w.key, w.stage, looked=True) for w in done.wanted]
    assert plan(policy, work_, looked, seed).met


@settings(max_examples=60)
@given(policies, works, seeds)
def test_every_choice_says_why_and_is_of_work_that_is_there(policy, work_, seed) -> None:
    there = {w.key: w for w in work_}
    for each in plan(policy, work_, (), seed).wanted:
        assert each.why
        assert set(each.risks) == there[each.key].risks
        assert each.stage is there[each.key].stage


@given(st.integers(0, 100), st.integers(0, 1000))
def test_a_share_is_rounded_up(percent: int, total: int) -> None:
    count = share_of(percent, total)
    assert count * 100 >= percent * total > (count - 1) * 100 or (count == 0 and percent * total == 0)


def test_every_assessor_is_looked_at_once_however_small_the_other_shares_are() -> None:
    mine = [work(f"{who}-{n}", assessor=who) for who in "abc" for n in range(9)]
    done = plan(asking(assessors=100), mine, (), "seed")
    assert sorted(each.key[0] for each in done.wanted) == ["a", "b", "c"]
    assert all(each.why == (Why.ASSESSOR_ONCE,) for each in done.wanted)


@given(st.uuids(), seeds, st.integers(1, 200), st.integers(1, 200))
def test_of_the_same_draw_the_heavier_comes_first(key, seed, one, other) -> None:
    light, heavy = sorted((one, other))
    assert place_in_line(seed, str(key), heavy) >= place_in_line(seed, str(key), light)


@pytest.mark.parametrize("risk", Weighed)
def test_each_risk_really_weighs(risk: Weighed) -> None:
    """Over many quarters the riskier half of the work is chosen more often, about as often more as it weighs."""
    half = [work(f"plain-{n}") for n in range(20)] + [work(f"risky-{n}", risks=frozenset({risk})) for n in range(20)]
    found = [each.key for n in range(60) for each in plan(asking(interim=10), half, (), f"seed-{n}").wanted]
    risky = sum(key.startswith("risky") for key in found)
    assert len(found) == 60 * 4
    assert risky > 1.4 * (len(found) - risky)


def test_an_employer_as_assessor_always_weighs_more() -> None:
    unweighed = Policy(weights=dict(DEFAULT_WEIGHTS) | {Weighed.EMPLOYER_AS_ASSESSOR: 0})
    assert unweighed.wrong()
    assert DEFAULT.wrong() is None
    assert DEFAULT.weight({Weighed.EMPLOYER_AS_ASSESSOR}) > DEFAULT.weight(())


def test_a_policy_that_asks_for_nothing_is_wrong() -> None:
    assert Policy(shares=dict(DEFAULT_SHARES) | {Share.FINAL: 0, Share.INTERIM: 0}).wrong()


def test_where_every_certificate_waits_all_finished_work_is_chosen() -> None:
    finished = [work(str(n), stage=Stage.FINAL, framework="cc-2025") for n in range(7)]
    policy = replace(asking(), waits=Waits.EVERY)
    assert len(plan(policy, finished, (), "s").wanted) == 7
    assert len(plan(replace(policy, waits_in=frozenset({"pai-practice"})), finished, (), "s").wanted) == 0


def test_what_was_looked_at_on_the_way_can_be_looked_at_again_once_it_is_finished() -> None:
    one = [work("1", stage=Stage.FINAL)]
    done = plan(asking(final=100), one, [Chosen("1", Stage.INTERIM, looked=True)], "s")
    assert [each.stage for each in done.wanted] == [Stage.FINAL]


def test_standards_take_turns_over_the_quarters() -> None:
    """A quarter of sixteen standards in each quarter: after four of them every standard has had its turn."""
    pieces_ = [work(f"{n}-{m}", unit=f"CC{n}") for n in range(16) for m in range(3)]
    last: dict[str, str] = {}
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"):
        done = plan(asking(standards=25), pieces_, (), seed_of("here", Period(2026, int(quarter[-1]))), last)
        assert len(done.wanted) == 4
        last |= {f"CC{each.key.split('-')[0]}": quarter for each in done.wanted}
    assert len(last) == 16


def test_each_kind_of_evidence_has_its_turn() -> None:
    pieces_ = [work(str(n), kinds=frozenset({"direct_observation"})) for n in range(30)]
    pieces_.append(work("rare", kinds=frozenset({"simulation"})))
    done = plan(asking(kinds=50), pieces_, (), "s", {"direct_observation": "2026-Q3"})
    assert [(each.key, each.why) for each in done.wanted] == [("rare", (Why.KIND_TURN,))]


def test_nobody_can_choose_the_draw() -> None:
    here, there = seed_of("here", Period(2026, 4)), seed_of("there", Period(2026, 4))
    assert here == seed_of("here", Period(2026, 4))
    assert len({here, there, seed_of("here", Period(2027, 1))}) == 3
    assert 0 < draw(here, "x") <= 1


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_one_quarter(day: date) -> None:
    period = period_of(day)
    assert period.first <= day <= period.last
    assert period.before.next == period
    assert period_from(period.code) == period


@pytest.mark.parametrize("code", ["", "2026", "2026-Q5", "26-Q1", "2026-Q", "xxxx-Q1", "0000-Q1", "9999-Q4"])
def test_what_is_no_quarter_is_none(code: str) -> None:
    assert period_from(code) is None


NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_whole_standard_within_a_day_is_fast_and_half_of_one_is_not() -> None:
    later = NOON + timedelta(hours=23)
    assert is_fast(NOON, later, whole=True, hours=24)
    assert not is_fast(NOON, later, whole=False, hours=24)
    assert not is_fast(NOON, NOON + timedelta(hours=24), whole=True, hours=24)


def test_the_same_words_again_and_again_are_uniform() -> None:
    assert is_uniform(["Did it well.", "did  it WELL."] * 2, all_met=True, at_least=4)
    assert not is_uniform(["Did it well."] * 3, all_met=True, at_least=4)
    assert not is_uniform(["Did it well."] * 3 + ["Asked first."], all_met=True, at_least=4)
    assert not is_uniform(["Did it well."] * 4, all_met=False, at_least=4)
