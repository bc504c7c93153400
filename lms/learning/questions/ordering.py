"""Put in order: steps that are given in a shuffled order. The page never shows the authored codes."""

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Self

from pydantic import Field

from lms.core.content import Authored, Words
from lms.core.words import N_
from lms.learning.questions.common import (
    NOT_ON_PAGE,
    Answer,
    Asked,
    Code,
    Given,
    Mark,
    Mistake,
    Spot,
    Text,
    token,
    twice,
    twin_texts,
)


class OrderedStep(Authored):
    """One step, and why it comes where it does."""

    code: Code
    text: Text
    feedback: Text


class PutInOrder(Asked):
    """Steps, authored in the right order. An answer is every code in the order given."""

    kind: Literal["put_in_order"]
    steps: tuple[OrderedStep, ...] = Field(min_length=3, max_length=7)

    @property
    def order(self) -> tuple[str, ...]:
        """The codes in the right order."""
        return tuple(step.code for step in self.steps)

    @property
    def texts(self) -> dict[str, Words]:
        """What each step says, by code."""
        return {step.code: step.text for step in self.steps}

    def mistakes(self) -> Iterator[Mistake]:
        """Codes and texts that stand twice."""
        codes: list[tuple[Spot, str]] = [(("steps", i, "code"), step.code) for i, step in enumerate(self.steps)]
        yield from twice(codes, "Two steps have the code “%s”.")
        texts: list[tuple[Spot, Words]] = [(("steps", i, "text"), step.text) for i, step in enumerate(self.steps)]
        yield from twin_texts(texts, "Two steps say “%s”.")

    def trouble(self, given: Given) -> str | None:
        """Steps that are not there, and an order in which one is missing or stands twice."""
        if not given:
            return None
        if not frozenset(given) <= frozenset(self.order):
            return NOT_ON_PAGE
        if sorted(given) != sorted(self.order):
            return N_("Give each step a place of its own.")
        return None

    def canonical(self, given: Given) -> Answer:
        """The codes as they were given."""
        return tuple(given)

    def settled(self, given: Given) -> frozenset[str]:
        """The most steps that stand in the right order among themselves: those that need not move."""
        return frozenset(_longest_rising(tuple(given), self.order))

    def mark(self, given: Given) -> Mark:
        """Right in exactly this order; partly when moving one step would make it right."""
        if tuple(given) == self.order:
            return Mark.RIGHT
        return Mark.PARTLY if len(self.settled(given)) == len(self.steps) - 1 else Mark.WRONG

    def model_answer(self) -> Answer:
        """The right order."""
        return self.order

    def key_trouble(self, key: Given) -> str | None:
        """An order in which a step is missing or stands twice."""
        return self.trouble(key) if key else N_("Give each step a place of its own.")

    def with_key(self, key: Given) -> Self:
        """The same steps in another right order."""
        steps = {step.code: step for step in self.steps}
        return self.model_copy(update={"steps": tuple(steps[code] for code in key)})

    def shown(self, seed: str) -> tuple[tuple[str, Words], ...]:
        """The steps with opaque names, shuffled by the attempt's seed, and never in the right order."""
        dice = random.Random(f"{seed}/{self.code}")  # noqa: S311  an order that says nothing, not a secret
        steps = list(self.steps)
        dice.shuffle(steps)
        if tuple(steps) == self.steps:
            steps = [*steps[1:], steps[0]]
        return tuple((token(seed, "step", step.code), step.text) for step in steps)

    def from_tokens(self, given: Iterable[str], seed: str) -> tuple[str, ...]:
        """Opaque names in codes; what is no such name becomes one that `trouble` names."""
        codes = {token(seed, "step", code): code for code in self.order}
        return tuple(codes.get(each, "?") for each in given)

    def tokens(self, given: Iterable[str], seed: str) -> tuple[str, ...]:
        """Codes in opaque names."""
        return tuple(token(seed, "step", code) for code in given)


def _longest_rising(given: Sequence[str], order: Sequence[str]) -> list[str]:
    """A longest part of `given` whose codes come in the order of `order`; of several, the one that ends earliest."""
    places = [order.index(code) for code in given if code in order]
    tails: list[int] = []
    kept: list[list[int]] = []
    for place in places:
        at = bisect_left(tails, place)
        row = [*(kept[at - 1] if at else []), place]
        tails[at : at + 1] = [place]
        kept[at : at + 1] = [row]
    return [order[place] for place in kept[-1]] if kept else []
