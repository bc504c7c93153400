"""Tables of evidence. A piece is a fact: added, never changed; that it was withdrawn is another row.

Each line a piece speaks to is tied to a unit the learner really has to show. Whether a practice decision may rest on
the piece is frozen for each line when it is written (`carries`): whoever offered it could then have decided on it.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.models import of_learner_unit
from lms.assessment.rules import Setting
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Evidence(Base):
    """Something somebody saw, said or made. The id is the form's once-only number.

    `by` is None for somebody without an account, and `by_name` then the name as it was given. `setting` is None where
    it was not asked. `source_id` is the link, visit or record it came from.
    """

    __tablename__ = "lms_evidence"
    __table_args__: tuple[Any, ...] = (
        CheckConstraint('part = \'learner\' OR "by" IS NULL OR "by" <> learner_id', name="offerer_is_not_learner"),
        CheckConstraint('part <> \'learner\' OR ("by" IS NOT NULL AND "by" = learner_id)', name="learner_is_learner"),
        CheckConstraint("text <> ''", name="something_was_said"),
        CheckConstraint(
            "NOT carries OR (\"by\" IS NOT NULL AND part IN ('assessor', 'employer', 'representative'))",
            name="carried_by_whom_may_decide",
        ),
        UniqueConstraint("id", "enrolment_id", "learner_id"),
        Index("ix_lms_evidence_of", "enrolment_id", "offered_at"),
        Index("ix_lms_evidence_behind_wall", "authority_id", "offered_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    kind: Mapped[EvidenceKind] = mapped_column(Coded(EvidenceKind))
    part: Mapped[Part] = mapped_column(Coded(Part))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"), index=True)
    by_name: Mapped[str] = mapped_column(String(160))
    behalf: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    on_day: Mapped[date] = mapped_column(Date)
    setting: Mapped[Setting | None] = mapped_column(Coded(Setting))
    in_presence_of: Mapped[str] = mapped_column(String(200))
    asked: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    carries: Mapped[bool]
    way: Mapped[Way] = mapped_column(Coded(Way))
    source_id: Mapped[UUID | None]
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EvidenceLine(Base):
    """A line that a piece speaks to. `carries`: a practice decision on this line may rest on the piece."""

    __tablename__ = "lms_evidence_line"
    __table_args__: tuple[Any, ...] = (
        ForeignKeyConstraint(
            ["evidence_id", "enrolment_id", "learner_id"],
            ["lms_evidence.id", "lms_evidence.enrolment_id", "lms_evidence.learner_id"],
        ),
        of_learner_unit(),
        UniqueConstraint("evidence_id", "enrolment_id", "unit", "line"),
        Index("ix_lms_evidence_line_of", "enrolment_id", "unit"),
    )

    evidence_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[str] = mapped_column(String(80), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40))
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID]
    carries: Mapped[bool]
    said_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EvidenceWithdrawn(Base):
    """A piece was withdrawn, once and for good; the piece stays on record."""

    __tablename__ = "lms_evidence_withdrawn"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("lms_evidence.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
