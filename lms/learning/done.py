"""What somebody has done in all of their enrolments together, also in those that ended: a fact stays one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Uuid, bindparam, literal, select, union_all

from lms.core.db import Db, columns
from lms.learning.models import Enrolment, LessonDone, ModuleDone, PriorOutcome


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
class Study:
    """A module whose learning was all done, in which edition, and when (aware UTC).

    `prior` are the outcomes that were not studied but accepted as prior learning. `id` is None for a module that was
    accepted so as a whole: nobody studied it, and `at` is when it was accepted.
    """

    id: UUID | None
    enrolment_id: UUID
    authority_id: UUID
    module: str
    edition: str
    at: datetime
    prior: tuple[str, ...] = ()


def studies_of(db: Db, learner_id: UUID) -> tuple[Study, ...]:
    """Every module somebody has studied, in any enrolment, the first first; one query."""
    rows = columns(db, _STUDIES, {"learner_id": learner_id})
    return tuple(Study(*row[:-1], prior=tuple(row[-1] or ())) for row in rows)


def accepted_of(db: Db, learner_id: UUID, modules: Collection[str]) -> tuple[Study, ...]:
    """Those of these modules that were accepted as prior learning as a whole; one query."""
    rows = columns(db, _ACCEPTED, {"learner_id": learner_id, "modules": list(modules)}) if modules else ()
    return tuple(Study(None, here, authority, code, "", at, (code,)) for here, authority, code, at in rows)


_STUDIES = (
    select(
        ModuleDone.id,
        ModuleDone.enrolment_id,
        Enrolment.authority_id,
        ModuleDone.module,
        ModuleDone.edition,
        ModuleDone.studied_at,
        ModuleDone.prior,
    )
    .join(Enrolment, Enrolment.id == ModuleDone.enrolment_id)
    .where(Enrolment.learner_id == bindparam("learner_id", type_=Uuid()))
    .order_by(ModuleDone.studied_at, ModuleDone.id)
)
_ACCEPTED = (
    select(PriorOutcome.enrolment_id, Enrolment.authority_id, PriorOutcome.outcome, PriorOutcome.accepted_at)
    .join(Enrolment, Enrolment.id == PriorOutcome.enrolment_id)
    .where(
        Enrolment.learner_id == bindparam("learner_id", type_=Uuid()),
        PriorOutcome.outcome.in_(bindparam("modules", expanding=True)),
    )
    .order_by(PriorOutcome.accepted_at)
)


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
    about = (Enrolment.id, Enrolment.learner_id, Enrolment.authority_id, Enrolment.course, Enrolment.edition)
    wanted = select(*about).where(Enrolment.learner_id.in_(learner_ids), Enrolment.ended_at.is_(None))
    return [Running(*row) for row in db.execute(wanted)] if learner_ids else []


def running_after(db: Db, after: UUID | None, *, limit: int) -> list[UUID]:
    """The ids of the next running enrolments in the order of their ids; None: from the first. One query."""
    wanted = select(Enrolment.id).where(Enrolment.ended_at.is_(None))
    wanted = wanted.where(Enrolment.id > after) if after is not None else wanted
    return list(db.scalars(wanted.order_by(Enrolment.id).limit(limit)))


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
