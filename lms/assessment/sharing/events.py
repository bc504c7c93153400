"""Facts about what learners let others see."""

from dataclasses import dataclass
from uuid import UUID

from lms.assessment.sharing.rules import Party, What, Why
from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class KnowledgeShared(Fact):
    """A learner agreed that somebody sees their knowledge record, or how sure they feel.

    `with_id` is the organisation, or the assessor. The words they agreed to stand with the agreement. `first`: they
    never agreed to the same with them before.
    """

    share_id: UUID
    what: What
    party: Party
    with_id: UUID
    first: bool


@dataclass(frozen=True, kw_only=True)
class SharingEnded(Fact):
    """An agreement ended: the learner withdrew it, or the job, the role or the allocation it was made for ended."""

    share_id: UUID
    what: What
    party: Party
    with_id: UUID
    why: Why
