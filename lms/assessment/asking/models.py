"""Tables of asking for an assessor. A request is added and ended by a row; a profile is one's own, and changes."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.asking.rules import Outcome
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class AllocationUnit(Base):
    """An allocation is for this unit only; one without such a row is for every unit of its enrolment."""

    __tablename__ = "lms_allocation_unit"

    allocation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_allocation.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)


class AssessorRequest(Base):
    """A PA, or somebody of their household, asks for an assessor.

    `turn` numbers a learner's requests: of two made at the same moment the database lets one through. `place` is a
    district or an area, never an address; `needs` says what the person supported needs, without names.
    """

    __tablename__ = "lms_assessor_request"
    __table_args__ = (
        UniqueConstraint("learner_id", "turn"),
        Index("ix_lms_assessor_request_behind_wall", "authority_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    turn: Mapped[int] = mapped_column(Integer)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    framework: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(60))
    days: Mapped[str] = mapped_column(String(80))
    suits: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(60))
    needs: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssessorRequestUnit(Base):
    """A unit that is asked for."""

    __tablename__ = "lms_assessor_request_unit"

    request_id: Mapped[UUID] = mapped_column(ForeignKey("lms_assessor_request.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)


class AssessorRequestEnd(Base):
    """A request was withdrawn, or a coordinator is done with it. `words` are for those who asked."""

    __tablename__ = "lms_assessor_request_end"
    __table_args__ = (CheckConstraint("outcome <> 'closed' OR words <> ''", name="closed_says_why"),)

    request_id: Mapped[UUID] = mapped_column(ForeignKey("lms_assessor_request.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome))
    words: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AssessorProfile(Base):
    """Where, when and for how many learners an assessor can work; their own words, changed by them."""

    __tablename__ = "lms_assessor_profile"
    __table_args__ = (
        CheckConstraint("most IS NULL OR most >= 0", name="no_fewer_than_none"),
        CheckConstraint("away_until IS NULL OR away_from IS NOT NULL", name="away_from_a_day"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    places: Mapped[str] = mapped_column(Text)
    days: Mapped[str] = mapped_column(String(80))
    languages: Mapped[str] = mapped_column(Text)
    most: Mapped[int | None] = mapped_column(Integer)
    away_from: Mapped[date | None] = mapped_column(Date)
    away_until: Mapped[date | None] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutsideAssessor(Base):
    """An invitation to an assessor of a college or agency, for named learners, up to and including a day."""

    __tablename__ = "lms_outside_assessor"

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_invitation.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    until: Mapped[date] = mapped_column(Date)
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OutsideAssessorLearner(Base):
    """One of the learners, and the units, for which somebody was invited; no unit: every unit of the enrolment."""

    __tablename__ = "lms_outside_assessor_learner"

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_outside_assessor.invitation_id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    units: Mapped[str] = mapped_column(Text)
