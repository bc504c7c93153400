"""The tables of work on many: what was asked for, and one line for each of those chosen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.programme.bulk.words import Fate, State, What


class BulkWork(Base):
    """Something that is done for many people. The id is the form's once-only number.

    `details` are what the form said more, `chosen` how people were chosen: a list with what it was narrowed to, ids, or
    words that were pasted in, which are emptied once each of them is a line. `left_out` counts ids of strangers.
    `run` counts how often the worker was set to it: what an earlier run left behind finds that it is over.
    `undoes` is the work that this one takes back.
    """

    __tablename__ = "lms_bulk_work"
    __table_args__ = (
        Index("ix_lms_bulk_work_of", "authority_id", "asked_at"),
        Index("ix_lms_bulk_work_old", "asked_at"),
        CheckConstraint("state <> 'running' OR started_by IS NOT NULL", name="somebody_started"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    what: Mapped[What] = mapped_column(Coded(What))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(String(200))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    left_out: Mapped[int] = mapped_column(default=0)
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("lms_bulk_work.id"), index=True)
    state: Mapped[State] = mapped_column(Coded(State))
    run: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BulkLine(Base):
    """One of those chosen: a person, a person on a course, or a word that was pasted in and is nobody's (`given`).

    `why` is a message id that `filled` fills; nothing in them names anybody. `helper_id` is who or what it is done
    with, `result_id` what came of it, and `before_id` what was there before.
    """

    __tablename__ = "lms_bulk_line"
    __table_args__ = (
        Index("ix_lms_bulk_line_state", "work_id", "state", "place"),
        CheckConstraint("person_id IS NOT NULL OR given IS NOT NULL", name="of_somebody"),
    )

    work_id: Mapped[UUID] = mapped_column(ForeignKey("lms_bulk_work.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"), index=True)
    enrolment_id: Mapped[UUID | None]
    given: Mapped[str | None] = mapped_column(String(254))
    state: Mapped[Fate] = mapped_column(Coded(Fate))
    why: Mapped[str] = mapped_column(String(300), default="")
    filled: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    helper_id: Mapped[UUID | None]
    before_id: Mapped[UUID | None]
    result_id: Mapped[UUID | None]
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
