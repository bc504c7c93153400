"""A short answer that is typed: a few words or a number, compared with what the author accepts."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints

from lms.core.content import Authored, Words
from lms.core.spelling import visible
from lms.core.words import N_
from lms.learning.questions.common import Answer, Asked, Given, Mark, Mistake, Spot, Text, twice

LONGEST_TYPED = 100
"""Characters of a typed answer."""

MOST_SPELLINGS = 40
"""Accepted spellings of one question."""

Spelling = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TYPED)]


def compared(text: str) -> str:
    """A typed text as it is compared: without case, spaces that say nothing, and stops and commas at the end.

    Phones type a curly apostrophe where an author may have written a straight one, so these are one.
    """
    flat = " ".join(visible(text, keep="\t\n").replace("’", "'").replace("‘", "'").casefold().split())
    return flat.rstrip("., ")


class Near(Authored):
    """Wrong answers that people really give, and what we say to them."""

    says: tuple[Spelling, ...] = Field(min_length=1, max_length=20)
    feedback: Text


class TypedFeedback(Authored):
    """What we say when the answer is right, and when it is not."""

    right: Text
    wrong: Text


class TypedAnswer(Asked):
    """Any accepted spelling is right, in whichever language it was typed."""

    kind: Literal["typed_answer"]
    hint: Words | None = None
    accept: tuple[Spelling, ...] = Field(min_length=1, max_length=MOST_SPELLINGS)
    accept_cy: tuple[Spelling, ...] = Field(default=(), max_length=MOST_SPELLINGS)
    near: tuple[Near, ...] = Field(default=(), max_length=10)
    feedback: TypedFeedback

    @property
    def accepted(self) -> frozenset[str]:
        """Every accepted spelling, as it is compared."""
        return frozenset(compared(each) for each in (*self.accept, *self.accept_cy))

    def mistakes(self) -> Iterator[Mistake]:
        """Spellings of which nothing is left, and one that is both right and wrong."""
        spellings: list[tuple[Spot, str]] = [(("accept", i), each) for i, each in enumerate(self.accept)]
        spellings += [(("accept_cy", i), each) for i, each in enumerate(self.accept_cy)]
        near: list[tuple[Spot, str]] = [
            (("near", i, "says", j), each) for i, wrong in enumerate(self.near) for j, each in enumerate(wrong.says)
        ]
        for spot, each in (*spellings, *near):
            if not compared(each):
                yield spot, "Nothing is left of this spelling when it is compared."
        for spot, each in near:
            if compared(each) in self.accepted:
                yield spot, f"“{each}” is accepted as right above."
        yield from twice([(spot, compared(each)) for spot, each in near], "“%s” stands twice among the wrong answers.")

    def trouble(self, given: Given) -> str | None:
        """More than one text, and one that is too long for a short answer."""
        if len(given) > 1:
            return N_("Type one answer only.")
        if any(len(each) > LONGEST_TYPED for each in given):
            return N_("Shorten your answer. A few words are enough.")
        return None

    def canonical(self, given: Given) -> Answer:
        """The text on one line, in its own spelling."""
        texts = (" ".join(visible(each, keep="\t\n").split()) for each in given)
        return tuple(text for text in texts if text)

    def mark(self, given: Given) -> Mark:
        """Right when it is one of the accepted spellings."""
        return Mark.RIGHT if any(compared(each) in self.accepted for each in given) else Mark.WRONG

    def model_answer(self) -> Answer:
        """The first accepted spelling."""
        return (self.accept[0],)

    def key(self) -> Answer:
        """Every accepted spelling."""
        return (*self.accept, *self.accept_cy)

    def key_trouble(self, key: Given) -> str | None:
        """No spelling at all, too many, or one of which nothing is left when it is compared."""
        if not key:
            return N_("Write at least one answer that is right.")
        if len(key) > MOST_SPELLINGS or any(not compared(each) or len(each) > LONGEST_TYPED for each in key):
            return N_("Write each accepted answer on a line of its own, short, and at most 40 of them.")
        return None

    def with_key(self, key: Given) -> Self:
        """The same question with other accepted spellings."""
        return self.model_copy(update={"accept": tuple(key), "accept_cy": ()})

    def feedback_to(self, given: Given) -> Words:
        """What we say to this answer: to a near one what belongs to it."""
        if self.mark(given) is Mark.RIGHT:
            return self.feedback.right
        said = {compared(each) for each in given}
        found = (near.feedback for near in self.near if any(compared(each) in said for each in near.says))
        return next(found, self.feedback.wrong)
