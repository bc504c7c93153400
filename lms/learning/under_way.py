"""Read how learners get on, many at once, for whoever looks after them: days and counts, nothing of what is said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, bindparam, func, literal_column, select, union_all

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.learning.models import ActivityText, Attempt, Enrolment, LessonDone, ModuleDone, WrittenWork
from lms.learning.states import WorkState


@dataclass(frozen=True)
class UnderWay:
    """One enrolment, ended ones too. `unread` and `sent_back`: since when the first text of each kind is so.

    `last_on`: when the learner did something last. `studied_on`: when all modules of the course were done.
    """

    id: UUID
    learner_id: UUID
    authority_id: UUID
    course: str
    started_on: date
    left_on: date | None
    last_on: date | None = None
    unread: date | None = None
    sent_back: date | None = None
    studied_on: date | None = None


def of_learners(db: Db, learner_ids: Collection[UUID]) -> list[UnderWay]:
    """Every enrolment of these people on a course for PAs. Two queries."""
    return _filled(db, columns(db, _OF_LEARNERS, {"ids": list(learner_ids), **_others(db)}).all())


def _others(db: Db) -> dict[str, list[str]]:
    """Courses for employers and staff: whoever studies them is no PA under way."""
    return {"others": list(shelf(db, Courses).not_for_pas())}


def learners_after(db: Db, after: UUID | None, *, limit: int) -> list[UUID]:
    """Some of those who are or were ever enrolled as PAs, by id after another: for going through everybody."""
    values = {"after": after or UUID(int=0), "limit": limit, **_others(db)}
    return [row[0] for row in columns(db, _AFTER, values)]


def learners_without(db: Db, kept: ColumnElement[UUID], *, limit: int) -> list[UUID]:
    """Some who have an enrolment that is not named in a column of another room's table."""
    there = select(kept).where(kept == Enrolment.id).exists()
    wanted = select(Enrolment.learner_id).where(~there, _FOR_PAS).distinct().limit(limit)
    return [row[0] for row in columns(db, wanted, _others(db))]


def _filled(db: Db, rows: Collection[Any]) -> list[UnderWay]:
    days: dict[UUID, dict[str, datetime]] = {row.id: {} for row in rows}
    modules: dict[UUID, int] = {}
    if rows:
        for enrolment_id, what, at, many in columns(db, _DAYS, {"ids": list(days)}):
            days[enrolment_id][what] = at
            if what == _MODULES:
                modules[enrolment_id] = many
    courses = shelf(db, Courses)
    return [_one(row, days[row.id], modules.get(row.id, 0), courses) for row in rows]


def _one(row: Any, days: dict[str, datetime], modules: int, courses: Courses) -> UnderWay:
    did = [days[what] for what in (_LESSONS, _TEXTS, _CHECKS, _MODULES) if what in days]
    asked = len(courses.modules_of(row.course, row.editions or {}))
    return UnderWay(
        row.id,
        row.learner_id,
        row.authority_id,
        row.course,
        london_day(row.enrolled_at),
        london_day(row.ended_at) if row.ended_at else None,
        london_day(max(did)) if did else None,
        london_day(days[_UNREAD]) if _UNREAD in days else None,
        london_day(days[_SENT_BACK]) if _SENT_BACK in days else None,
        studied_on=london_day(days[_MODULES]) if 0 < asked <= modules else None,
    )


_LESSONS, _TEXTS, _CHECKS, _MODULES, _UNREAD, _SENT_BACK = "lessons", "texts", "checks", "modules", "unread", "back"
_IDS: Any = bindparam("ids", type_=Uuid(), expanding=True)
_FOR_PAS = Enrolment.course.not_in(bindparam("others", expanding=True))


def _each(what: str, table: Any, at: Any) -> Select[*tuple[Any, ...]]:
    name: ColumnElement[str] = literal_column(f"'{what}'")
    return (
        select(table.enrolment_id, name, at, func.count())
        .where(table.enrolment_id.in_(_IDS))
        .group_by(table.enrolment_id)
    )


def _written(what: str, state: WorkState) -> Select[*tuple[Any, ...]]:
    """Texts that a step waits for: nothing stands still for one that is only read."""
    waits = (WrittenWork.needed, WrittenWork.met_at.is_(None), WrittenWork.state == state)
    return _each(what, WrittenWork, func.min(WrittenWork.since)).where(*waits)


# Put together once: every fact about a learner asks it.
_DAYS = union_all(
    _each(_LESSONS, LessonDone, func.max(LessonDone.studied_at)),
    _each(_TEXTS, ActivityText, func.max(ActivityText.saved_at)),
    _each(_CHECKS, Attempt, func.max(Attempt.finished_at)).where(Attempt.finished_at.is_not(None)),
    _each(_MODULES, ModuleDone, func.max(ModuleDone.studied_at)),
    _written(_UNREAD, WorkState.WAITING),
    _written(_SENT_BACK, WorkState.SENT_BACK),
)
_ENROLMENTS = select(
    Enrolment.id,
    Enrolment.learner_id,
    Enrolment.authority_id,
    Enrolment.course,
    Enrolment.editions,
    Enrolment.enrolled_at,
    Enrolment.ended_at,
)
_OF_LEARNERS = _ENROLMENTS.where(Enrolment.learner_id.in_(_IDS), _FOR_PAS).order_by(Enrolment.id)
_AFTER = (
    select(Enrolment.learner_id)
    .where(Enrolment.learner_id > bindparam("after", type_=Uuid()), _FOR_PAS)
    .distinct()
    .order_by(Enrolment.learner_id)
    .limit(bindparam("limit"))
)


def count_learners(db: Db) -> int:
    """How many people are or were ever enrolled as PAs."""
    return columns(db, select(func.count(Enrolment.learner_id.distinct())).where(_FOR_PAS), _others(db)).scalar_one()
