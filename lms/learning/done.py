"""What somebody has done in all of their enrolments together, also in those that ended: a fact stays one."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Uuid, bindparam, literal, select, union_all

from lms.core.db import Db
from lms.learning.models import Enrolment, LessonDone, ModuleDone


@dataclass(frozen=True)
class Done:
    """The codes of the lessons that were read to their end, and of the modules whose learning is all done."""

    lessons: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()


def done_by(db: Db, learner_id: UUID, authority_id: UUID | None = None) -> Done:
    """What a learner has done anywhere, or in enrolments with one authority; one query."""
    about = {"learner_id": learner_id, "authority_id": authority_id}
    lessons: list[str] = []
    modules: list[str] = []
    for kind, code in db.execute(_DONE if authority_id is None else _DONE_HERE, about):
        (lessons if kind == _LESSON else modules).append(code)
    return Done(frozenset(lessons), frozenset(modules))


@dataclass(frozen=True)
class Running:
    """A running enrolment in few words."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    course: str
    edition: str


def running_of(db: Db, learner_ids: Collection[UUID]) -> list[Running]:
    """The running enrolments of several people; one query."""
    columns = (Enrolment.id, Enrolment.learner_id, Enrolment.authority_id, Enrolment.course, Enrolment.edition)
    wanted = select(*columns).where(Enrolment.learner_id.in_(learner_ids), Enrolment.ended_at.is_(None))
    return [Running(*row) for row in db.execute(wanted)] if learner_ids else []


_LESSON, _MODULE = 1, 2


def _done(*where: ColumnElement[bool]) -> CompoundSelect[int, str]:
    return union_all(
        select(literal(_LESSON), LessonDone.lesson)
        .join(Enrolment, Enrolment.id == LessonDone.enrolment_id)
        .where(Enrolment.learner_id == bindparam("learner_id", type_=Uuid()), *where),
        select(literal(_MODULE), ModuleDone.module)
        .join(Enrolment, Enrolment.id == ModuleDone.enrolment_id)
        .where(Enrolment.learner_id == bindparam("learner_id", type_=Uuid()), *where),
    )


# Put together once, since it is asked on pages that are opened often; nothing is read that these do not need.
_DONE = _done()
_DONE_HERE = _done(Enrolment.authority_id == bindparam("authority_id", type_=Uuid()))
