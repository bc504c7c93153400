"""A written answer about the learner's own practice, which an assessor or coordinator reads."""

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import Field

from lms.core.spelling import visible
from lms.core.words import N_
from lms.learning.questions.common import Answer, Asked, Given, Mark, Mistake, Spot, Text, twin_texts

LONGEST_WRITTEN = 5_000
"""Characters of a written answer."""


class Read(StrEnum):
    """Whether somebody has to read what was written before it counts, or may."""

    NEEDED = "needed"
    WELCOME = "welcome"


class Written(Asked):
    """An answer in one's own words. What the reader looks for is shown to the learner as well."""

    kind: Literal["written"]
    look_for: tuple[Text, ...] = Field(min_length=2, max_length=4)
    read: Read = Read.WELCOME

    by_hand: ClassVar[bool] = True

    def mistakes(self) -> Iterator[Mistake]:
        """Something to look for that stands twice."""
        texts: list[tuple[Spot, Text]] = [(("look_for", i), words) for i, words in enumerate(self.look_for)]
        yield from twin_texts(texts, "“%s” stands twice among what the reader looks for.")

    def trouble(self, given: Given) -> str | None:
        """More than one text, and one that is too long."""
        if len(given) > 1:
            return N_("Write one answer only.")
        if any(len(each) > LONGEST_WRITTEN for each in given):
            return N_("Shorten this to at most 5,000 characters.")
        return None

    def canonical(self, given: Given) -> Answer:
        """The text with its lines, without what nobody can see."""
        lines = (each.replace("\r\n", "\n").replace("\r", "\n") for each in given)
        return tuple(text for each in lines if (text := visible(each, keep="\n\t").strip()))

    def mark(self, given: Given) -> Mark:
        """Waiting: whoever reads it says how it was."""
        return Mark.WAITING

    def model_answer(self) -> Answer:
        """Nobody can write it beforehand."""
        return ()

    def key_trouble(self, key: Given) -> str | None:
        """Any key is one too many: a person reads the answers."""
        return N_("This question has no key: a person reads the answers.")

    def with_key(self, key: Given) -> Self:
        """The same question; it has no key."""
        return self
