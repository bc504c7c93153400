"""Tables of lists people come in on: batches, what is wrong and who is who in them, columns, and what came of each."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.programme.intake.words import DayOrder, Fate, State

_BUSY = text("state IN ('running', 'undoing')")


class IntakeBatch(Base):
    """A list that came in for an authority. The id is the form's once-only number; `digest` outlives the file.

    `columns` says by field which column says it, `tally` counts what was found or made. `last_event` is the number of
    the newest fact when it was carried out: what is recorded of its people later was built on it. One is busy at once.
    """

    __tablename__ = "lms_intake_batch"
    __table_args__ = (
        Index("ix_lms_intake_batch_of", "authority_id", "uploaded_at"),
        Index("uq_lms_intake_batch_busy", "authority_id", unique=True, sqlite_where=_BUSY, postgresql_where=_BUSY),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"), index=True)
    size: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    shape: Mapped[str] = mapped_column(String(64))
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    day_order: Mapped[DayOrder | None] = mapped_column(Coded(DayOrder))
    course: Mapped[str | None] = mapped_column(String(40))
    invite: Mapped[bool] = mapped_column(default=False)
    state: Mapped[State] = mapped_column(Coded(State))
    run: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tally: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    stopped: Mapped[str | None] = mapped_column(String(300))
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    carried_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_event: Mapped[int | None]
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IntakeMistake(Base):
    """What is wrong in a cell of a batch: a message id with its values. `place` None: the whole row."""

    __tablename__ = "lms_intake_mistake"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("lms_intake_batch.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row: Mapped[int]
    place: Mapped[int | None]
    sentence: Mapped[str] = mapped_column(String(300))
    said: Mapped[dict[str, Any]] = mapped_column(JSON)


class IntakeQuestion(Base):
    """A row whose person may be one who is here. `answer`: the id of one of them, `new`, `out`, or nothing yet."""

    __tablename__ = "lms_intake_question"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("lms_intake_batch.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120))
    maybe: Mapped[list[str]] = mapped_column(JSON)
    answer: Mapped[str | None] = mapped_column(String(40))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IntakeColumns(Base):
    """Which column says what in an authority's lists with the same headings, as somebody said it last."""

    __tablename__ = "lms_intake_columns"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    shape: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    day_order: Mapped[DayOrder | None] = mapped_column(Coded(DayOrder))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class IntakeLine(Base):
    """What came of one row of a batch; the truth or falsehood of each `made_…` is what undoing goes by."""

    __tablename__ = "lms_intake_line"
    __table_args__ = (Index("ix_lms_intake_line_employer", "batch_id", "employer_id"),)

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("lms_intake_batch.id"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fate: Mapped[Fate] = mapped_column(Coded(Fate))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    employer_id: Mapped[UUID | None]
    employer_person_id: Mapped[UUID | None]
    enrolment_id: Mapped[UUID | None]
    course: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[date | None] = mapped_column(Date)
    made_person: Mapped[bool] = mapped_column(default=False)
    made_role: Mapped[bool] = mapped_column(default=False)
    made_employer: Mapped[bool] = mapped_column(default=False)
    made_employment: Mapped[bool] = mapped_column(default=False)
    claim_id: Mapped[UUID | None]
    invitation_id: Mapped[UUID | None]


class ClaimedCertificate(Base):
    """A certificate from before that a list says somebody has. Nobody has seen it here: it meets no requirement."""

    __tablename__ = "lms_claimed_certificate"
    __table_args__ = (
        UniqueConstraint("person_id", "authority_id", "title", "earned_on"),
        Index("ix_lms_claimed_certificate_batch", "batch_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    earned_on: Mapped[date | None] = mapped_column(Date)
    batch_id: Mapped[UUID | None]
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
