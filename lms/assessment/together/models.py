"""Tables of sitting together. A sitting's steps are facts, numbered, so that no two can be the same one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.models import of_learner_unit
from lms.assessment.rules import Setting
from lms.assessment.together.rules import Step
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Together(Base):
    """An assessor and a learner sit together. The id is the form's once-only number, and later the evidence's.

    The assessor's part may change until both have confirmed it; each step keeps the digest of what it was about.
    """

    __tablename__ = "lms_together"
    __table_args__: tuple[Any, ...] = (
        of_learner_unit(),
        CheckConstraint('"by" <> learner_id', name="two_people"),
        CheckConstraint("text <> ''", name="something_was_written"),
        Index("ix_lms_together_of", "by", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(index=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    unit: Mapped[str] = mapped_column(String(40))
    lines: Mapped[list[str]] = mapped_column(JSON)
    kind: Mapped[EvidenceKind] = mapped_column(Coded(EvidenceKind))
    on_day: Mapped[date] = mapped_column(Date)
    setting: Mapped[Setting | None] = mapped_column(Coded(Setting))
    asked: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TogetherStep(Base):
    """One step of a sitting. `digest` is the SHA-256 of the part it was about, `text` what was added or why declined.

    A learner's “confirmed” and the assessor's “recorded” are written only after that person's own secret was right.
    `key_digest` of a handing over is the digest of the secret that lets this one phone show the learner's part.
    """

    __tablename__ = "lms_together_step"
    __table_args__ = (
        CheckConstraint("step <> 'declined' OR text <> ''", name="declined_says_why"),
        CheckConstraint("(step = 'handed_over') = (key_digest IS NOT NULL)", name="handed_over_with_a_key"),
    )

    together_id: Mapped[UUID] = mapped_column(ForeignKey("lms_together.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    step: Mapped[Step] = mapped_column(Coded(Step))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(5))
    digest: Mapped[str] = mapped_column(String(64))
    key_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
