"""Who may read a learner's writing. Plain Python.

Access follows the tie to the learner, as for practice: an assessor reads while the learner is allocated to them, a
coordinator reads the texts of their own authority's learners. An employer does not read here: what a learner writes
about their work is also about that home, and it is the learner's choice to show it there.
"""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID


class As(StrEnum):
    """In which part somebody reads."""

    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"


def reads_as(
    *,
    reader: UUID,
    learner: UUID,
    assesses_for: Collection[UUID],
    coordinates: Collection[UUID],
    authority: UUID,
) -> tuple[As, UUID] | None:
    """In which part, and on whose behalf, somebody reads a learner's text today; None when it is not theirs to read.

    `assesses_for` are the organisations for which they are the learner's assessor, `coordinates` the authorities they
    are a coordinator of. Nobody reads their own. Who is both reads as assessor: they know the learner.
    """
    if reader == learner:
        return None
    if assesses_for:
        return As.ASSESSOR, min(assesses_for)
    return (As.COORDINATOR, authority) if authority in coordinates else None
