"""What queues write when other rooms record facts: how much evidence waits for a decision, beside each unit."""

from datetime import datetime

from lms.assessment.evidence.events import EvidenceOffered, EvidenceSpokeTo, EvidenceWithdrawn
from lms.assessment.standing_rows import count_undecided
from lms.core.db import Db


def count_evidence(db: Db, fact: EvidenceOffered | EvidenceSpokeTo | EvidenceWithdrawn, now: datetime) -> None:  # noqa: ARG001  every reaction is told when
    """A piece came, speaks to more, or went: whoever decides on it has more or less in their queue."""
    count_undecided(db, fact.enrolment_id)
