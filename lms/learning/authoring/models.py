"""Tables of authoring: what learners say of lessons and questions, and what was answered. Added, never changed."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.learning.authoring.rules import Rating


class LessonRating(Base):
    """How a learner found a lesson. Of one learner and lesson the latest counts; the earlier ones are kept."""

    __tablename__ = "lms_lesson_rating"
    __table_args__ = (
        Index("ix_lms_lesson_rating_of", "learner_id", "lesson"),
        Index("ix_lms_lesson_rating_behind_wall", "authority_id", "module"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    lesson: Mapped[str] = mapped_column(String(40))
    rating: Mapped[Rating] = mapped_column(Coded(Rating))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MistakeReport(Base):
    """A learner says that something is wrong in a lesson or a question. The id is the form's once-only number."""

    __tablename__ = "lms_mistake_report"
    __table_args__ = (
        CheckConstraint("(lesson IS NULL) <> (question IS NULL)", name="about_one_thing"),
        Index("ix_lms_mistake_report_behind_wall", "authority_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    lesson: Mapped[str | None] = mapped_column(String(40))
    question: Mapped[str | None] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReportAnswer(Base):
    """A report was dealt with, by whom and when, with what the learner is told of it."""

    __tablename__ = "lms_mistake_report_answer"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("lms_mistake_report.id"), primary_key=True)
    note: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
