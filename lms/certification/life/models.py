"""Tables of what happened to certificates after their issue. Rows are added; none is changed."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Text, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.life.moves import Move
from lms.certification.life.reasons import SuspensionReason
from lms.certification.models import Certificate
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Suspension(Base):
    """A certificate does not count from a day on. `turn` counts them: the next one can only follow a lifted one."""

    __tablename__ = "lms_suspension"
    __table_args__ = (UniqueConstraint("certificate_id", "turn"), CheckConstraint("turn > 0", name="counted"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"))
    turn: Mapped[int]
    reason: Mapped[SuspensionReason] = mapped_column(Coded(SuspensionReason))
    suspended_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SuspensionLift(Base):
    """A suspension was lifted: from that day on the certificate counts again."""

    __tablename__ = "lms_suspension_lift"

    suspension_id: Mapped[UUID] = mapped_column(ForeignKey("lms_suspension.id"), primary_key=True)
    lifted_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LifeWord(Base):
    """What whoever moved a certificate says to its holder. The holder and the staff read it, and nobody else.

    `id` is the number of the form it came with, so that a double tap is one move.
    """

    __tablename__ = "lms_certificate_word"
    __table_args__ = (Index("ix_lms_certificate_word_certificate_id", "certificate_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"))
    move: Mapped[Move] = mapped_column(Coded(Move))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LapseNote(Base):
    """The holder was told that a certificate ends within so many days (see rules.WARNINGS); 0: that it has ended."""

    __tablename__ = "lms_lapse_note"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


OPEN = and_(
    Suspension.certificate_id == Certificate.id,
    ~select(SuspensionLift.suspension_id).where(SuspensionLift.suspension_id == Suspension.id).exists(),
)
"""Joins a certificate with the one suspension of it that is not lifted, if there is one."""
