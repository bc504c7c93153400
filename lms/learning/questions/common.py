"""What every kind of question shares: its frame, its marks, and how an answer is written down.

An answer is always a list of short strings. Each kind says which lists can be an answer (`trouble`), writes one in a
single spelling (`canonical`), and marks it (`mark`). No answer at all, an empty list, takes an answer back.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import blake2b
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, StringConstraints

from lms.core.content import Authored, Words
from lms.core.words import N_

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=40)]
"""A code that is safe in an address and fits its column."""

FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*\.svg$", max_length=80)]
"""A picture of ours in the module's pictures folder."""

Spot = tuple[str | int, ...]
Mistake = tuple[Spot, str]
"""Where in the question something is wrong, and the sentence that says what."""

Given = Collection[str]
Answer = tuple[str, ...]
"""An answer in its one spelling, as it is kept."""

NOT_ON_PAGE = N_("Choose from the answers on the page.")


def _something(words: Words) -> Words:
    if not words.en:
        raise ValueError("the English text is empty")
    return words


Text = Annotated[Words, AfterValidator(_something)]
"""Words that say something."""


class Mark(StrEnum):
    """How one answer was. Waiting: somebody writes an answer in their own words and nobody has read it yet."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    WAITING = "waiting"


class Asked(Authored, ABC):
    """The frame of a question; each kind says the rest. `grey` marks a judgement whose feedback names what to weigh."""

    code: Code
    outcome: Code
    grey: bool = False
    text: Text

    several: ClassVar[bool] = False
    """Whether more than one thing is chosen."""

    by_hand: ClassVar[bool] = False
    """Whether a person reads the answer; such a question stands outside the percent."""

    @abstractmethod
    def mistakes(self) -> Iterator[Mistake]:
        """What an author got wrong that the shape alone does not show."""

    @abstractmethod
    def trouble(self, given: Given) -> str | None:
        """Why this cannot be an answer, as a message id; None when it can be kept."""

    @abstractmethod
    def canonical(self, given: Given) -> Answer:
        """The answer in its one spelling; empty when it is taken back. Only for what has no trouble."""

    def whole(self, given: Given) -> bool:
        """Whether the answer is finished, so that it can be handed in."""
        return bool(self.canonical(given))

    @abstractmethod
    def mark(self, given: Given) -> Mark:
        """How the answer was."""

    @abstractmethod
    def model_answer(self) -> Answer:
        """A right answer; empty where nobody can write one beforehand."""

    def key(self) -> Answer:
        """What makes an answer right, as short strings: what `with_key` takes."""
        return self.model_answer()

    @abstractmethod
    def key_trouble(self, key: Given) -> str | None:
        """Why something cannot be the key of this question, as a message id; None when it can."""

    @abstractmethod
    def with_key(self, key: Given) -> Self:
        """The same question with another key. Only for one without trouble."""

    def pictures(self) -> Iterator[tuple[Spot, str]]:
        """The pictures the question needs, each with where it is named."""
        yield from ()

    def from_tokens(self, given: Iterable[str], seed: str) -> tuple[str, ...]:
        """What a page sent, in codes. Kinds that show their codes have nothing to translate."""
        return tuple(given)

    def tokens(self, given: Iterable[str], seed: str) -> tuple[str, ...]:
        """An answer as a page shows and sends it: `from_tokens` the other way round."""
        return tuple(given)


def token(seed: str, side: str, code: str) -> str:
    """The name under which a page knows a code: it says nothing about the code to whoever has not the seed."""
    key = blake2b(seed.encode(), digest_size=32).digest()
    return blake2b(f"{side}:{code}".encode(), key=key, digest_size=6).hexdigest()


def twice(entries: Sequence[tuple[Spot, str]], sentence: str) -> Iterator[Mistake]:
    """A mistake for each value that stands a second time; `sentence` has one %s for it."""
    seen: set[str] = set()
    for spot, value in entries:
        if value in seen:
            yield spot, sentence % value
        seen.add(value)


def twin_texts(entries: Sequence[tuple[Spot, Words]], sentence: str) -> Iterator[Mistake]:
    """A mistake for each text that reads like an earlier one: nobody could tell which of the two is meant."""
    yield from twice([(spot, " ".join(words.en.casefold().split())) for spot, words in entries], sentence)
