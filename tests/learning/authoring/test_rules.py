"""What answers say about a question, with plain values; the worked cases of separation are worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.learning.authoring import rules
from lms.learning.authoring.rules import Change, Given, Rating
from lms.learning.questions import Mark
from tests.learning.test_kinds import BANK

R, W = True, False


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        # All who know the rest are right: the most there is.
        ([(R, 1.0), (R, 1.0), (W, 0.0), (W, 0.0)], 1.0),
        # Just the other way round: the key is worth a look.
        ([(W, 1.0), (W, 1.0), (R, 0.0), (R, 0.0)], -1.0),
        # The rest is alike in both groups: nothing is said.
        ([(R, 0.4), (R, 0.6), (W, 0.4), (W, 0.6)], 0.0),
        # Means 0.8 and 0.5, spread √0.0475 ≈ 0.218, p = q = ½: 0.3 / 0.218 · 0.5 ≈ 0.688.
        ([(R, 0.7), (R, 0.9), (W, 0.3), (W, 0.7)], 0.6882),
        ([(R, 0.5), (R, 0.6)], None),
        ([(W, 0.5)], None),
        ([(R, 0.5), (W, 0.5)], None),
        ([], None),
    ],
)
def test_separation(answers: list[tuple[bool, float]], wanted: float | None) -> None:
    found = rules.separation(answers)
    assert found == (None if wanted is None else pytest.approx(wanted, abs=0.001))


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), max_size=40))
def test_separation_stays_between_minus_one_and_one_and_turns_with_the_key(answers: list[tuple[bool, float]]) -> None:
    found = rules.separation(answers)
    assert found is None or -1 <= found <= 1
    turned = rules.separation((not right, rest) for right, rest in answers)
    assert (turned is None) == (found is None)
    if found is not None and turned is not None:
        assert turned == pytest.approx(-found, abs=1e-6)


def many(*answers: tuple[tuple[str, ...], int], kind: str = "one_answer") -> list[Given]:
    question = BANK[kind]
    return [Given(answer, question.mark(answer), n / 10) for answer, count in answers for n in range(count)]


def test_few_answers_are_not_judged() -> None:
    item = rules.item_of(BANK["one_answer"], many((("a",), 5), (("b",), 4)))
    assert (item.asked, item.right_first, item.separation, item.attracts) == (9, None, None, None)
    assert [line.count for line in item.lines] == [5, 4]


def test_what_was_chosen_and_what_attracts() -> None:
    item = rules.item_of(BANK["one_answer"], many((("a",), 8), (("b",), 24)))
    assert item.right_first == 25
    assert [(line.label, line.right, line.percent) for line in item.lines] == [("a", True, 25), ("b", False, 75)]
    assert item.attracts is not None
    assert item.attracts.label == "b"
    assert item.separation is not None


def test_a_text_that_one_person_typed_is_not_listed() -> None:
    answers = many((("999",), 6), (("111",), 5), (("my neighbour Jean",), 1), kind="typed_answer")
    labels = {line.label for line in rules.item_of(BANK["typed_answer"], answers).lines}
    assert labels == {"999", "111"}


def test_written_answers_have_no_share() -> None:
    item = rules.item_of(BANK["written"], [Given(("words",), Mark.WAITING, 0.5)] * 40)
    assert (item.asked, item.right_first, item.separation, item.lines) == (40, None, None, ())


def test_pairs_and_orders_are_listed() -> None:
    match = rules.item_of(BANK["match"], many((("a=a", "b=c", "c=b"), 12), kind="match"))
    assert {(line.label, line.right) for line in match.lines if line.count} == {
        ("a=a", True),
        ("b=c", False),
        ("c=b", False),
    }
    order = rules.item_of(BANK["put_in_order"], many((tuple("abcd"), 3), (tuple("bacd"), 9), kind="put_in_order"))
    assert [(line.label, line.right, line.count) for line in order.lines] == [
        ("b a c d", False, 9),
        ("a b c d", True, 3),
    ]


def test_of_each_learner_the_last_rating_counts() -> None:
    given_ = [("pat", Rating.POOR), ("sam", Rating.SOME), ("pat", Rating.GOOD)]
    assert rules.summary(given_) == {Rating.GOOD: 1, Rating.SOME: 1, Rating.POOR: 0}


def test_a_preview_counts_and_nobody_loses_a_pass() -> None:
    changes = [
        Change(Mark.WRONG, Mark.RIGHT, 70, 80, passes=True, passed_before=False),
        Change(Mark.RIGHT, Mark.WRONG, 80, 70, passes=True, passed_before=True),
        Change(Mark.WRONG, Mark.WRONG, 50, 50, passes=False, passed_before=False),
    ]
    assert rules.preview(changes) == rules.Preview(asked=3, better=1, worse=1, become_passed=1)
