"""What a certificate is earned in: an enrolment or an attendance."""

from dataclasses import dataclass
from uuid import UUID

from lms.certification.attendance.queries import Attended, attended
from lms.certification.content import By
from lms.core.db import Db
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a certificate is earned in: an enrolment, or an attendance."""

    id: UUID
    holder_id: UUID
    authority_id: UUID
    enrolment: EnrolmentView | None = None
    attended: Attended | None = None


def source_of(db: Db, earned: By, source_id: UUID) -> Source:
    """The source with this id. Raises NotFound."""
    if earned is By.ATTENDANCE:
        found = attended(db, source_id)
        return Source(id=found.id, holder_id=found.person_id, authority_id=found.authority_id, attended=found)
    return of_enrolment(learning.enrolment(db, source_id))


def of_enrolment(each: EnrolmentView) -> Source:
    """An enrolment as a source."""
    return Source(id=each.id, holder_id=each.learner_id, authority_id=each.authority_id, enrolment=each)
