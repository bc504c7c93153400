"""Tables of awards that learners say they hold. Rows are added, never changed. An award held is not knowledge shown."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class HeldAward(Base):
    """A learner says that they hold the award of an edition: since when, who signed it, and where the proof is.

    The id is the form's once-only number. `day_known` is false where only the month is: `awarded_on` is then its first.
    """

    __tablename__ = "lms_held_award"
    __table_args__ = (
        CheckConstraint("signed_by <> ''", name="says_who_signed"),
        UniqueConstraint("id", "learner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    framework: Mapped[str] = mapped_column(String(40))
    awarded_on: Mapped[date] = mapped_column(Date)
    day_known: Mapped[bool]
    signed_by: Mapped[str] = mapped_column(String(160))
    proof: Mapped[str] = mapped_column(String(300))
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HeldAwardTakenBack(Base):
    """The learner took back what they said about an award."""

    __tablename__ = "lms_held_award_taken_back"

    award_id: Mapped[UUID] = mapped_column(ForeignKey("lms_held_award.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class HeldAwardSeen(Base):
    """Somebody other than the learner saw the proof of an award, on behalf of an organisation. It is no judgement."""

    __tablename__ = "lms_held_award_seen"
    __table_args__: tuple[Any, ...] = (
        ForeignKeyConstraint(["award_id", "learner_id"], ["lms_held_award.id", "lms_held_award.learner_id"]),
        CheckConstraint("seen_by <> learner_id", name="somebody_else_saw"),
    )

    award_id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID]
    seen_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
