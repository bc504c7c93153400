"""What an author should look at in a bank of questions: too few, twins, and answers that give themselves away."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from lms.core.content import Problem
from lms.learning.catalogue import Module
from lms.learning.questions import Question
from lms.learning.questions.choice import ChoiceQuestion, PictureChoice

FEWEST = 18
FEWEST_OF_EACH = 12
"""The same of a check that asks for each outcome, where nobody is asked again for what is shown."""
FEWEST_OF_AN_OUTCOME = 2
"""Questions, so that somebody who tries again meets others."""
ALIKE = 0.88
"""How alike two texts are, word for word from 0 to 1, when they ask the same."""
FAR_LONGER = 1.4
"""The right option against the longest wrong one, in letters."""
MOST = 0.5
"""The share of questions from which a habit of the author can be guessed."""
_NUMBER = re.compile(r"\d+")


def bank_notes(module: Module) -> Iterator[Problem]:
    """Findings on the questions of one module."""
    questions, here = module.questions, module.places[module.code]
    bank = (module.places[questions[0].code][0], 0) if questions else here
    fewest = FEWEST_OF_EACH if module.check is not None and module.check.each_outcome else FEWEST
    if len(questions) < fewest:
        yield Problem(*bank, f"{len(questions)} questions; at least {fewest} let people try again with others.")
    asked = Counter(question.outcome for question in questions)
    written = module.activity.shows if module.activity is not None else ()
    for outcome in module.outcomes:
        if not asked[outcome.code]:
            if outcome.code in written:
                continue
            yield Problem(*module.places[outcome.code], f"No question is about outcome {outcome.code}.")
        elif asked[outcome.code] < FEWEST_OF_AN_OUTCOME:
            yield Problem(*module.places[outcome.code], f"Only {asked[outcome.code]} question is about {outcome.code}.")
    untranslated = sum(question.text.cy is None for question in questions)
    if untranslated:
        yield Problem(*bank, f"{untranslated} of {len(questions)} questions have no Welsh yet.")
    for question in questions:
        yield from (Problem(*module.places[question.code], note) for note in _of_one(question))
    yield from (Problem(*module.places[code], note) for code, note in _twins(questions))
    yield from (Problem(*bank, note) for note in _habits(questions))


def _of_one(question: Question) -> Iterator[str]:
    if not isinstance(question, ChoiceQuestion):
        return
    texts = _texts(question)
    for one, other in combinations(texts, 2):
        if not isinstance(question, PictureChoice) and _alike(texts[one], texts[other]):
            yield f"{question.code}: the options {one} and {other} say nearly the same."
    right = [len(option.text.en) for option in question.options if option.right]
    wrong = [len(option.text.en) for option in question.options if not option.right]
    if len(texts) > 2 and wrong and right and min(right) > FAR_LONGER * max(wrong):
        yield f"{question.code}: the right answer is far longer than the others, which gives it away."


def _twins(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(questions, 2):
        if _alike(one.text.en, other.text.en):
            yield other.code, f"{other.code} asks nearly the same as {one.code}."


def _habits(questions: Sequence[Question]) -> Iterator[str]:
    """What can be guessed from the bank as a whole: where the right answer stands, and how long it is."""
    chosen = [q for q in questions if isinstance(q, ChoiceQuestion) and len(q.right) == 1 and len(q.options) > 2]
    if len(chosen) < 6:
        return
    places = Counter([code in q.right for code in _texts(q)].index(True) for q in chosen)
    place, times = places.most_common(1)[0]
    if times > MOST * len(chosen):
        yield f"The right answer stands in place {place + 1} in {times} of {len(chosen)} questions. Spread it."
    longest = sum(_right_is_longest(q) for q in chosen)
    if longest > MOST * len(chosen):
        yield f"The right answer is the longest one in {longest} of {len(chosen)} questions, which gives it away."


def _texts(question: ChoiceQuestion) -> dict[str, str]:
    return {option.code: option.text.en for option in question.options}


def _right_is_longest(question: ChoiceQuestion) -> bool:
    """Longer by a tenth, so that the eye sees it."""
    right = max(len(option.text.en) for option in question.options if option.right)
    return right > 1.1 * max(len(option.text.en) for option in question.options if not option.right)


def _alike(one: str, other: str) -> bool:
    """Texts of a few words differ by one word on purpose, and numbers differ on purpose everywhere."""
    first, second = one.casefold().split(), other.casefold().split()
    if min(len(first), len(second)) < 5 or _NUMBER.findall(one) != _NUMBER.findall(other):
        return False
    if 2 * min(len(first), len(second)) / (len(first) + len(second)) < ALIKE:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE
