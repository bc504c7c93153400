"""Answers made up for any question, for the demo and for tests: a right one, or one that is certainly not right."""

from lms.learning.questions import AnyQuestion
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.questions.common import Answer
from lms.learning.questions.matching import Match
from lms.learning.questions.ordering import PutInOrder
from lms.learning.questions.typed import TypedAnswer

WRITTEN = "I asked first, waited for the answer, and did it the way she likes it done."


def sample_answer(question: AnyQuestion, *, right: bool) -> Answer:
    """An answer that can be kept. Where a person reads the answer there is only one sort."""
    if question.by_hand:
        return (WRITTEN,)
    if right:
        return question.model_answer()
    if isinstance(question, ChoiceQuestion):
        others = sorted(question.codes - question.right)
        return (others[0],) if others else tuple(sorted(question.right))[:1]
    if isinstance(question, Match):
        first, *rest = question.lefts
        return question.canonical([f"{first}={rest[0]}", *(f"{code}={first}" for code in rest)])
    if isinstance(question, PutInOrder):
        return tuple(reversed(question.order))
    assert isinstance(question, TypedAnswer)
    return ("nothing of the kind",)
