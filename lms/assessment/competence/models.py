"""Tables of assessors' competence. Rows are added, never changed: what ends, ends by another row.

What one authority wrote down of an assessor counts for its own learners and nobody else's, so each row names it. A tie
between two people is so wherever they are; who may read it is decided where it is read.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.competence.rules import Basis, Employers, Mark, Relation, Training
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class CompetenceRow(Base):
    """Somebody may decide on a unit of a framework, for an authority's learners. `words` say what it rests on."""

    __tablename__ = "lms_competence"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        CheckConstraint("person_id <> recorded_by", name="somebody_else_recorded"),
        Index("ix_lms_competence_of", "person_id", "authority_id", "framework", "unit"),
        Index("ix_lms_competence_ending", "until"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    framework: Mapped[str] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(40))
    basis: Mapped[Basis] = mapped_column(Coded(Basis))
    words: Mapped[str] = mapped_column(Text)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CompetenceEnd(Base):
    """Competence ended sooner than was written down, or it had no last day. Staff and the assessor read why."""

    __tablename__ = "lms_competence_end"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    competence_id: Mapped[UUID] = mapped_column(ForeignKey("lms_competence.id"), primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CompetenceReminder(Base):
    """The assessor heard, so many days before, that competence ends."""

    __tablename__ = "lms_competence_reminder"

    competence_id: Mapped[UUID] = mapped_column(ForeignKey("lms_competence.id"), primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrainingRow(Base):
    """Somebody learned to assess, on a day; where it has to be renewed, until a day."""

    __tablename__ = "lms_assessor_training"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= done_on", name="until_after_done"),
        Index("ix_lms_assessor_training_of", "person_id", "authority_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    kind: Mapped[Training] = mapped_column(Coded(Training))
    words: Mapped[str] = mapped_column(Text)
    done_on: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TrainingEnd(Base):
    """Training that does not count any more, or was written down by mistake."""

    __tablename__ = "lms_assessor_training_end"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    training_id: Mapped[UUID] = mapped_column(ForeignKey("lms_assessor_training.id"), primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkRow(Base):
    """What an authority says of one of its assessors as a whole, from a day, up to and including another."""

    __tablename__ = "lms_assessor_mark"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        CheckConstraint("reason <> ''", name="says_why"),
        Index("ix_lms_assessor_mark_of", "person_id", "authority_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    mark: Mapped[Mark] = mapped_column(Coded(Mark))
    reason: Mapped[str] = mapped_column(Text)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    said_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarkEnd(Base):
    """What was said of an assessor does not hold any more."""

    __tablename__ = "lms_assessor_mark_end"

    mark_id: Mapped[UUID] = mapped_column(ForeignKey("lms_assessor_mark.id"), primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RelationRow(Base):
    """How somebody is tied to a learner, as one of them or a coordinator said; `none` is an answer too.

    `since` is None for a tie without a beginning, such as that of a mother and her son.
    """

    __tablename__ = "lms_relation"
    __table_args__ = (
        CheckConstraint("person_id <> learner_id", name="two_people"),
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="until_after_since"),
        Index("ix_lms_relation_between", "learner_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    relation: Mapped[Relation] = mapped_column(Coded(Relation))
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    said_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RelationEnd(Base):
    """A tie is over, or was never so."""

    __tablename__ = "lms_relation_end"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    relation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_relation.id"), primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    ended_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PolicyRow(Base):
    """How an authority lets people decide, from a moment on; the latest row holds."""

    __tablename__ = "lms_assessing_policy"
    __table_args__ = (
        CheckConstraint("first_countersigned >= 0", name="no_fewer_than_none"),
        Index("ix_lms_assessing_policy_latest", "authority_id", "set_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    employers: Mapped[Employers] = mapped_column(Coded(Employers))
    first_countersigned: Mapped[int] = mapped_column(Integer)
    training_needed: Mapped[bool]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
