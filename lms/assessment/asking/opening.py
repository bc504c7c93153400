"""Open the standards for a learner who is to be seen at work: on the knowledge course, in the edition they work to."""

from datetime import datetime
from uuid import UUID

from lms.assessment.asking.queries import course_of
from lms.assessment.content import Framework
from lms.assessment.knowledge.mapping import COURSE
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.models import WorkingTo
from lms.assessment.places_opening import open_standards
from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning import services as learning


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


def open_for(db: Db, *, learner_id: UUID, authority_id: UUID, framework: str, by: UUID, now: datetime) -> UUID:
    """Let a learner show an edition of the standards at work; returns the enrolment. Done twice it changes nothing.

    Raises NotFound unless `by` is the learner, or a coordinator of the authority: nobody else puts them on a course.
    """
    enrolment = learning.enrol(db, learner_id=learner_id, authority_id=authority_id, course=COURSE, by=by, now=now)
    open_standards(db, enrolment_id=enrolment, framework=framework, by=by, now=now)
    return enrolment


def opened_of(db: Db, learner_id: UUID, authority_id: UUID) -> UUID | None:
    """The enrolment on which a learner shows the standards at work; None while they are not open. Two queries."""
    enrolment = course_of(db, learner_id, authority_id)
    return enrolment if enrolment is not None and db.get(WorkingTo, enrolment) is not None else None
