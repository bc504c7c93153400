"""Facts about subsidised places. `about` is the PA, of a course the person who opened it."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PlacesOpened(Fact):
    """A team opened a course with subsidised places."""

    authority_id: UUID
    run_id: UUID
    scheme: str
    item: str


@dataclass(frozen=True, kw_only=True)
class PlacesCalledOff(Fact):
    """A team called a course off; everybody who asked hears of it by a move of their own."""

    authority_id: UUID
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlaceMoved(Fact):
    """A PA's asking for a place went on: they asked, were offered one, took it, were there, or it ended."""

    authority_id: UUID
    run_id: UUID
    ask_id: UUID
    went_to: str
    why: str | None


@dataclass(frozen=True, kw_only=True)
class AreaProofSeen(Fact):
    """A team saw something that shows in which area a PA works. What kind of thing, never what stood on it."""

    authority_id: UUID
    proof_id: UUID
    kind: str
