"""What learning writes when something happens elsewhere."""

from datetime import datetime

import structlog

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import services
from lms.learning.catalogue import Courses
from lms.people.events import InvitationAccepted
from lms.people.rules import Role

log = structlog.get_logger(__name__)


def enrol_on_joining(db: Db, fact: InvitationAccepted, now: datetime) -> None:
    """Enrol a learner who joined on the course their invitation names. One that is gone does not stop them joining."""
    if fact.role not in {Role.PA, Role.LEARNER} or fact.course is None:
        return
    if fact.course not in shelf(db, Courses).courses:
        log.warning("course_of_invitation_missing", course=fact.course, invitation=str(fact.invitation_id))
        return
    services.enrol(
        db, learner_id=fact.about, authority_id=fact.authority_id, course=fact.course, by=fact.about, now=now
    )
