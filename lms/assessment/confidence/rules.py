"""How sure somebody feels of a standard, and what that says about where to begin. Plain Python.

It is how it feels to the learner, asked so that they can plan: no mark, no evidence, and nobody else's business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Sure(StrEnum):
    """How sure a learner feels, from the least to the most; said in words, never as a number."""

    NOT_YET = "not_yet"
    A_LITTLE = "a_little"
    MOSTLY = "mostly"
    SURE = "sure"


_ORDER: tuple[Sure | None, ...] = (Sure.NOT_YET, Sure.A_LITTLE, None, Sure.MOSTLY, Sure.SURE)
"""Where to begin: what one has not spoken of stands in the middle, since it may be either."""

MOST_FIRST = 3
"""Standards that are suggested: more than a few is no suggestion."""


@dataclass(frozen=True)
class Stands:
    """Where a learner stands in one standard: how sure they feel (None: not said), and what is left to show.

    `left` and `lines` count its lines of knowledge; practice is not among them.
    """

    unit: str
    sure: Sure | None
    left: int
    lines: int


def first(standing: Iterable[Stands], most: int = MOST_FIRST) -> tuple[Stands, ...]:
    """What to study first: where somebody feels least sure, and of those where most is still to show.

    Standards of which everything is shown are left out. Equal ones keep the order they came in.
    """
    open_ones = [each for each in standing if each.left]
    return tuple(sorted(open_ones, key=lambda each: (_ORDER.index(each.sure), -each.left))[:most])


PART = 4
"""Standards asked about on one page: few enough to finish on a phone while waiting for a bus."""


def parts(units: int) -> int:
    """How many pages it takes to ask about so many standards."""
    return -(-units // PART)


def units_in(part: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The standards of one page, counted from 1; none when there is no such page."""
    return codes[(part - 1) * PART : part * PART] if part > 0 else ()
