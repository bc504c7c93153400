"""Facts about one-time links. Names, addresses and answers stand in the tables; the proof's digest stands here."""

from dataclasses import dataclass
from uuid import UUID

from lms.assessment.evidence.rules import Part
from lms.assessment.links.rules import Asks
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class LinkAsked(Fact):
    """Somebody was asked by a one-time link what they saw a learner do."""

    enrolment_id: UUID
    link_id: UUID
    unit: str
    lines: tuple[str, ...]
    part: Part
    asked_as: Asks


@dataclass(frozen=True, kw_only=True)
class LinkSentAgain(Fact):
    """A link went out once more, because it was lost or as its one reminder."""

    enrolment_id: UUID
    link_id: UUID
    reminder: bool


@dataclass(frozen=True, kw_only=True)
class LinkAnswered(Fact):
    """A link was answered. `proof` is the digest over who was asked, what stood there and what was said."""

    enrolment_id: UUID
    link_id: UUID
    evidence_id: UUID | None
    seen: tuple[str, ...]
    proof: str


@dataclass(frozen=True, kw_only=True)
class LinkCancelled(Fact):
    """A link was cancelled before it was answered."""

    enrolment_id: UUID
    link_id: UUID


@dataclass(frozen=True, kw_only=True)
class LinkNotTheirs(Fact):
    """Whoever opened a link said that they are somebody else; it ended there."""

    enrolment_id: UUID
    link_id: UUID


@dataclass(frozen=True, kw_only=True)
class LinkDoubted(Fact):
    """Somebody said afterwards that their answer was not right; what they answered stays as it was."""

    enrolment_id: UUID
    link_id: UUID
    note_id: UUID


@dataclass(frozen=True, kw_only=True)
class LinkDaysSet(Fact):
    """An authority set how many days its links work; `about` is who set it."""

    authority_id: UUID
    days: int
