"""Read study on paper: sheets that were made, what was recorded from paper, and what is printed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning.models import Attempt
from lms.learning.paper.models import PaperPrint, PaperRecord, PaperSheet
from lms.learning.paper.rules import sheet_number
from lms.learning.questions import Mark
from lms.people import queries as people


@dataclass(frozen=True)
class SheetView:
    """A sheet whose check is open: its short number, and the name that stands on it."""

    attempt_id: UUID
    module: str
    name: str
    made_at: datetime

    @property
    def number(self) -> str:
        """What stands on every page of it."""
        return sheet_number(self.attempt_id)


@dataclass(frozen=True)
class RecordView:
    """What was recorded from paper, by whom and for which organisation. `questions` and `lessons` are codes."""

    id: UUID
    enrolment_id: UUID
    module: str
    attempt_id: UUID | None
    learner_id: UUID
    questions: frozenset[str]
    lessons: tuple[str, ...]
    activity: bool
    handed_in: bool
    paper: str
    recorded_by: UUID
    recorder_name: str
    recorded_at: datetime


def open_sheets(db: Db, enrolment_id: UUID) -> dict[str, SheetView]:
    """The sheets of an enrolment whose checks are open, by module."""
    rows = db.execute(
        select(PaperSheet, Attempt.module)
        .join(Attempt, Attempt.id == PaperSheet.attempt_id)
        .where(Attempt.enrolment_id == enrolment_id, Attempt.finished_at.is_(None))
    )
    return {module: SheetView(row.attempt_id, module, row.name, row.made_at) for row, module in rows}


def records_of(db: Db, enrolment_id: UUID) -> list[RecordView]:
    """Everything that was recorded from paper in an enrolment, the latest first."""
    return _records(db, PaperRecord.enrolment_id == enrolment_id)


def records_of_attempt(db: Db, attempt_id: UUID) -> list[RecordView]:
    """What was recorded from paper for one attempt, the latest first."""
    return _records(db, PaperRecord.attempt_id == attempt_id)


def record(db: Db, record_id: UUID) -> RecordView:
    """One record. Raises NotFound."""
    found = _records(db, PaperRecord.id == record_id)
    if not found:
        raise NotFound("paper record")
    return found[0]


def _records(db: Db, condition: Any) -> list[RecordView]:
    rows = db.scalars(select(PaperRecord).where(condition).order_by(PaperRecord.recorded_at.desc(), PaperRecord.id))
    found = rows.all()
    names = people.persons(db, {row.recorded_by for row in found}) if found else {}
    return [
        RecordView(
            id=row.id,
            enrolment_id=row.enrolment_id,
            module=row.module,
            attempt_id=row.attempt_id,
            learner_id=row.learner_id,
            questions=frozenset(row.answers),
            lessons=tuple(row.lessons),
            activity=row.activity is not None,
            handed_in=row.handed_in,
            paper=row.paper,
            recorded_by=row.recorded_by,
            recorder_name=names[row.recorded_by].name,
            recorded_at=row.recorded_at,
        )
        for row in found
    ]


@dataclass(frozen=True)
class CameOfAttempt:
    """What came of an attempt that was handed in."""

    number: int
    percent: int
    passed: bool
    asked: int
    right: int


def results_of(db: Db, attempt_ids: Collection[UUID]) -> dict[UUID, CameOfAttempt]:
    """The result of each attempt that was handed in; never its answers."""
    rows = db.scalars(select(Attempt).where(Attempt.id.in_(attempt_ids), Attempt.finished_at.is_not(None)))
    return {
        row.id: CameOfAttempt(
            number=row.number,
            percent=row.percent or 0,
            passed=bool(row.passed),
            asked=len(row.questions),
            right=list((row.marks or {}).values()).count(Mark.RIGHT),
        )
        for row in rows
    }


@dataclass(frozen=True)
class PrintView:
    """A page that was asked for as a PDF; `pdf` is its digest once it is printed."""

    html: str
    title: str
    language: str
    pdf: str | None


def print_of(db: Db, digest: str) -> PrintView | None:
    """A page by the digest of its HTML; None when nobody asked for it yet."""
    row = db.get(PaperPrint, digest)
    return PrintView(row.html, row.title, row.language, row.pdf) if row else None
