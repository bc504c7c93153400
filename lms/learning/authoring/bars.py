"""What was answered, as words and as bars: a picture of the table beside it, never instead of it."""

from dataclasses import dataclass

from lms.core.content import Words
from lms.learning.authoring.rules import Item, Line
from lms.learning.questions import Match, PutInOrder, Question
from lms.learning.questions.choice import ChoiceQuestion

WIDTH = 320
"""Units of a whole bar."""

STEP = 28
"""Units from one bar to the next."""


@dataclass(frozen=True)
class Bar:
    """One bar of a chart in its own units, and the line it stands for."""

    line: Line
    y: int
    width: int


def bars_of(question: Question, item: Item) -> tuple[Bar, ...]:
    """A bar for every line of an item; none for a question that a person reads."""
    if question.by_hand:
        return ()
    return tuple(Bar(line, STEP * n, max(1, WIDTH * line.percent // 100)) for n, line in enumerate(item.lines))


def label_of(question: Question, line: Line) -> tuple[Words | str, ...]:
    """What a line stands for, in authored words: an option, both sides of a pair, steps in order, or what was typed."""
    if isinstance(question, ChoiceQuestion):
        return tuple(option.text for option in question.options if option.code == line.label)
    if isinstance(question, Match):
        left, _equals, right = line.label.partition("=")
        return question.lefts[left], question.rights[right]
    if isinstance(question, PutInOrder):
        return tuple(question.texts[code] for code in line.label.split() if code in question.texts)
    return (line.label,)
