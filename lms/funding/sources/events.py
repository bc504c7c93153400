"""Facts about the money for a training. `about` is the learner."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class MoneySourceSaid(Fact):
    """Somebody, or the service after a claim or a place, said which money meets a cost of a learner's training.

    `sources` are the kinds of money in order; none means that what was said before holds no longer.
    """

    authority_id: UUID
    enrolment_id: UUID
    training: str
    cost_kind: str
    sources: tuple[str, ...]
    capacity: str
