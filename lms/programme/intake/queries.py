"""Read batches for pages: the list of them, mistakes, questions, and how far the worker is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.db import Db, columns
from lms.programme.intake.models import ClaimedCertificate, IntakeBatch, IntakeMistake, IntakeQuestion
from lms.programme.intake.words import State


@dataclass(frozen=True)
class BatchView:
    """A batch as pages show it."""

    id: UUID
    authority_id: UUID
    name: str
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    day_order: str | None
    state: State
    done: int
    total: int
    tally: Mapping[str, int]
    stopped: str | None
    sha256: str | None
    uploaded_by: UUID
    uploaded_at: datetime
    carried_at: datetime | None
    undone_at: datetime | None

    @property
    def busy(self) -> bool:
        """Whether the worker has it."""
        return self.state in {State.LOOKING, State.RUNNING, State.UNDOING}


def view_of(row: IntakeBatch) -> BatchView:
    """A batch as pages show it."""
    return BatchView(
        row.id,
        row.authority_id,
        row.name,
        tuple(row.headings),
        row.columns,
        row.day_order.value if row.day_order else None,
        row.state,
        row.done,
        row.total,
        row.tally,
        row.stopped,
        row.sha256,
        row.uploaded_by,
        row.uploaded_at,
        row.carried_at,
        row.undone_at,
    )


def batches_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[BatchView], int]:
    """An authority's batches, newest first, and how many there are. Two queries."""
    here = IntakeBatch.authority_id == authority_id
    total = db.scalar(select(func.count()).select_from(IntakeBatch).where(here)) or 0
    wanted = select(IntakeBatch).where(here).order_by(IntakeBatch.uploaded_at.desc(), IntakeBatch.id)
    return [view_of(row) for row in db.scalars(wanted.offset(offset).limit(limit))], total


def same_before(db: Db, batch_id: UUID) -> BatchView | None:
    """The newest other batch of the same authority with the very same file that was brought in, if there is one."""
    row = db.get_one(IntakeBatch, batch_id)
    wanted = select(IntakeBatch).where(
        IntakeBatch.authority_id == row.authority_id,
        IntakeBatch.digest == row.digest,
        IntakeBatch.id != batch_id,
        IntakeBatch.state.in_([State.RUNNING, State.DONE]),
    )
    found = db.scalar(wanted.order_by(IntakeBatch.uploaded_at.desc()).limit(1))
    return view_of(found) if found is not None else None


@dataclass(frozen=True)
class MistakeView:
    """What is wrong in a cell, as a message id with its values."""

    row: int
    place: int | None
    sentence: str
    said: Mapping[str, Any]


def mistakes_in(db: Db, batch_id: UUID, *, offset: int = 0, limit: int | None = None) -> tuple[list[MistakeView], int]:
    """The mistakes of a batch by row, and how many are kept. Two queries."""
    mine = IntakeMistake.batch_id == batch_id
    total = db.scalar(select(func.count()).select_from(IntakeMistake).where(mine)) or 0
    wanted = select(IntakeMistake).where(mine).order_by(IntakeMistake.number).offset(offset).limit(limit)
    return [MistakeView(each.row, each.place, each.sentence, each.said) for each in db.scalars(wanted)], total


@dataclass(frozen=True)
class QuestionView:
    """A row whose person may be one who is here."""

    row: int
    name: str
    maybe: tuple[UUID, ...]
    answer: str | None


def questions_in(db: Db, batch_id: UUID) -> list[QuestionView]:
    """The questions of a batch, those without an answer first."""
    wanted = select(IntakeQuestion).where(IntakeQuestion.batch_id == batch_id)
    rows = db.scalars(wanted.order_by(IntakeQuestion.answer.is_not(None), IntakeQuestion.row))
    return [QuestionView(each.row, each.name, tuple(UUID(id) for id in each.maybe), each.answer) for each in rows]


@dataclass(frozen=True)
class ClaimView:
    """A certificate from before that a list says somebody has; nobody here has seen it."""

    person_id: UUID
    title: str
    earned_on: date | None
    claimed_at: datetime


def claims_of(db: Db, person_ids: Sequence[UUID], authority_id: UUID) -> list[ClaimView]:
    """Certificates that lists of an authority say these people have. One query."""
    rows = columns(db, _CLAIMED, {"authority_id": authority_id, "person_ids": list(person_ids)})
    return [ClaimView(*row) for row in rows]


_CLAIMED = (
    select(
        ClaimedCertificate.person_id,
        ClaimedCertificate.title,
        ClaimedCertificate.earned_on,
        ClaimedCertificate.claimed_at,
    )
    .where(
        ClaimedCertificate.authority_id == bindparam("authority_id"),
        ClaimedCertificate.person_id.in_(bindparam("person_ids", expanding=True)),
    )
    .order_by(ClaimedCertificate.earned_on, ClaimedCertificate.title)
)
