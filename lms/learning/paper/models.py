"""Tables of study on paper: sheets that were made, what was recorded from them by whom, and what is printed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class PaperSheet(Base):
    """The questions of an attempt go on paper. `name` is what is to stand there. Added, never changed."""

    __tablename__ = "lms_paper_sheet"

    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("lms_attempt.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperRecord(Base):
    """Somebody recorded what stands on a learner's paper, and kept the paper itself. Added, never changed.

    The id is the form's number. `answers` has the number of each answer that was recorded, by question, `activity` that
    of the text; `lessons` are those the learner says they read. `attempt_id` is None when no answers came with it.
    """

    __tablename__ = "lms_paper_record"
    __table_args__ = (CheckConstraint("recorded_by <> learner_id", name="somebody_else_records"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), index=True)
    module: Mapped[str] = mapped_column(String(40))
    attempt_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_attempt.id"), index=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    answers: Mapped[dict[str, str]] = mapped_column(JSON)
    lessons: Mapped[list[str]] = mapped_column(JSON)
    activity: Mapped[UUID | None]
    handed_in: Mapped[bool]
    paper: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaperPrint(Base):
    """A page that was asked for as a PDF, under the SHA-256 of its HTML, so that the same page is printed once.

    `pdf` is empty until the worker has printed it.
    """

    __tablename__ = "lms_paper_print"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    html: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pdf: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
