"""The questions of an attempt as they stand on paper. The sheet and the page that records it are made of the same.

Options keep the order of the screen; what is matched or put in order is shuffled by the attempt's seed, as there. So a
letter on the paper is the same letter on the page, whenever either is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.core.content import Words
from lms.learning.checks import AttemptView
from lms.learning.paper.rules import LETTERS
from lms.learning.questions import Match, PictureChoice, PutInOrder, Question
from lms.learning.questions.choice import ChoiceQuestion


@dataclass(frozen=True)
class Line:
    """Something with a letter or a number on the paper; `value` is what a form sends for it."""

    mark: str
    value: str
    words: Words
    picture: str | None = None


@dataclass(frozen=True)
class OnPaper:
    """A question on paper. `choices` have letters; `lines` are what gets one of them, or a number, from the learner."""

    number: int
    question: Question
    choices: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()


def on_paper(attempt: AttemptView) -> tuple[OnPaper, ...]:
    """Every question of an attempt, in its order. Nothing here says what is right."""
    return tuple(_shown(n, question, attempt.seed) for n, question in enumerate(attempt.questions, start=1))


def _shown(number: int, question: Question, seed: str) -> OnPaper:
    if isinstance(question, Match):
        shown = question.shown(seed)
        lines = tuple(Line(str(n), value, words) for n, (value, words) in enumerate(shown.lefts, start=1))
        return OnPaper(number, question, _lettered(shown.rights), lines)
    if isinstance(question, PutInOrder):
        return OnPaper(number, question, lines=_lettered(question.shown(seed)))
    if isinstance(question, PictureChoice):
        options = zip(LETTERS, question.options, strict=False)
        return OnPaper(number, question, tuple(Line(a, o.code, o.text, o.picture) for a, o in options))
    if isinstance(question, ChoiceQuestion):
        return OnPaper(number, question, _lettered((option.code, option.text) for option in question.options))
    return OnPaper(number, question)


def _lettered(shown: Iterable[tuple[str, Words]]) -> tuple[Line, ...]:
    return tuple(Line(letter, value, words) for letter, (value, words) in zip(LETTERS, shown, strict=False))
