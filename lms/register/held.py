"""What a PA holds, as the rules see it: plain values with their days. Nothing here says how it was recorded.

A fact dated after the day that is asked about does not count yet.
"""

from dataclasses import dataclass
from datetime import date

from lms.register.disclosures import Disclosure
from lms.register.kinds import Circumstance, Item, ReferenceSource, RequirementKind


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Something the register team saw, or the PA did, on a day; `ends_on` is the last day the document itself holds.

    `met` is False where the team looked and it was not enough; the newest look counts.
    """

    kind: RequirementKind
    on: date
    ends_on: date | None = None
    met: bool = True


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One reference the team received and judged good enough. `source` says who wrote it."""

    on: date
    source: ReferenceSource
    relative: bool = False


@dataclass(frozen=True, kw_only=True)
class Learned:
    """One piece of learning, finished on a day; `ends_on` is the last day its certificate holds, if it ends."""

    item: Item
    on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A version of this authority's code of conduct, accepted by the PA."""

    version: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Area:
    """An area the PA said they work or want to work in."""

    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """A manager's decision to do without one requirement for a time; both days are included."""

    code: str
    reason: str
    on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Held:
    """All a PA holds in the eyes of one authority. Each tuple is in the order in which it was recorded.

    `circumstances` are those that hold, `answered` all the PA was asked about and answered.
    """

    circumstances: frozenset[Circumstance] = frozenset()
    answered: frozenset[Circumstance] = frozenset()
    seen: tuple[Seen, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    references: tuple[Reference, ...] = ()
    learned: tuple[Learned, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    areas: tuple[Area, ...] = ()
    waivers: tuple[Waiver, ...] = ()
