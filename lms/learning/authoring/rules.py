"""What answers say about a question: how hard it is, how well it separates, what attracts. Plain Python."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from lms.learning.questions import Answer, Mark, Match, PutInOrder, Question, TypedAnswer
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.questions.typed import compared

FEWEST = 10
"""Answers below which no share is worth a thought."""

FEWEST_TO_SEPARATE = 30
"""Answers below which separation is chance."""

SHOWN_ANSWERS = 5
"""Different answers listed where everybody can give their own."""


class Rating(StrEnum):
    """How a learner found a lesson."""

    GOOD = "good"
    SOME = "some"
    POOR = "poor"


@dataclass(frozen=True)
class Given:
    """One learner's first answer to a question: it, its mark, and the share of the other questions that were right."""

    answer: Answer
    mark: Mark
    rest: float


@dataclass(frozen=True)
class Line:
    """One thing that can be answered, how many did, and whether it is right. `label` is a code, a pair or a text."""

    label: str
    right: bool
    count: int
    percent: int


@dataclass(frozen=True)
class Item:
    """A question as its answers show it. None where there are too few answers to judge."""

    asked: int
    right_first: int | None
    separation: float | None
    lines: tuple[Line, ...]
    attracts: Line | None


def separation(answers: Iterable[tuple[bool, float]]) -> float | None:
    """How well a question separates those who know from those who do not: its point-biserial correlation.

    Each answer is whether it was right, and the share of the other questions this learner had right. The result is
    between −1 and 1: from about 0.3 the question does its work; near 0 it says nothing about the rest; below 0 those
    who know the rest are more often wrong, and the key is worth a look. None when all or none were right, or when the
    rest does not differ. Formula: (mean of the rest when right − when wrong) / standard deviation · √(p·q).
    """
    pairs = list(answers)
    rights = [rest for right, rest in pairs if right]
    wrongs = [rest for right, rest in pairs if not right]
    if not rights or not wrongs:
        return None
    mean = sum(rest for _right, rest in pairs) / len(pairs)
    spread = sqrt(sum((rest - mean) ** 2 for _right, rest in pairs) / len(pairs))
    if spread < 1e-9:
        return None
    share = len(rights) / len(pairs)
    between = sum(rights) / len(rights) - sum(wrongs) / len(wrongs)
    return max(-1.0, min(1.0, between / spread * sqrt(share * (1 - share))))


def item_of(question: Question, given: Sequence[Given]) -> Item:
    """A question as first answers show it."""
    asked = len(given)
    lines = _lines(question, [each.answer for each in given])
    wrong = [line for line in lines if not line.right and line.count]
    enough, rights = asked >= FEWEST, sum(each.mark is Mark.RIGHT for each in given)
    return Item(
        asked=asked,
        right_first=_percent(rights, asked) if enough and not question.by_hand else None,
        separation=_separation(question, given),
        lines=lines,
        attracts=max(wrong, key=lambda line: line.count) if wrong and enough else None,
    )


def _separation(question: Question, given: Sequence[Given]) -> float | None:
    if question.by_hand or len(given) < FEWEST_TO_SEPARATE:
        return None
    return separation((each.mark is Mark.RIGHT, each.rest) for each in given)


def _percent(part: int, whole: int) -> int:
    """Whole percent, rounded half up."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def _lines(question: Question, answers: Sequence[Answer]) -> tuple[Line, ...]:
    """What was answered: every option and pair; of texts and orders those that several people gave."""
    if isinstance(question, ChoiceQuestion):
        counts = Counter(code for answer in answers for code in set(answer))
        return _counted([option.code for option in question.options], question.right, counts, len(answers))
    if isinstance(question, Match):
        pairs = Counter(entry for answer in answers for entry in answer)
        possible = [f"{left}={right}" for left in question.lefts for right in question.rights]
        shown = [pair for pair in possible if pairs[pair] or pair in question.model_answer()]
        return _counted(shown, frozenset(question.model_answer()), pairs, len(answers))
    if isinstance(question, PutInOrder):
        orders = Counter(" ".join(answer) for answer in answers)
        return _common(orders, frozenset({" ".join(question.order)}), len(answers))
    if isinstance(question, TypedAnswer):
        texts = Counter(compared(answer[0]) for answer in answers if answer)
        return _common(texts, question.accepted, len(answers))
    return ()


def _counted(labels: Iterable[str], right: frozenset[str], counts: Counter[str], whole: int) -> tuple[Line, ...]:
    return tuple(Line(label, label in right, counts[label], _percent(counts[label], whole)) for label in labels)


def _common(counts: Counter[str], right: frozenset[str], whole: int) -> tuple[Line, ...]:
    """The most common answers. One that a single person gave stays theirs: it may say who they are."""
    often = [label for label, count in counts.most_common(SHOWN_ANSWERS) if count > 1 or label in right]
    return _counted(often, right, counts, whole)


def summary(ratings: Iterable[tuple[Hashable, Rating]]) -> dict[Rating, int]:
    """How many learners gave each rating; `ratings` come in the order given, and of each learner the last counts."""
    latest = dict(ratings)
    return {rating: sum(each is rating for each in latest.values()) for rating in Rating}


@dataclass(frozen=True)
class Change:
    """What a corrected key does to one attempt that was handed in."""

    before: Mark
    after: Mark
    percent_before: int
    percent_after: int
    passes: bool
    passed_before: bool


@dataclass(frozen=True)
class Preview:
    """What a corrected key would do: attempts with the question, those whose mark changes, and new passes."""

    asked: int
    better: int
    worse: int
    become_passed: int


def preview(changes: Iterable[Change]) -> Preview:
    """Count changes. Nobody can lose a pass: one that was given stays, whatever the percent is now."""
    listed = list(changes)
    return Preview(
        asked=len(listed),
        better=sum(each.after is Mark.RIGHT and each.before is not Mark.RIGHT for each in listed),
        worse=sum(each.before is Mark.RIGHT and each.after is not Mark.RIGHT for each in listed),
        become_passed=sum(each.passes and not each.passed_before for each in listed),
    )
