"""Questions of a knowledge check, as authored. A kind is a class: another joins through Question and KINDS."""

from typing import Annotated

from pydantic import Field

from lms.learning.questions.choice import OneAnswer, Option, PictureChoice, PictureOption, SeveralAnswers, TrueOrFalse
from lms.learning.questions.common import Answer, Code, Given, Mark, Mistake, Spot, Text
from lms.learning.questions.matching import Match
from lms.learning.questions.ordering import PutInOrder
from lms.learning.questions.typed import TypedAnswer
from lms.learning.questions.written import Read, Written

__all__ = [
    "KINDS",
    "Answer",
    "AnyQuestion",
    "Code",
    "Given",
    "Mark",
    "Match",
    "Mistake",
    "OneAnswer",
    "Option",
    "PictureChoice",
    "PictureOption",
    "PutInOrder",
    "Question",
    "Read",
    "SeveralAnswers",
    "Spot",
    "Text",
    "TrueOrFalse",
    "TypedAnswer",
    "Written",
]

AnyQuestion = OneAnswer | SeveralAnswers | TrueOrFalse | PictureChoice | Match | PutInOrder | TypedAnswer | Written

Question = Annotated[AnyQuestion, Field(discriminator="kind")]

KINDS: dict[str, type[AnyQuestion]] = {
    "one_answer": OneAnswer,
    "several_answers": SeveralAnswers,
    "true_or_false": TrueOrFalse,
    "match": Match,
    "put_in_order": PutInOrder,
    "picture_choice": PictureChoice,
    "typed_answer": TypedAnswer,
    "written": Written,
}
"""By kind, so that the loader can name the exact line of a mistake instead of the whole question."""
