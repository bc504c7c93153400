"""Facts about two records of one person. Each is recorded for both, so that either record tells it."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class RecordsLinked(Fact):
    """An authority reads this record and another one as one person from now on; `kept` is the one on its lists."""

    authority_id: UUID
    link_id: UUID
    with_id: UUID
    kept: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class RecordsApart(Fact):
    """An authority reads the two records as two again."""

    authority_id: UUID
    link_id: UUID
    with_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class TwoPeopleSaid(Fact):
    """Somebody of the register team looked at two records that look alike, and said that they are two people."""

    authority_id: UUID
    with_id: UUID
