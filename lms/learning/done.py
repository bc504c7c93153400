"""What somebody has done in all of their enrolments together, also in those that ended: a fact stays one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, literal, select, union_all

from lms.core.db import Db
from lms.learning.models import Enrolment, LessonDone, ModuleDone


@dataclass(frozen=True)
class Done:
    """Lessons that were read to their end and modules whose learning is all done, by code, with the first moment."""

    lessons: Mapping[str, datetime] = field(default_factory=dict)
    modules: Mapping[str, datetime] = field(default_factory=dict)


def done_by(db: Db, learner_id: UUID, authority_id: UUID | None = None) -> Done:
    """What a learner has done anywhere, or in enrolments with one authority; one query."""
    lessons: dict[str, datetime] = {}
    modules: dict[str, datetime] = {}
    for kind, authority, code, at in db.execute(_DONE, {"learner_id": learner_id}):
        if authority_id in (None, authority):
            (lessons if kind == "lesson" else modules).setdefault(code, at)
    return Done(lessons, modules)


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


# Put together once, since it is asked on pages that are opened often.
_LEARNER = bindparam("learner_id", type_=Uuid())
_DONE = union_all(
    select(literal("lesson"), Enrolment.authority_id, LessonDone.lesson, LessonDone.studied_at.label("at"))
    .join(Enrolment, Enrolment.id == LessonDone.enrolment_id)
    .where(Enrolment.learner_id == _LEARNER),
    select(literal("module"), Enrolment.authority_id, ModuleDone.module, ModuleDone.studied_at)
    .join(Enrolment, Enrolment.id == ModuleDone.enrolment_id)
    .where(Enrolment.learner_id == _LEARNER),
).order_by("at")
