"""What comes next, how far somebody is, drawing and marking, with plain values."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.core.content import Problems
from lms.learning import rules
from lms.learning.catalogue import Module, Status
from lms.learning.content import load
from lms.learning.questions import Mark, OneAnswer, SeveralAnswers
from lms.learning.rules import NOTHING, ModuleState, OpenCheck, StepKind, Studied
from tests.learning.packs import Pack

ATTEMPT = UUID(int=1)
DAY = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Module:
    """The module of the small pack."""
    pack = Pack(Path(tmp_path_factory.mktemp("pack")))
    return load([pack.folder], Problems()).modules["SMALL-1"]


def done(*lessons: str, activity: bool = False, passed: bool = False, **more: object) -> Studied:
    return Studied(
        lessons=frozenset(lessons),
        activities=frozenset({"SMALL-1-A1"} if activity else ()),
        passed=frozenset({"SMALL-1"} if passed else ()),
        **more,  # type: ignore[arg-type]
    )


def kinds_and_codes(small: Module, studied: Studied) -> tuple[str, str] | None:
    step = rules.next_in(small, studied)
    return (step.kind, step.code) if step else None


def test_the_steps_come_in_order(small: Module) -> None:
    assert kinds_and_codes(small, NOTHING) == (StepKind.LESSON, "SMALL-1-L1")
    assert kinds_and_codes(small, done("SMALL-1-L1")) == (StepKind.LESSON, "SMALL-1-L2")
    assert kinds_and_codes(small, done("SMALL-1-L2")) == (StepKind.LESSON, "SMALL-1-L1")
    both = ("SMALL-1-L1", "SMALL-1-L2")
    assert kinds_and_codes(small, done(*both)) == (StepKind.ACTIVITY, "SMALL-1-A1")
    assert kinds_and_codes(small, done(*both, activity=True)) == (StepKind.CHECK, "SMALL-1")
    assert kinds_and_codes(small, done(*both, activity=True, passed=True)) is None
    assert rules.complete(small, done(*both, activity=True, passed=True))
    assert not rules.complete(small, done(*both, passed=True))


def test_a_check_with_answers_is_where_one_goes_on(small: Module) -> None:
    begun = OpenCheck(ATTEMPT, ("Q2", "Q1"), frozenset({"Q2"}))
    assert kinds_and_codes(small, done(open={"SMALL-1": begun})) == (StepKind.CHECK, "SMALL-1")
    assert begun.at == 2
    untouched = OpenCheck(ATTEMPT, ("Q2", "Q1"))
    assert kinds_and_codes(small, done(open={"SMALL-1": untouched})) == (StepKind.LESSON, "SMALL-1-L1")
    assert OpenCheck(ATTEMPT, ("Q2",), frozenset({"Q2"})).at is None


def test_minutes_left_are_of_what_is_left(small: Module) -> None:
    assert rules.progress(small, NOTHING) == rules.Progress(0, 4, 20)
    assert rules.progress(small, done("SMALL-1-L1")) == rules.Progress(1, 4, 15)
    half = OpenCheck(ATTEMPT, ("Q2", "Q1"), frozenset({"Q2"}))
    assert rules.progress(small, done("SMALL-1-L1", open={"SMALL-1": half})).minutes_left == 6 + 4 + 3


def test_a_finished_module_stays_finished_when_it_grows(small: Module) -> None:
    finished = Studied(lessons=frozenset({"SMALL-1-L1"}), finished={"SMALL-1": DAY})
    assert rules.next_in(small, finished) is None
    assert rules.progress(small, finished) == rules.Progress(4, 4, 0)
    assert rules.state(small, finished) is ModuleState.FINISHED


def test_states_of_a_module(small: Module) -> None:
    coming = small.model_copy(update={"status": Status.COMING})
    assert rules.state(coming, NOTHING) is ModuleState.COMING
    assert rules.next_in(coming, NOTHING) is None
    assert not rules.complete(coming, done("SMALL-1-L1", "SMALL-1-L2", activity=True, passed=True))
    assert rules.state(small, NOTHING) is ModuleState.NOT_STARTED
    assert rules.state(small, done("SMALL-1-L1")) is ModuleState.IN_PROGRESS
    assert rules.state(small, Studied(tried=frozenset({"SMALL-1"}))) is ModuleState.IN_PROGRESS


def test_a_module_that_was_begun_comes_before_one_that_was_not(small: Module) -> None:
    other = small.model_copy(update={"code": "OTHER", "lessons": (), "activity": None})
    begun = OpenCheck(ATTEMPT, ("Q1", "Q2"), frozenset({"Q1"}))
    step = rules.next_step([small, other], Studied(open={"OTHER": begun}))
    assert step is not None
    assert step.module.code == "OTHER"
    assert rules.next_step([], NOTHING) is None


def test_what_came_back_comes_before_a_module_that_was_begun(small: Module) -> None:
    other = small.model_copy(update={"code": "OTHER", "lessons": (), "activity": None})
    studied = done("SMALL-1-L1", sent_back={"OTHER": UUID(int=2)})
    step = rules.next_step([small, other], studied)
    assert step is not None
    assert (step.module.code, step.sent_back) == ("OTHER", True)


def bank(sizes: list[int]) -> list[OneAnswer]:
    """A bank with so many questions for each outcome."""
    options = [
        {"code": code, "right": code == "a", "text": {"en": code}, "feedback": {"en": code}} for code in ("a", "b")
    ]
    return [
        OneAnswer.model_validate(
            {"code": f"Q{o}-{n}", "outcome": f"O{o}", "kind": "one_answer", "text": {"en": "?"}, "options": options}
        )
        for o, size in enumerate(sizes)
        for n in range(size)
    ]


sizes = st.lists(st.integers(0, 6), min_size=1, max_size=6)


@given(sizes=sizes, count=st.integers(1, 20), seed=st.text(max_size=5))
def test_drawing(sizes: list[int], count: int, seed: str) -> None:
    questions = bank(sizes)
    outcomes = [f"O{n}" for n in range(len(sizes))]
    drawn = rules.draw(questions, outcomes, count, seed=seed)
    assert drawn == rules.draw(questions, outcomes, count, seed=seed)
    assert len(drawn) == len(set(drawn)) == min(count, len(questions))
    covered = {code.split("-")[0] for code in drawn}
    assert len(covered) == min(count, sum(size > 0 for size in sizes))


@given(sizes=sizes, seed=st.text(max_size=5), again=st.text(max_size=5))
def test_a_second_draw_prefers_questions_not_seen(sizes: list[int], seed: str, again: str) -> None:
    questions, outcomes = bank(sizes), [f"O{n}" for n in range(len(sizes))]
    count = sum(size > 1 for size in sizes)
    wide = [o for o, size in zip(outcomes, sizes, strict=True) if size > 1]
    first = rules.draw(questions, wide, count, seed=seed)
    second = rules.draw(questions, wide, count, seed=again, seen=first)
    assert not set(first) & set(second)


def test_only_outcomes_asked_for_are_drawn() -> None:
    assert {code.split("-")[0] for code in rules.draw(bank([3, 3, 3]), ["O1"], 9, seed="x")} == {"Q1"}


def several(rights: str, all_: str = "abcd") -> SeveralAnswers:
    options = [{"code": c, "right": c in rights, "text": {"en": c}, "feedback": {"en": c}} for c in all_]
    return SeveralAnswers.model_validate(
        {"code": "Q", "outcome": "O", "kind": "several_answers", "text": {"en": "?"}, "options": options}
    )


@given(rights=st.sets(st.sampled_from("abcd"), min_size=1), chosen=st.sets(st.sampled_from("abcd")))
def test_several_answers_are_right_only_when_exactly_the_right_set(rights: set[str], chosen: set[str]) -> None:
    marked = several("".join(rights)).mark(chosen)
    assert (marked is Mark.RIGHT) == (chosen == rights)
    assert (marked is Mark.PARTLY) == (chosen != rights and bool(chosen & rights))


def test_one_answer_is_never_partly_right() -> None:
    (question,) = bank([1])
    assert question.mark(["a"]) is Mark.RIGHT
    assert question.mark(["b"]) is Mark.WRONG
    assert question.mark([]) is Mark.WRONG


@example(right=2, wrong=1, need=67)
@given(right=st.integers(0, 12), wrong=st.integers(0, 12), need=st.integers(1, 100))
def test_passing_agrees_with_the_percent_shown(right: int, wrong: int, need: int) -> None:
    questions = bank([right + wrong])
    chosen = {question.code: ["a"] if n < right else ["b"] for n, question in enumerate(questions)}
    marked = rules.mark_all(questions, chosen, need)
    total = right + wrong
    assert marked.passed == (total > 0 and right * 100 >= need * total)
    assert marked.passed == (total > 0 and marked.percent >= need)
    assert sum(mark is Mark.RIGHT for mark in marked.marks.values()) == right


def test_what_cannot_be_an_answer() -> None:
    (one,) = bank([1])
    assert one.trouble(["a"]) is None
    assert one.trouble([]) is None
    assert one.trouble(["z"]) is not None
    assert one.trouble(["a", "b"]) is not None
    assert several("ab").trouble(["a", "b"]) is None
