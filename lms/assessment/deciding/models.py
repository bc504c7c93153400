"""Tables of decisions. A decision is added, never changed; a draft may change and is nobody's record.

`turn` numbers the decisions of a line: of two people who decide at the same instant, the database lets one through.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, String, Text, text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.evidence.rules import Way
from lms.assessment.models import of_learner_unit
from lms.assessment.rules import Capacity, Judgement, Kind
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class DecisionDraft(Base):
    """A decision somebody is still thinking about. `saw`: the latest decision of the line when it was written."""

    __tablename__ = "lms_decision_draft"
    __table_args__: tuple[Any, ...] = (
        Unique("enrolment_id", "line", "by"),
        CheckConstraint('"by" <> learner_id', name="drafter_is_not_learner"),
        of_learner_unit(),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID]
    unit: Mapped[str] = mapped_column(String(40))
    line: Mapped[str] = mapped_column(String(80))
    learner_id: Mapped[UUID]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    judgement: Mapped[Judgement] = mapped_column(Coded(Judgement))
    reason: Mapped[str] = mapped_column(Text)
    feedback: Mapped[str] = mapped_column(Text)
    rests_on: Mapped[UUID | None] = mapped_column(ForeignKey("lms_evidence.id"))
    beside: Mapped[list[str]] = mapped_column(JSON)
    valid: Mapped[bool]
    authentic: Mapped[bool]
    reliable: Mapped[bool]
    current: Mapped[bool]
    sufficient: Mapped[bool]
    saw: Mapped[UUID | None]
    way: Mapped[Way] = mapped_column(Coded(Way))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Sitting(Base):
    """Decisions finalised together. The id is the form's once-only number."""

    __tablename__ = "lms_sitting"
    __table_args__ = (
        CheckConstraint('"by" <> learner_id', name="decider_is_not_learner"),
        Unique("id", "enrolment_id", "by"),
        Index("ix_lms_sitting_of", "enrolment_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    capacity: Mapped[Capacity] = mapped_column(Coded(Capacity))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    way: Mapped[Way] = mapped_column(Coded(Way))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_FIVE = ("valid", "authentic", "reliable", "current", "sufficient")
_ALL_SAID = " AND ".join(_FIVE)
_NOT_ASKED = " AND ".join(f"{name} IS NULL" for name in _FIVE)


class Decision(Base):
    """What was decided of one line, and why.

    The five are None only for judgements from before they were asked. `flags` are risks, joined by commas.
    """

    __tablename__ = "lms_decision"
    __table_args__: tuple[Any, ...] = (
        CheckConstraint('"by" <> learner_id', name="decider_is_not_learner"),
        CheckConstraint(
            f"judgement <> 'met' OR ({_ALL_SAID}) IS TRUE OR ({_NOT_ASKED})",
            name="met_says_all_five",
        ),
        CheckConstraint("judgement = 'met' OR feedback <> ''", name="not_yet_met_says_why"),
        CheckConstraint("kind <> 'practice' OR judgement <> 'met' OR rests_on IS NOT NULL", name="practice_was_seen"),
        ForeignKeyConstraint(
            ["rests_on", "enrolment_id", "unit", "line"],
            [f"lms_evidence_line.{name}" for name in ("evidence_id", "enrolment_id", "unit", "line")],
        ),
        ForeignKeyConstraint(
            ["sitting_id", "enrolment_id", "by"], [f"lms_sitting.{n}" for n in ("id", "enrolment_id", "by")]
        ),
        of_learner_unit(),
        Unique("enrolment_id", "line", "turn"),
        Unique("id", "by"),
        Index("ix_lms_decision_behind_wall", "authority_id", "at"),
        Index("ix_lms_decision_by", "by", "at"),
        Index(
            "ix_lms_decision_countersigned",
            "authority_id",
            "needs_countersign",
            "at",
            sqlite_where=text("needs_countersign = 1"),
            postgresql_where=text("needs_countersign"),
        ),
        Index(
            "ix_lms_decision_to_countersign",
            "enrolment_id",
            sqlite_where=text("needs_countersign = 1"),
            postgresql_where=text("needs_countersign"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    sitting_id: Mapped[UUID] = mapped_column(index=True)
    enrolment_id: Mapped[UUID]
    unit: Mapped[str] = mapped_column(String(40))
    line: Mapped[str] = mapped_column(String(80))
    turn: Mapped[int]
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    learner_id: Mapped[UUID] = mapped_column(index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    judgement: Mapped[Judgement] = mapped_column(Coded(Judgement))
    reason: Mapped[str] = mapped_column(Text)
    feedback: Mapped[str] = mapped_column(Text)
    valid: Mapped[bool | None]
    authentic: Mapped[bool | None]
    reliable: Mapped[bool | None]
    current: Mapped[bool | None]
    sufficient: Mapped[bool | None]
    rests_on: Mapped[UUID | None] = mapped_column(index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    capacity: Mapped[Capacity] = mapped_column(Coded(Capacity))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    needs_countersign: Mapped[bool]
    flags: Mapped[str] = mapped_column(String(200))
    saw: Mapped[UUID | None] = mapped_column(ForeignKey("lms_decision.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DecisionEvidence(Base):
    """A piece that stands beside the one a decision rests on."""

    __tablename__ = "lms_decision_evidence"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("lms_decision.id"), primary_key=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("lms_evidence.id"), primary_key=True, index=True)


class Review(Base):
    """Somebody else looked at a decision: a countersignature, or a sample. `word` is for whoever decided."""

    __tablename__ = "lms_review"
    __table_args__: tuple[Any, ...] = (
        CheckConstraint('"by" <> decided_by', name="reviewer_is_not_decider"),
        CheckConstraint(
            "outcome <> 'sent_back' OR (action <> '' AND due_on IS NOT NULL)", name="sent_back_says_what_to_do"
        ),
        ForeignKeyConstraint(["decision_id", "decided_by"], ["lms_decision.id", "lms_decision.by"]),
        Unique("decision_id", "part"),
        Index("ix_lms_review_decided_by", "decided_by", "due_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    decision_id: Mapped[UUID]
    decided_by: Mapped[UUID]
    part: Mapped[ReviewPart] = mapped_column(Coded(ReviewPart))
    outcome: Mapped[ReviewOutcome] = mapped_column(Coded(ReviewOutcome))
    word: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
