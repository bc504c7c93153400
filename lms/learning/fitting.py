"""Whom a course is for: whether somebody holds, behind an authority's wall, a role that lets them study it."""

from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.core.words import N_, Refused
from lms.learning.audiences import ROLES
from lms.learning.catalogue import Course
from lms.people import queries as people


def is_for(db: Db, course: Course, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether somebody may study a course for an authority on a day. One for PAs is open to whoever is enrolled."""
    if course.for_pas:
        return True
    someone = people.viewer_of(db, person_id, on)
    roles = {role for audience in course.audience for role in ROLES[audience]}
    return someone is not None and authority_id in someone.authorities(*roles)


def refuse_who_it_is_not_for(db: Db, course: Course, person_id: UUID, authority_id: UUID, on: date) -> None:
    """Refused when a course for employers or staff is not for somebody."""
    if not is_for(db, course, person_id, authority_id, on):
        raise Refused(N_("This course is for somebody else. Choose one that fits what they do here."))
