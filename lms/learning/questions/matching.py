"""Match: for each thing on the left, one from a list on the right. The page never shows the authored codes."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


class Extra(Authored):
    """Something on the right, and why it belongs where it does; by itself it belongs to nothing."""

    code: Code
    right: Text
    feedback: Text


class Pair(Extra):
    """Two things that belong together, and why."""

    left: Text


@dataclass(frozen=True)
class Shown:
    """Both sides as a page shows them: opaque names with their texts, in an order that says nothing."""

    lefts: tuple[tuple[str, Words], ...]
    rights: tuple[tuple[str, Words], ...]


class Match(Asked):
    """Every left side has exactly one right one; right ones may be left over. An answer is "left=right" in codes."""

    kind: Literal["match"]
    pairs: tuple[Pair, ...] = Field(min_length=3, max_length=6)
    extras: tuple[Extra, ...] = Field(default=(), max_length=2)
    corrected: tuple[str, ...] = Field(default=(), max_length=0)
    """The right pairs where a correction says other ones than those authored; no file can say them."""

    @property
    def _every(self) -> tuple[Extra, ...]:
        return (*self.pairs, *self.extras)

    @property
    def rights(self) -> dict[str, Words]:
        """What can be chosen, by code."""
        return {each.code: each.right for each in self._every}

    @property
    def lefts(self) -> dict[str, Words]:
        """What asks for a match, by code."""
        return {each.code: each.left for each in self.pairs}

    def mistakes(self) -> Iterator[Mistake]:
        """Codes and texts that stand twice: of two that read alike, nobody knows which one is meant."""
        spots: list[Spot] = [("pairs", i) for i in range(len(self.pairs))]
        spots += [("extras", i) for i in range(len(self.extras))]
        every = list(zip(spots, self._every, strict=True))
        yield from twice([((*spot, "code"), each.code) for spot, each in every], "The code “%s” stands twice.")
        lefts: list[tuple[Spot, Words]] = [(("pairs", i, "left"), each.left) for i, each in enumerate(self.pairs)]
        yield from twin_texts(lefts, "Two left sides say “%s”.")
        yield from twin_texts([((*spot, "right"), each.right) for spot, each in every], "Two right sides say “%s”.")

    @property
    def belongs(self) -> dict[str, str]:
        """What belongs to each left side, in codes: the pairs as authored, unless a correction says others."""
        return self.chosen(self.corrected) if self.corrected else {code: code for code in self.lefts}

    def chosen(self, given: Given) -> dict[str, str]:
        """The right code chosen for each left one that has one."""
        return dict(entry.split("=", 1) for entry in given)

    def trouble(self, given: Given) -> str | None:
        """Sides that are not there, and two choices for one left side. Some left sides may still be open."""
        entries = [entry.split("=", 1) for entry in given]
        if any(len(entry) != 2 or entry[0] not in self.lefts or entry[1] not in self.rights for entry in entries):
            return NOT_ON_PAGE
        if len({tuple(entry) for entry in entries}) > len({left for left, _ in entries}):
            return N_("Choose one answer for each line.")
        return None

    def canonical(self, given: Given) -> Answer:
        """The pairs in order."""
        return tuple(sorted(set(given)))

    def whole(self, given: Given) -> bool:
        """Every left side has something."""
        return len(self.chosen(given)) == len(self.pairs)

    def mark(self, given: Given) -> Mark:
        """Right when every pair is; partly when at least one is."""
        belongs = self.belongs
        good = sum(belongs[left] == right for left, right in self.chosen(given).items())
        if good == len(self.pairs):
            return Mark.RIGHT
        return Mark.PARTLY if good else Mark.WRONG

    def model_answer(self) -> Answer:
        """Every left side with what belongs to it."""
        return tuple(sorted(f"{left}={right}" for left, right in self.belongs.items()))

    def key_trouble(self, key: Given) -> str | None:
        """A left side without a right one, or two with the same."""
        if (trouble := self.trouble(key)) or not self.whole(key):
            return trouble or N_("Choose one answer for each line.")
        twice_ = len(set(self.chosen(key).values())) < len(self.pairs)
        return N_("Each answer can be right for one line only.") if twice_ else None

    def with_key(self, key: Given) -> Self:
        """The same two sides, paired in another way."""
        return self.model_copy(update={"corrected": self.canonical(key)})

    def shown(self, seed: str) -> Shown:
        """Both sides with opaque names, each shuffled by the attempt's seed."""
        dice = random.Random(f"{seed}/{self.code}")  # noqa: S311  an order that says nothing, not a secret
        lefts = [(token(seed, "left", code), words) for code, words in self.lefts.items()]
        rights = [(token(seed, "right", code), words) for code, words in self.rights.items()]
        dice.shuffle(lefts)
        dice.shuffle(rights)
        return Shown(tuple(lefts), tuple(rights))

    def from_tokens(self, given: Iterable[str], seed: str) -> tuple[str, ...]:
        """Pairs of opaque names in codes; what is no such name stays, and `trouble` then names it."""
        lefts = {token(seed, "left", code): code for code in self.lefts}
        rights = {token(seed, "right", code): code for code in self.rights}
        pairs = (entry.partition("=") for entry in given)
        return tuple(f"{lefts.get(left, '?')}={rights.get(right, '?')}" for left, _, right in pairs)

    def tokens(self, given: Iterable[str], seed: str) -> tuple[str, ...]:
        """Pairs of codes in opaque names."""
        return tuple(
            f"{token(seed, 'left', left)}={token(seed, 'right', right)}"
            for left, right in self.chosen(tuple(given)).items()
        )
