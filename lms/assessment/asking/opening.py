"""Open the standards for a learner who is to be seen at work: on the knowledge course, in the edition they work to."""

from datetime import datetime
from uuid import UUID

from lms.assessment.content import Framework
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.models import WorkingTo
from lms.assessment.places_opening import open_standards
from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.learning import services as learning_services


def edition_for(db: Db, learner_id: UUID, authority_id: UUID) -> Framework:
    """The edition of the standards a learner works to behind a wall: the one begun, else the newest. Raises NotFound.

    Three queries.
    """
    there = frameworks_for(db, authority_id)
    enrolment = course_of(db, learner_id, authority_id)
    begun = db.get(WorkingTo, enrolment) if enrolment is not None else None
    if begun is not None:
        return there.framework(begun.framework)
    newest = next(iter(there.standards()), None)
    if newest is None:
        raise NotFound("framework")
    return newest


def course_of(db: Db, learner_id: UUID, authority_id: UUID) -> UUID | None:
    """A learner's enrolment on the knowledge course behind a wall, where they have one. One query."""
    mine = learning.enrolments_of(db, learner_id)
    found = (one.id for one in mine if one.course == COURSE and one.authority_id == authority_id)
    return next(found, None)


def open_for(db: Db, *, learner_id: UUID, authority_id: UUID, framework: str, by: UUID, now: datetime) -> UUID:
    """Let a learner show an edition of the standards at work; returns the enrolment. Done twice it changes nothing."""
    enrolment = learning_services.enrol(
        db, learner_id=learner_id, authority_id=authority_id, course=COURSE, by=by, now=now
    )
    open_standards(db, enrolment_id=enrolment, framework=framework, by=by, now=now)
    return enrolment
