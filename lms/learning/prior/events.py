"""Facts about prior learning. Codes and numbers only: what people write stays in its own table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class PriorOffered(Fact):
    """A learner offered something they learned before, for outcomes of a module."""

    enrolment_id: UUID
    module: str
    offer_id: UUID
    outcomes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PriorTakenBack(Fact):
    """A learner took an offer back before anybody decided about it."""

    enrolment_id: UUID
    module: str
    offer_id: UUID


@dataclass(frozen=True, kw_only=True)
class PriorDecided(Fact):
    """Somebody decided about an offer: `accepted` are the outcomes that count as prior learning from now on."""

    enrolment_id: UUID
    module: str
    offer_id: UUID
    accepted: tuple[str, ...]
