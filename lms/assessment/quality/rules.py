"""What an authority asks of its quality assurance: shares, weights, waits, days; and what is risky. Plain Python.

The numbers of the default are ours. The published rules of the Care Certificate ask that assessment is quality assured
and name no share; an authority sets its own, and what it set stands in the record with who set it and when.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.core.words import N_


class Stage(StrEnum):
    """When a piece of work is looked at: while the learner is still on the way, or once it is signed off."""

    INTERIM = "interim"
    FINAL = "final"


class Weighed(StrEnum):
    """What makes it likelier that somebody looks again."""

    NEW_ASSESSOR = "new_assessor"
    EMPLOYER_AS_ASSESSOR = "employer_as_assessor"
    RELATIVE_DECLARED = "relative_declared"
    FAST = "fast"
    UNIFORM = "uniform"


ALWAYS_WEIGHED = frozenset({Weighed.EMPLOYER_AS_ASSESSOR, Weighed.RELATIVE_DECLARED})
"""An authority can weigh these more, never nothing: whoever is close to the work is always looked at more often."""

MOST_WEIGHT = 20
DEFAULT_WEIGHTS: Mapping[Weighed, int] = {
    Weighed.NEW_ASSESSOR: 4,
    Weighed.EMPLOYER_AS_ASSESSOR: 3,
    Weighed.RELATIVE_DECLARED: 5,
    Weighed.FAST: 2,
    Weighed.UNIFORM: 2,
}


class Share(StrEnum):
    """What a share is a share of."""

    FINAL = "final"
    INTERIM = "interim"
    LEARNERS = "learners"
    STANDARDS = "standards"
    KINDS = "kinds"
    ASSESSORS = "assessors"


DEFAULT_SHARES: Mapping[Share, int] = {
    Share.FINAL: 10,
    Share.INTERIM: 5,
    Share.LEARNERS: 25,
    Share.STANDARDS: 25,
    Share.KINDS: 50,
    Share.ASSESSORS: 100,
}
"""Percent, in a quarter of a year. A quarter of the standards in each quarter makes all of them in a year."""


class Waits(StrEnum):
    """Which certificates wait until somebody has looked at the work they rest on."""

    NONE = "none"
    CHOSEN = "chosen"
    EVERY = "every"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What one authority asks for. Shares are percent from 0 to 100, weights whole numbers, spans hours or days.

    `waits_in`: the frameworks whose certificates wait, by code; empty: all of them.
    """

    shares: Mapping[Share, int] = field(default_factory=lambda: dict(DEFAULT_SHARES))
    weights: Mapping[Weighed, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    fast_hours: int = 24
    uniform_from: int = 4
    waits: Waits = Waits.NONE
    waits_in: frozenset[str] = frozenset()
    wait_days: int = 14
    answer_days: int = 14
    appeal_days: int = 28
    appeal_answer_days: int = 14

    def weight(self, risks: Iterable[Weighed]) -> int:
        """How heavy a piece of work weighs: 1, and more for each thing that makes it risky."""
        return 1 + sum(self.weights.get(risk, 0) for risk in set(risks))

    def waits_for(self, framework: str) -> Waits:
        """Which certificates that rest on a framework wait."""
        return self.waits if not self.waits_in or framework in self.waits_in else Waits.NONE

    def wrong(self) -> str | None:
        """A sentence about what cannot be so, or None."""
        if any(self.weights.get(risk, 0) < 1 for risk in ALWAYS_WEIGHED):
            return N_("An employer as assessor, and a declared relative, always weigh at least 1.")
        if not any(self.shares.get(share, 0) for share in (Share.FINAL, Share.INTERIM)):
            return N_("Ask for a share of finished work, or of work on the way. Both cannot be 0.")
        return None


DEFAULT = Policy()
"""What counts until an authority sets its own."""


@dataclass(frozen=True, order=True)
class Period:
    """A quarter of a year: what a plan is made for."""

    year: int
    quarter: int

    @property
    def code(self) -> str:
        """Its one spelling, such as 2026-Q4."""
        return f"{self.year}-Q{self.quarter}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Period":
        """The quarter after it."""
        return Period(self.year + 1, 1) if self.quarter == 4 else Period(self.year, self.quarter + 1)

    @property
    def before(self) -> "Period":
        """The quarter before it."""
        return Period(self.year - 1, 4) if self.quarter == 1 else Period(self.year, self.quarter - 1)


def period_of(on: date) -> Period:
    """The quarter a day lies in."""
    return Period(on.year, (on.month + 2) // 3)


def period_from(code: str) -> Period | None:
    """The quarter with a code, or None."""
    year, _, quarter = code.partition("-Q")
    if not (len(year) == 4 and year.isascii() and year.isdigit() and quarter in {"1", "2", "3", "4"} and int(year)):
        return None
    found = Period(int(year), int(quarter))
    return found if found.year < date.max.year else None


def is_fast(first: datetime, last: datetime, *, whole: bool, hours: int) -> bool:
    """Whether a whole standard was decided faster than the policy thinks likely. Both moments aware UTC."""
    return whole and hours > 0 and last - first < timedelta(hours=hours)


def is_uniform(words: Collection[str], *, all_met: bool, at_least: int) -> bool:
    """Whether many decisions are all “met” with the same words, or with none."""
    said = {" ".join(each.casefold().split()) for each in words}
    return all_met and len(words) >= at_least > 0 and len(said) == 1


def seed_of(authority: object, period: Period) -> str:
    """What the draw of a plan hangs on: nothing but authority and quarter, so that an auditor can repeat it."""
    return hashlib.sha256(f"{authority}|{period.code}".encode()).hexdigest()


def draw(seed: str, key: str) -> float:
    """A number above 0 and up to 1 that belongs to a piece of work under a seed; nobody can choose it."""
    drawn = int.from_bytes(hashlib.sha256(f"{seed}|{key}".encode()).digest()[:6])
    return (drawn + 1) / 2**48


def place_in_line(seed: str, key: str, weight: int) -> float:
    """Where a piece of work stands in line: the highest number is looked at first.

    The draw to the power of one over the weight: the way of Efraimidis and Spirakis (2006) to draw without putting
    back. Of two pieces of work with the same draw the heavier one always comes first.
    """
    return float(draw(seed, key) ** (1 / max(weight, 1)))
