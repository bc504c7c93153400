"""Who does what is recorded: mostly the learner, sometimes somebody who records what a learner did on paper."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Instead:
    """Somebody records what a learner did, for an organisation. Whoever makes this has seen that they may.

    Every service of study that takes it writes the learner's record, and says in each fact who recorded it for whom.
    """

    learner_id: UUID
    behalf: UUID


def whose(by: UUID, instead: Instead | None) -> UUID:
    """Whose record it goes into."""
    return instead.learner_id if instead else by


def behalf(instead: Instead | None) -> UUID | None:
    """The organisation it is recorded for; None when the learner does it."""
    return instead.behalf if instead else None
