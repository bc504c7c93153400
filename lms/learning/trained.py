"""Read on which day people finished a course: for whoever counts the share of a group that is trained."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.learning.models import Enrolment, ModuleDone


def trained_on(
    db: Db, authority_id: UUID, courses: Collection[str], learner_ids: Collection[UUID]
) -> dict[tuple[str, UUID], date]:
    """By course and learner the first day on which every module of the course was finished for an authority. One query.

    Enrolments that ended count as well: what somebody finished stays. Who has not finished is not in it.
    """
    values = {"authority_id": authority_id, "courses": list(courses), "learner_ids": list(learner_ids)}
    taught, done = shelf(db, Courses), defaultdict[UUID, dict[str, datetime]](dict)
    rows = columns(db, _DONE, values).all() if courses and learner_ids else []
    for row in rows:
        done[row.id][row.module] = row.studied_at
    found: dict[tuple[str, UUID], date] = {}
    for row in {row.id: row for row in rows}.values():
        asked = {module.code for module in taught.modules_of(row.course, row.editions or {})}
        if asked and asked <= done[row.id].keys():
            day = london_day(max(done[row.id][code] for code in asked))
            whose = (row.course, row.learner_id)
            found[whose] = min(day, found.get(whose, day))
    return found


_DONE = (
    select(
        Enrolment.id,
        Enrolment.course,
        Enrolment.learner_id,
        Enrolment.editions,
        ModuleDone.module,
        ModuleDone.studied_at,
    )
    .join(ModuleDone, ModuleDone.enrolment_id == Enrolment.id)
    .where(
        Enrolment.authority_id == bindparam("authority_id"),
        Enrolment.course.in_(bindparam("courses", expanding=True)),
        Enrolment.learner_id.in_(bindparam("learner_ids", expanding=True)),
    )
)


def enrolled(db: Db, authority_id: UUID, course: str, learner_ids: Collection[UUID]) -> set[UUID]:
    """Who of these is on a course now. One query."""
    values = {"authority_id": authority_id, "courses": [course], "learner_ids": list(learner_ids)}
    return {row.learner_id for row in columns(db, _ON_IT, values)} if learner_ids else set()


_ON_IT = select(Enrolment.learner_id).where(
    Enrolment.authority_id == bindparam("authority_id"),
    Enrolment.course.in_(bindparam("courses", expanding=True)),
    Enrolment.learner_id.in_(bindparam("learner_ids", expanding=True)),
    Enrolment.ended_at.is_(None),
)
