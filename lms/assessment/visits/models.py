"""Tables of visits: who took which learner along, and what came from a phone. Rows are added, never changed.

What became evidence or a draft is kept there, and here only that it came; what could not be filed keeps its words here
until a coordinator has read it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.visits.rules import Came, How, Why
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class VisitTaken(Base):
    """An assessor took a learner along on a phone, which holds it until a moment."""

    __tablename__ = "lms_visit_taken"
    __table_args__ = (
        CheckConstraint("person_id <> learner_id", name="somebody_else"),
        Index("ix_lms_visit_taken_by", "person_id", "enrolment_id", "taken_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    holds_until: Mapped[datetime] = mapped_column(UtcDateTime)


class VisitThing(Base):
    """Something that came from a phone; the id is the number the phone gave it.

    `at` is the phone's clock, `recorded_at` what we make of it. `content` keeps the words of what was not filed, and
    is None for what is evidence or a draft. `mark` says what a draft said. `came` and `why`: at the receipt.
    """

    __tablename__ = "lms_visit_thing"
    __table_args__ = (
        CheckConstraint("person_id <> learner_id", name="somebody_else"),
        CheckConstraint("came NOT IN ('kept', 'meets') OR content IS NOT NULL", name="nothing_is_lost"),
        Index("ix_lms_visit_thing_by", "person_id", "received_at"),
        Index("ix_lms_visit_thing_of_line", "enrolment_id", "person_id", "line"),
        Index("ix_lms_visit_thing_behind_wall", "authority_id", "came", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    taken_id: Mapped[UUID] = mapped_column(ForeignKey("lms_visit_taken.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(40))
    at: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str] = mapped_column(String(64))
    came: Mapped[Came] = mapped_column(Coded(Came))
    why: Mapped[Why | None] = mapped_column(Coded(Why))
    line: Mapped[str | None] = mapped_column(String(80))
    observation_id: Mapped[UUID | None] = mapped_column(index=True)
    mark: Mapped[str | None] = mapped_column(String(16))
    clock: Mapped[str] = mapped_column(String(5))
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_evidence.id"), index=True)
    content: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class VisitSettled(Base):
    """A person settled what was kept, or what met another version: once and for good."""

    __tablename__ = "lms_visit_settled"

    thing_id: Mapped[UUID] = mapped_column(ForeignKey("lms_visit_thing.id"), primary_key=True)
    how: Mapped[How] = mapped_column(Coded(How))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    word: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
