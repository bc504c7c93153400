"""Read what waits for a reader, oldest first, and who has it open. Part of the queries of writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses, Module
from lms.learning.models import Enrolment, WrittenWork
from lms.learning.states import Judged, WorkKind, WorkState
from lms.learning.writing.models import Draft, Lease
from lms.learning.writing.rules import Held
from lms.learning.writing.tasks import Task, module_of, task_of
from lms.people import queries as people


@dataclass(frozen=True)
class Scope:
    """Whose texts a reader may open: of these enrolments, and of everybody behind these walls; never one's own."""

    reader: UUID
    enrolments: frozenset[UUID] = frozenset()
    authorities: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Waiting:
    """A text in the list of those who read, with who has it open now."""

    work_id: UUID
    learner_id: UUID
    learner_name: str
    module: Module | None
    task: Task | None
    kind: WorkKind
    version: int
    since: datetime
    reader_id: UUID | None
    reader_name: str | None
    until: datetime | None


def _open_to(scope: Scope, module: str | None = None) -> ColumnElement[bool]:
    here = or_(WrittenWork.enrolment_id.in_(scope.enrolments), WrittenWork.authority_id.in_(scope.authorities))
    running = select(Enrolment.id).where(Enrolment.id == WrittenWork.enrolment_id, Enrolment.ended_at.is_(None))
    of_module = [WrittenWork.module == module] if module else []
    waits = WrittenWork.state == WorkState.WAITING
    return and_(
        waits, here, WrittenWork.learner_id != scope.reader, running.correlate(WrittenWork).exists(), *of_module
    )


_OLDEST_FIRST = (WrittenWork.since, WrittenWork.id)


def free(scope: Scope, *, now: datetime, module: str | None = None) -> Select[WrittenWork]:
    """The texts nobody has open, the one that has waited longest first."""
    held_now = select(Lease.work_id).where(Lease.work_id == WrittenWork.id, Lease.until > now)
    return select(WrittenWork).where(_open_to(scope, module), ~held_now.exists()).order_by(*_OLDEST_FIRST)


def opened_by(scope: Scope, *, now: datetime, module: str | None = None) -> Select[WrittenWork]:
    """The texts a reader has open already."""
    mine = select(Lease.work_id).where(
        Lease.work_id == WrittenWork.id, Lease.until > now, Lease.reader_id == scope.reader
    )
    return select(WrittenWork).where(_open_to(scope, module), mine.exists()).order_by(*_OLDEST_FIRST)


def some_waiting(db: Db, scope: Scope, *, most: int) -> int:
    """How many texts wait for a reader, counted no further than `most`: enough for a word on a home page."""
    values = {"reader": scope.reader, "enrolments": list(scope.enrolments), "authorities": list(scope.authorities)}
    return columns(db, _SOME, {**values, "most": most}).scalar_one()


_ANY_SCOPE: Any = Scope(
    reader=bindparam("reader", type_=Uuid()),  # type: ignore[arg-type]  # what a statement is put together with once
    enrolments=bindparam("enrolments", type_=Uuid(), expanding=True),  # type: ignore[arg-type]
    authorities=bindparam("authorities", type_=Uuid(), expanding=True),  # type: ignore[arg-type]
)
_SOME = select(func.count()).select_from(
    select(WrittenWork.id).where(_open_to(_ANY_SCOPE)).limit(bindparam("most")).subquery()
)


def count_waiting(db: Db, scope: Scope) -> int:
    """How many texts wait for a reader."""
    return db.scalar(select(func.count()).select_from(WrittenWork).where(_open_to(scope))) or 0


def modules_waiting(db: Db, scope: Scope) -> list[tuple[str, int]]:
    """The modules texts wait in, with how many, by code."""
    counted = select(WrittenWork.module, func.count()).where(_open_to(scope)).group_by(WrittenWork.module)
    return [(module, count) for module, count in db.execute(counted.order_by(WrittenWork.module))]


def waiting(
    db: Db, scope: Scope, *, now: datetime, module: str | None = None, offset: int = 0, limit: int | None = None
) -> list[Waiting]:
    """The texts that wait for a reader, the one that has waited longest first; two queries."""
    rows: Sequence[Any] = db.execute(  # of an outer join, whose second half may be missing
        select(WrittenWork, Lease, Enrolment.course)
        .select_from(WrittenWork)
        .join(Enrolment, Enrolment.id == WrittenWork.enrolment_id)
        .outerjoin(Lease, and_(Lease.work_id == WrittenWork.id, Lease.until > now))
        .where(_open_to(scope, module))
        .order_by(*_OLDEST_FIRST)
        .offset(offset)
        .limit(limit)
    ).all()
    ids = {row.learner_id for row, _, _ in rows} | {lease.reader_id for _, lease, _ in rows if lease}
    names = people.persons(db, ids)
    courses = shelf(db, Courses)
    found = []
    for row, lease, course in rows:
        taught = module_of(courses, course, row.module, row.edition)
        found.append(
            Waiting(
                work_id=row.id,
                learner_id=row.learner_id,
                learner_name=names[row.learner_id].name,
                module=taught,
                task=task_of(taught, row.kind, row.code),
                kind=row.kind,
                version=row.version,
                since=row.since,
                reader_id=lease.reader_id if lease else None,
                reader_name=names[lease.reader_id].name if lease else None,
                until=lease.until if lease else None,
            )
        )
    return found


def held_now(db: Db, work_id: UUID) -> Held | None:
    """Who has a text open, or had it last."""
    row = db.scalar(select(Lease).where(Lease.work_id == work_id))
    return Held(row.reader_id, row.until) if row else None


@dataclass(frozen=True)
class DraftView:
    """What a reader has typed about a text so far."""

    version: int
    judged: Judged | None
    comment: str
    saved_at: datetime


def draft_of(db: Db, work_id: UUID, reader_id: UUID) -> DraftView | None:
    """A reader's own draft; None when there is none."""
    row = db.get(Draft, (work_id, reader_id))
    return DraftView(row.version, row.judged, row.comment, row.saved_at) if row else None
