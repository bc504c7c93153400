"""Read writing: pieces with their versions and what was said of them, in a constant number of queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning.catalogue import Courses, Module
from lms.learning.models import ActivityText, Enrolment, WrittenWork
from lms.learning.states import Judged, WorkKind, WorkState
from lms.learning.writing.models import Reading, WrittenText
from lms.learning.writing.tasks import Task, module_of, task_of
from lms.people import queries as people


@dataclass(frozen=True)
class Said:
    """What a reader said of a version."""

    reader_id: UUID
    reader_name: str
    judged: Judged
    comment: str
    at: datetime


@dataclass(frozen=True)
class Version:
    """One version of a text, and what was said of it; None while nobody has read it."""

    number: int
    text: str
    at: datetime
    said: Said | None


@dataclass(frozen=True)
class Piece:
    """A piece of writing with every version that was handed over, the newest first."""

    id: UUID
    enrolment_id: UUID
    learner_id: UUID
    authority_id: UUID
    attempt_id: UUID | None
    module: Module | None
    module_code: str
    task: Task | None
    kind: WorkKind
    code: str
    needed: bool
    state: WorkState
    since: datetime
    version: int
    versions: tuple[Version, ...]

    @property
    def latest(self) -> Version:
        """The version that is, or was last, to be read."""
        return self.versions[0]

    @property
    def last_said(self) -> Said | None:
        """What was said last, of whichever version."""
        return next((version.said for version in self.versions if version.said), None)


def piece(db: Db, work_id: UUID) -> Piece:
    """One piece of writing, whoever wrote it. Raises NotFound. For views that have looked at who may see it."""
    found = _pieces(db, WrittenWork.id == work_id)
    if not found:
        raise NotFound("text")
    return found[0]


def own_piece(db: Db, work_id: UUID, learner_id: UUID) -> Piece:
    """A learner's own piece of writing. Raises NotFound for anybody else's."""
    found = _pieces(db, and_(WrittenWork.id == work_id, WrittenWork.learner_id == learner_id))
    if not found:
        raise NotFound("text")
    return found[0]


def pieces_of(db: Db, learner_id: UUID, *, limit: int = 500) -> list[Piece]:
    """Everything a learner has handed over, the latest first; three queries."""
    return _pieces(db, WrittenWork.learner_id == learner_id, limit=limit)


def pieces_in(db: Db, attempt_id: UUID) -> dict[str, Piece]:
    """What was written in one attempt at a check, by question."""
    return {found.code: found for found in _pieces(db, WrittenWork.attempt_id == attempt_id)}


def activity_piece(db: Db, enrolment_id: UUID, activity: str) -> Piece | None:
    """What was handed over for an activity; None while nothing was."""
    here = and_(
        WrittenWork.enrolment_id == enrolment_id, WrittenWork.code == activity, WrittenWork.kind == WorkKind.ACTIVITY
    )
    return next(iter(_pieces(db, here)), None)


def _pieces(db: Db, condition: ColumnElement[bool], *, limit: int = 500) -> list[Piece]:
    rows = db.execute(
        select(WrittenWork, Enrolment.course)
        .join(Enrolment, Enrolment.id == WrittenWork.enrolment_id)
        .where(condition)
        .order_by(WrittenWork.since.desc(), WrittenWork.id)
        .limit(limit)
    ).all()
    texts = _versions(db, [row.id for row, _ in rows])
    courses = shelf(db, Courses)
    return [_piece(row, module_of(courses, course, row.module, row.edition), texts[row.id]) for row, course in rows]


def _piece(row: WrittenWork, module: Module | None, versions: Sequence[Version]) -> Piece:
    return Piece(
        id=row.id,
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        authority_id=row.authority_id,
        attempt_id=row.attempt_id,
        module=module,
        module_code=row.module,
        task=task_of(module, row.kind, row.code),
        kind=row.kind,
        code=row.code,
        needed=row.needed,
        state=row.state,
        since=row.since,
        version=row.version,
        versions=tuple(versions),
    )


def _versions(db: Db, work_ids: Collection[UUID]) -> dict[UUID, list[Version]]:
    """Every version of several pieces, the newest first, each with what was said of it; two queries."""
    found: dict[UUID, list[Version]] = {work_id: [] for work_id in work_ids}
    if not work_ids:
        return found
    rows: Sequence[Any] = db.execute(  # of an outer join, whose second half may be missing
        select(WrittenText, Reading)
        .outerjoin(Reading, and_(Reading.work_id == WrittenText.work_id, Reading.version == WrittenText.version))
        .where(WrittenText.work_id.in_(work_ids))
        .order_by(WrittenText.version.desc())
    ).all()
    names = people.persons(db, {reading.reader_id for _, reading in rows if reading})
    for text, reading in rows:
        said = (
            Said(reading.reader_id, names[reading.reader_id].name, reading.judged, reading.comment, reading.at)
            if reading
            else None
        )
        found[text.work_id].append(Version(text.version, text.text, text.handed_over_at, said))
    return found


@dataclass(frozen=True)
class News:
    """Something a reader sent, for the learner's home page."""

    work_id: UUID
    reader_name: str
    judged: Judged
    commented: bool
    task: Task | None


_each = aliased(Reading)
_last = select(func.max(_each.version)).where(_each.work_id == WrittenWork.id).correlate(WrittenWork)
_fresh = and_(WrittenWork.state == WorkState.MET, Reading.at >= bindparam("since"), Reading.comment != "")
_NEWS = (  # put together once, since every home page of a learner asks it
    select(
        WrittenWork.id,
        WrittenWork.module,
        WrittenWork.edition,
        WrittenWork.kind,
        WrittenWork.code,
        Reading.reader_id,
        Reading.judged,
        Reading.comment,
        Enrolment.course,
    )
    .select_from(WrittenWork)
    .join(Reading, and_(Reading.work_id == WrittenWork.id, Reading.version == _last.scalar_subquery()))
    .join(Enrolment, Enrolment.id == WrittenWork.enrolment_id)
    .where(WrittenWork.learner_id == bindparam("learner_id"), or_(WrittenWork.state == WorkState.SENT_BACK, _fresh))
    .order_by(Reading.at.desc())
    .limit(10)
)


def news_for(db: Db, learner_id: UUID, *, since: datetime) -> list[News]:
    """What readers said: texts that came back until they are answered, comments on met ones since a moment."""
    rows = columns(db, _NEWS, {"learner_id": learner_id, "since": since}).all()
    if not rows:
        return []
    names = people.persons(db, {row.reader_id for row in rows})
    courses = shelf(db, Courses)
    return [
        News(
            row.id,
            names[row.reader_id].name,
            row.judged,
            bool(row.comment),
            task_of(module_of(courses, row.course, row.module, row.edition), row.kind, row.code),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Kept:
    """A text of an activity that is not finished, or was before anybody could read it here: only its learner's."""

    enrolment_id: UUID
    module: Module | None
    module_code: str
    task: Task | None
    text: str
    saved_at: datetime


def kept_by(db: Db, learner_id: UUID) -> list[Kept]:
    """The latest text of each activity of which somebody wrote something nobody was given, the latest first."""
    given = func.coalesce(ActivityText.given_at, ActivityText.saved_at)
    place = func.row_number().over(
        partition_by=(ActivityText.enrolment_id, ActivityText.activity),
        order_by=(given.desc(), ActivityText.given_id.desc(), ActivityText.number.desc()),
    )
    numbered = (
        select(ActivityText.number, place.label("place"))
        .join(Enrolment, Enrolment.id == ActivityText.enrolment_id)
        .where(Enrolment.learner_id == learner_id)
        .subquery()
    )
    handed_over = select(WrittenText.text).join(WrittenWork, WrittenWork.id == WrittenText.work_id)
    same = handed_over.where(
        WrittenWork.enrolment_id == ActivityText.enrolment_id,
        WrittenWork.code == ActivityText.activity,
        WrittenText.version == WrittenWork.version,
        WrittenText.text == ActivityText.text,
    )
    rows = db.execute(
        select(ActivityText, Enrolment.course, Enrolment.editions)
        .join(numbered, and_(numbered.c.number == ActivityText.number, numbered.c.place == 1))
        .join(Enrolment, Enrolment.id == ActivityText.enrolment_id)
        .where(~same.exists())
        .order_by(ActivityText.saved_at.desc())
        .limit(500)
    ).all()
    courses, found = shelf(db, Courses), []
    for row, course, editions in rows:
        module = module_of(courses, course, row.module, (editions or {}).get(row.module))
        task = task_of(module, WorkKind.ACTIVITY, row.activity)
        found.append(Kept(row.enrolment_id, module, row.module, task, row.text, row.saved_at))
    return found
