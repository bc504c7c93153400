"""Keeps the place somebody reached in a lesson, so that they go on there, on another device too. Part of services."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning.models import Enrolment, LessonDone, ReadingPlace
from lms.learning.pins import pinned
from lms.learning.shelf.sections import sections


def keep_place(db: Db, *, enrolment_id: UUID, module: str, lesson: str, section: int, by: UUID, now: datetime) -> None:
    """Keep the section of a lesson that was reached; a later one, or one further up, takes its place.

    Nothing is kept of a lesson that is finished, nor after the course has ended. Raises NotFound for what is not in
    the learner's own course.
    """
    row = db.scalar(select(Enrolment).where(Enrolment.id == enrolment_id).with_for_update())
    if row is None or row.learner_id != by:
        raise NotFound("enrolment")
    taught = pinned(db, row, module)
    found = taught.lesson(lesson)
    if not 1 <= section <= len(sections(found.english.body)):
        raise NotFound("section")
    done = select(LessonDone.id).where(LessonDone.enrolment_id == row.id, LessonDone.lesson == lesson)
    if row.ended_at is not None or db.scalar(done) is not None:
        return
    place = db.get(ReadingPlace, (row.id, lesson))
    if place is None:
        place = ReadingPlace(enrolment_id=row.id, lesson=lesson)
        db.add(place)
    place.section, place.edition, place.reached_at = section, found.edition_in(taught), now
    db.flush()


def forget_place(db: Db, enrolment_id: UUID, lesson: str) -> None:
    """Take the place out of a lesson that is finished."""
    db.execute(delete(ReadingPlace).where(ReadingPlace.enrolment_id == enrolment_id, ReadingPlace.lesson == lesson))
