"""Tables of writing: the texts that were handed over, word for word, and what readers said of each. Added, not changed.

Only a lease and a draft come and go: they are how two readers keep out of each other's way, not what happened.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.learning.states import Judged


class WrittenText(Base):
    """One version of a text, as it was when the learner handed it over. Readers see these and nothing else."""

    __tablename__ = "lms_written_text"
    __table_args__ = (CheckConstraint("text <> ''", name="something_was_written"),)

    work_id: Mapped[UUID] = mapped_column(ForeignKey("lms_written_work.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    handed_over_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reading(Base):
    """Somebody read one version of a text and said what they think of it. The id is the form's once-only number.

    It names the learner, tied by key to whose text it is, so that the database itself refuses a judgement of one's own.
    """

    __tablename__ = "lms_reading"
    __table_args__: tuple[Any, ...] = (
        ForeignKeyConstraint(
            ["work_id", "version"],
            ["lms_written_text.work_id", "lms_written_text.version"],
        ),
        ForeignKeyConstraint(
            ["work_id", "learner_id"],
            ["lms_written_work.id", "lms_written_work.learner_id"],
        ),
        Index("uq_lms_reading_version", "work_id", "version", unique=True),
        CheckConstraint("reader_id <> learner_id", name="reader_is_not_learner"),
        CheckConstraint("judged = 'met' OR comment <> ''", name="not_yet_says_why"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    work_id: Mapped[UUID]
    version: Mapped[int]
    learner_id: Mapped[UUID]
    reader_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    judged: Mapped[Judged] = mapped_column(Coded(Judged))
    comment: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Lease(Base):
    """Who has a text open, and until when: one reader at a time."""

    __tablename__ = "lms_reading_lease"

    work_id: Mapped[UUID] = mapped_column(ForeignKey("lms_written_work.id"), primary_key=True)
    reader_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Draft(Base):
    """What a reader has typed about a text so far. It stays theirs, also when their lease has gone to somebody else."""

    __tablename__ = "lms_reading_draft"

    work_id: Mapped[UUID] = mapped_column(ForeignKey("lms_written_work.id"), primary_key=True)
    reader_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True, index=True)
    version: Mapped[int]
    judged: Mapped[Judged | None] = mapped_column(Coded(Judged))
    comment: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
