"""Marking of each kind of question, at its edges, with plain values."""

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.core.content import Problems
from lms.learning import rules
from lms.learning.content import load
from lms.learning.questions import (
    KINDS,
    Mark,
    Match,
    PictureChoice,
    PutInOrder,
    Question,
    SeveralAnswers,
    TypedAnswer,
    Written,
)
from lms.learning.questions.samples import sample_answer
from lms.learning.questions.typed import compared

EVERY_KIND = Path(__file__).parent / "every_kind" / "modules"


def read_bank() -> dict[str, Question]:
    problems = Problems()
    courses = load([EVERY_KIND], problems)
    assert not problems.found, problems.found
    return {question.kind: question for question in courses.modules["NEW-1"].questions}


BANK = read_bank()
kinds = st.sampled_from(sorted(KINDS))


def match() -> Match:
    question = BANK["match"]
    assert isinstance(question, Match)
    return question


def order() -> PutInOrder:
    question = BANK["put_in_order"]
    assert isinstance(question, PutInOrder)
    return question


def typed() -> TypedAnswer:
    question = BANK["typed_answer"]
    assert isinstance(question, TypedAnswer)
    return question


def test_there_is_one_of_every_kind() -> None:
    assert set(BANK) == set(KINDS)


@given(kind=kinds, right=st.booleans())
def test_sample_answers_can_be_kept_and_are_what_they_say(kind: str, right: bool) -> None:
    question = BANK[kind]
    answer = sample_answer(question, right=right)
    assert question.trouble(answer) is None
    assert question.canonical(answer) == answer
    assert question.whole(answer)
    if not question.by_hand:
        assert (question.mark(answer) is Mark.RIGHT) == right


@given(kind=kinds, given_=st.lists(st.text(max_size=6), max_size=4))
@example(kind="match", given_=["a=a=a"])
@example(kind="match", given_=["a="])
@example(kind="put_in_order", given_=["a", "b", "c", "c"])
@example(kind="typed_answer", given_=["\u202e", " "])
def test_whatever_is_sent_is_refused_or_kept_and_marked(kind: str, given_: list[str]) -> None:
    question = BANK[kind]
    if question.trouble(given_) is None:
        kept = question.canonical(given_)
        assert question.trouble(kept) is None
        assert question.canonical(kept) == kept
        assert question.mark(kept) in Mark


@given(kind=kinds, right=st.booleans(), seed=st.text(min_size=1, max_size=40))
def test_what_a_page_shows_comes_back_as_the_same_answer(kind: str, right: bool, seed: str) -> None:
    question = BANK[kind]
    answer = sample_answer(question, right=right)
    names = question.tokens(answer, seed)
    assert question.canonical(question.from_tokens(names, seed)) == answer
    assert question.from_tokens(names, seed + "x") != answer or kind not in {"match", "put_in_order"}


@pytest.mark.parametrize(
    ("given_", "mark"),
    [
        (["a=a", "b=b", "c=c"], Mark.RIGHT),
        (["c=c", "b=b", "a=a"], Mark.RIGHT),
        (["a=a", "b=c", "c=b"], Mark.PARTLY),
        (["a=a"], Mark.PARTLY),
        (["a=a", "b=a", "c=a"], Mark.PARTLY),
        (["a=b", "b=c", "c=a"], Mark.WRONG),
        (["a=x", "b=x", "c=x"], Mark.WRONG),
        ([], Mark.WRONG),
    ],
)
def test_matching(given_: list[str], mark: Mark) -> None:
    assert match().trouble(given_) is None
    assert match().mark(given_) is mark


@pytest.mark.parametrize("given_", [["x=a"], ["a=q"], ["a"], ["a=a", "a=b"], ["=a"], ["a=a=a"], ["?=?"]])
def test_what_cannot_be_a_match(given_: list[str]) -> None:
    assert match().trouble(given_) is not None


def test_a_match_with_open_lines_is_kept_but_not_whole() -> None:
    assert match().trouble(["a=a"]) is None
    assert not match().whole(["a=a", "b=c"])
    assert match().whole(["a=a", "b=c", "c=x"])


@pytest.mark.parametrize("given_", list(permutations("abcd")))
def test_an_order_is_right_only_as_authored_and_partly_when_one_step_has_to_move(given_: tuple[str, ...]) -> None:
    """Partly means just this: there is one step that, moved, makes it right."""
    one_move = any(
        [*rest[:to], step, *rest[to:]] == list("abcd")
        for step in given_
        for rest in [[each for each in given_ if each != step]]
        for to in range(4)
    )
    right = given_ == tuple("abcd")
    assert order().mark(given_) is (Mark.RIGHT if right else Mark.PARTLY if one_move else Mark.WRONG)


@pytest.mark.parametrize("given_", [["a"], ["a", "b", "c", "c"], ["a", "b", "c", "d", "d"], ["a", "b", "c", "?"]])
def test_what_cannot_be_an_order(given_: list[str]) -> None:
    assert order().trouble(given_) is not None


@given(seed=st.text(min_size=1, max_size=40))
def test_pages_never_show_the_right_order_nor_a_code(seed: str) -> None:
    shown = order().shown(seed)
    assert order().from_tokens([name for name, _words in shown], seed) != order().order
    assert sorted(words.en for _name, words in shown) == sorted(step.text.en for step in order().steps)
    names = [name for name, _words in (*shown, *match().shown(seed).lefts, *match().shown(seed).rights)]
    assert len(set(names)) == len(names)
    assert all(len(name) == 12 for name in names)
    assert match().shown(seed) == match().shown(seed)


@pytest.mark.parametrize("said", ["999", " 999 ", "999.", "112", "999,"])
def test_typed_answers_that_are_right(said: str) -> None:
    assert typed().mark([said]) is Mark.RIGHT


@pytest.mark.parametrize("said", ["99 9", "9999", "111", "999!", "nine nine nine"])
def test_typed_answers_that_are_not(said: str) -> None:
    assert typed().mark([said]) is Mark.WRONG


def test_near_answers_have_feedback_of_their_own() -> None:
    assert typed().feedback_to(["111."]) == typed().near[0].feedback
    assert typed().feedback_to(["5"]) == typed().feedback.wrong
    assert typed().feedback_to(["112"]) == typed().feedback.right


@given(text=st.text(max_size=30))
def test_comparing_does_not_see_case_spaces_and_stops(text: str) -> None:
    assert compared(f"  {text}. ,") == compared(text)
    assert compared(compared(text)) == compared(text)


def test_apostrophes_of_phones_are_those_of_keyboards() -> None:
    assert compared("the person’s own") == compared("The  person's own.")


def test_written_answers_wait_and_stand_outside_the_percent() -> None:
    written, one = BANK["written"], BANK["one_answer"]
    assert isinstance(written, Written)
    assert written.mark(["My own words."]) is Mark.WAITING
    assert written.canonical(["  \r\n "]) == ()
    assert written.trouble(["x" * 5001]) is not None
    marked = rules.mark_all([one, written], {one.code: ["a"], written.code: ["words"]}, 100)
    assert (marked.percent, marked.passed, marked.marks[written.code]) == (100, True, Mark.WAITING)
    assert rules.mark_all([one, written], {one.code: ["b"], written.code: ["words"]}, 1).percent == 0


def test_pictures_are_chosen_like_options() -> None:
    question = BANK["picture_choice"]
    assert isinstance(question, PictureChoice)
    assert (question.mark(["a"]), question.mark(["b"])) == (Mark.RIGHT, Mark.WRONG)
    assert question.trouble(["a", "b"]) is not None
    assert isinstance(BANK["several_answers"], SeveralAnswers)


@given(count=st.integers(1, 12), seed=st.text(max_size=5), writtens=st.integers(0, 3), others=st.integers(0, 12))
def test_at_most_one_written_question_is_drawn_and_it_comes_last(
    count: int, seed: str, writtens: int, others: int
) -> None:
    bank = [
        BANK[kind].model_copy(update={"code": f"{kind}-{n}"})
        for kind, many in (("written", writtens), ("one_answer", others))
        for n in range(many)
    ]
    drawn = rules.draw(bank, ["NEW-1.1"], count, seed=seed)
    assert sum(code.startswith("written") for code in drawn[:-1]) == 0
    assert len(drawn) == min(count, others + min(writtens, 1))
    room = count > 1 or (others == 0 and count == 1)
    assert drawn[-1:] == () or drawn[-1].startswith("written") == bool(writtens and room)


@given(kind=kinds, order_=st.permutations("abcd"), data=st.data())
def test_a_corrected_key_makes_just_its_own_answer_right(kind: str, order_: list[str], data: st.DataObject) -> None:
    question = BANK[kind]
    if question.by_hand:
        assert question.key_trouble(("a",)) is not None
        return
    keys = {
        "match": tuple(
            f"{left}={right}" for left, right in zip("abc", data.draw(st.permutations("abcx")), strict=False)
        ),
        "put_in_order": tuple(order_),
        "several_answers": ("b", "c"),
        "typed_answer": ("111", "one one one"),
    }
    key = keys.get(kind, ("b",))
    assert question.key_trouble(key) is None
    corrected = question.with_key(key)
    assert corrected.mark(corrected.model_answer()) is Mark.RIGHT
    assert set(corrected.key()) == set(key)
    if question.canonical(question.model_answer()) != corrected.canonical(corrected.model_answer()):
        assert corrected.mark(question.model_answer()) is not Mark.RIGHT
    assert question.mark(question.model_answer()) is Mark.RIGHT


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("one_answer", []),
        ("one_answer", ["a", "b"]),
        ("one_answer", ["z"]),
        ("put_in_order", ["a", "b", "c"]),
        ("put_in_order", []),
        ("match", ["a=a", "b=b"]),
        ("match", ["a=a", "b=a", "c=c"]),
        ("typed_answer", []),
        ("typed_answer", ["..."]),
        ("typed_answer", [str(n) for n in range(41)]),
    ],
)
def test_what_cannot_be_a_key(kind: str, key: list[str]) -> None:
    assert BANK[kind].key_trouble(key) is not None
