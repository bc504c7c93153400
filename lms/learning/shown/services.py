"""Write down what learners have shown of a module's outcomes. Each outcome is shown once; more only ever comes to it.

Whoever calls this has seen that the judge may judge. The learner's enrolment is held until the end of the unit of work.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.db import Db


def show_in_conversation(
    db: Db, *, enrolment_id: UUID, module: str, outcomes: Collection[str], source_id: UUID, by: UUID, now: datetime
) -> None:
    """Somebody heard the learner say what they know: these outcomes of a module are shown.

    Outcomes that were shown before stay as they were shown first, so saying it twice changes nothing. Raises NotFound
    for an enrolment, module or outcome that is not there; Refused when `by` is the learner or the course has ended.
    """
    raise NotImplementedError
