"""Enrol many people at once, and take enrolments back on which nothing was done. Part of the services of this room."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, select

from lms.core.db import Db, columns, write_values
from lms.core.events import record_all
from lms.core.shelves import shelf
from lms.core.words import Refused
from lms.learning import services
from lms.learning.catalogue import Courses
from lms.learning.events import EnrolmentTakenBack, LearnerEnrolled
from lms.learning.models import Enrolment


class Enrolled(NamedTuple):
    """An enrolment that was made."""

    id: UUID
    learner_id: UUID
    course: str


def enrol_many(
    db: Db, wanted: Iterable[tuple[UUID, str]], *, authority_id: UUID, by: UUID | None, now: datetime
) -> list[Enrolled]:
    """Enrol people on courses for PAs for an authority; returns the new enrolments. `by` None: the learners themselves.

    Whoever is on that course there already is left as they are. Who studies something else already is enrolled as by
    `services.enrol`, with what they did elsewhere. Raises NotFound for a course nobody has written.
    """
    asked = list(dict.fromkeys(wanted))
    courses = shelf(db, Courses)
    if any(not courses.course(course).for_pas for course in {course for _learner, course in asked}):
        raise Refused("This course is for somebody else.")
    there = columns(db, _RUNNING, {"ids": [learner_id for learner_id, _course in asked]}).all()
    running = {(row.learner_id, row.course) for row in there if row.authority_id == authority_id}
    studies = {row.learner_id for row in there}
    missing = [each for each in asked if each not in running]
    first = {learner_id: course for learner_id, course in reversed(missing) if learner_id not in studies}
    found = _first_ones(db, first, authority_id, by, now)
    for learner_id, course in missing:
        if first.get(learner_id) != course:
            id = services.enrol(
                db, learner_id=learner_id, authority_id=authority_id, course=course, by=by or learner_id, now=now
            )
            found.append(Enrolled(id, learner_id, course))
    return found


def _first_ones(db: Db, wanted: dict[UUID, str], authority_id: UUID, by: UUID | None, now: datetime) -> list[Enrolled]:
    """Enrol people who study nothing yet: nothing they did elsewhere has to be counted."""
    courses = shelf(db, Courses)
    editions = {
        course: {module.code: module.edition for module in courses.modules_of(course) if module.ready}
        for course in set(wanted.values())
    }
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "learner_id": learner_id,
            "authority_id": authority_id,
            "course": course,
            "edition": courses.course(course).edition,
            "enrolled_at": now,
            "enrolled_by": by or learner_id,
            "editions": editions[course],
        }
        for learner_id, course in wanted.items()
    ]
    write_values(db, Enrolment, rows)
    made = [Enrolled(row["id"], row["learner_id"], row["course"]) for row in rows]
    facts = [
        LearnerEnrolled(
            about=each.learner_id,
            enrolment_id=each.id,
            course=each.course,
            edition=courses.course(each.course).edition,
        )
        for each in made
    ]
    record_all(db, facts, by=by, now=now)
    return made


def take_back(db: Db, enrolments: Sequence[Enrolled], *, authority_id: UUID, by: UUID | None, now: datetime) -> None:
    """Take enrolments back; the caller has seen to it that nothing was done on them. The record keeps both facts."""
    facts = [
        EnrolmentTakenBack(about=each.learner_id, enrolment_id=each.id, authority_id=authority_id, course=each.course)
        for each in enrolments
    ]
    record_all(db, facts, by=by, now=now)  # first: what other rooms worked out names the enrolment
    db.flush()
    for start in range(0, len(enrolments), 500):
        ids = [each.id for each in enrolments[start : start + 500]]
        db.connection().execute(_GONE, {"ids": ids})


_IDS: Any = bindparam("ids", expanding=True)
_RUNNING = select(Enrolment.learner_id, Enrolment.authority_id, Enrolment.course).where(
    Enrolment.learner_id.in_(_IDS), Enrolment.ended_at.is_(None)
)
_GONE = delete(Enrolment).where(Enrolment.id.in_(_IDS))
