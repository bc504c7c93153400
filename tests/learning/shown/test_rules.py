"""What a check that asks for each outcome draws: nobody is asked for what is shown, nor the same when there is more."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lms.learning.questions import Mark
from lms.learning.questions.choice import OneAnswer
from lms.learning.shown.rules import Standing, draw_each, right_in


def question(code: str, outcome: str) -> OneAnswer:
    option = {"text": {"en": "This"}, "feedback": {"en": "So."}}
    options = [{"code": "a", "right": True, **option}, {"code": "b", "right": False, **option}]
    return OneAnswer.model_validate(
        {"code": code, "outcome": outcome, "kind": "one_answer", "text": {"en": code}, "options": options}
    )


OUTCOMES = tuple(f"K{n}" for n in range(6))
banks = st.lists(st.sampled_from(OUTCOMES), max_size=20).map(
    lambda outcomes: [question(f"Q{n}", outcome) for n, outcome in enumerate(outcomes)]
)
some = st.lists(st.sampled_from(OUTCOMES), unique=True).map(tuple)


@given(banks, some, st.integers(1, 8), st.text(max_size=5), st.dictionaries(st.integers(0, 19), st.integers(0, 3)))
def test_one_question_for_each_outcome_in_order(
    bank: list[OneAnswer], outcomes: tuple[str, ...], count: int, seed: str, asked: dict[int, int]
) -> None:
    often = {f"Q{n}": times for n, times in asked.items()}
    drawn = draw_each(bank, outcomes, count, seed=seed, asked=often)
    by_code = {each.code: each.outcome for each in bank}
    met = [by_code[code] for code in drawn]
    could = [outcome for outcome in outcomes if outcome in by_code.values()]
    assert len(met) == min(count, len(could))
    assert met == [outcome for outcome in could if outcome in met]
    assert drawn == draw_each(bank, outcomes, count, seed=seed, asked=often)
    for code in drawn:
        same = [other for other, outcome in by_code.items() if outcome == by_code[code]]
        assert often.get(code, 0) == min(often.get(other, 0) for other in same)


@given(banks, st.integers(1, 3), st.lists(st.booleans(), max_size=300), st.text(max_size=3))
def test_whoever_goes_on_shows_all_and_is_never_asked_twice_for_what_is_shown(
    bank: list[OneAnswer], count: int, right: list[bool], seed: str
) -> None:
    asked_for = tuple(outcome for outcome in OUTCOMES if any(q.outcome == outcome for q in bank))
    outcome_of = {each.code: each.outcome for each in bank}
    standing, asked, answers = Standing(asked_for, frozenset()), Counter[str](), iter(right)
    for go in range(100):
        drawn = draw_each(bank, standing.left, count, seed=f"{seed}{go}", asked=asked)
        assert not {outcome_of[code] for code in drawn} & standing.shown
        asked.update(drawn)
        shown = {outcome_of[code] for code in drawn if next(answers, True)}
        before, standing = standing.shown, Standing(asked_for, standing.shown | shown)
        assert before <= standing.shown
        if standing.all_shown or not asked_for:
            break
    assert set(standing.left) == set()


@given(banks, st.sets(st.sampled_from(OUTCOMES)))
def test_a_standing_counts(bank: list[OneAnswer], shown: set[str]) -> None:
    asked = tuple(sorted({each.outcome for each in bank}))
    standing = Standing(asked, frozenset(shown))
    assert standing.done + len(standing.left) == len(asked)
    assert standing.all_shown == (bool(asked) and set(asked) <= shown)


@given(st.lists(st.sampled_from(list(Mark)), min_size=4, max_size=4))
def test_only_a_right_answer_shows(marks: list[Mark]) -> None:
    bank = [question(f"Q{n}", f"K{n % 2}") for n in range(4)]
    shown = right_in(bank, {each.code: mark for each, mark in zip(bank, marks, strict=True)})
    for outcome in ("K0", "K1"):
        codes = [
            each.code for each, mark in zip(bank, marks, strict=True) if each.outcome == outcome and mark is Mark.RIGHT
        ]
        assert (outcome in shown) == bool(codes)
        assert outcome not in shown or shown[outcome] == codes[0]


@given(st.text(max_size=5))
def test_another_question_is_asked_while_the_bank_has_one(seed: str) -> None:
    bank = [question(f"Q{n}", "K0") for n in range(3)]
    assert draw_each(bank, ["K0"], 1, seed=seed, asked={"Q0": 1, "Q2": 1}) == ("Q1",)
    assert draw_each(bank, ["K0"], 1, seed=seed, asked={"Q0": 1, "Q1": 2, "Q2": 2}) == ("Q0",)
