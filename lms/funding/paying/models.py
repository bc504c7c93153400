"""Tables: remittances as they were read, money that came in for lines, money that went back, differences closed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, PenceColumn, UtcDateTime
from lms.funding.paying.words import Choice, DayOrder, Finding, Settled

LONGEST_NAME = 120
LONGEST_REFERENCE = 60
LONGEST_REASON = 500
LONGEST_TYPED = 60


class Remittance(Base):
    """A payer's file of what it paid. Nothing of it counts before it is confirmed, and then all of it at once.

    `sha256` names the bytes as they were handed in. `taken_as` repeats it once confirmed, so that the same file counts
    once for an authority. `columns` is which column says what, None while nobody has said. `paid_on` is the day of all
    rows of a file that names no days. Dropped or confirmed, never both.
    """

    __tablename__ = "lms_remittance"
    __table_args__ = (
        UniqueConstraint("authority_id", "taken_as"),
        CheckConstraint("(confirmed_at IS NULL) = (taken_as IS NULL)", name="taken_when_confirmed"),
        CheckConstraint("confirmed_at IS NULL OR dropped_at IS NULL", name="not_both"),
        Index("ix_lms_remittance_of", "authority_id", "uploaded_at"),
        Index("ix_lms_remittance_headings", "authority_id", "headings"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    headings: Mapped[str] = mapped_column(String(64))
    columns: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    day_order: Mapped[DayOrder | None] = mapped_column(Coded(DayOrder))
    paid_on: Mapped[date | None] = mapped_column(Date)
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_as: Mapped[str | None] = mapped_column(String(64))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RemittanceRow(Base):
    """One row of a remittance: as typed where it could not be read, in pence and as a day where it could.

    `choice`, with `reason`, is what a person decided about it, for the situation that `decided_for` names. `finding`
    is what it came to when the remittance was confirmed, and `taken` whether money was written down for it. The
    reference stands in capitals, whatever was typed.
    """

    __tablename__ = "lms_remittance_row"
    __table_args__ = (
        CheckConstraint("pence IS NULL OR pence <> 0", name="is_something"),
        CheckConstraint("(choice IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        Index("ix_lms_remittance_row_reference", "reference"),
    )

    remittance_id: Mapped[UUID] = mapped_column(ForeignKey("lms_remittance.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    reference: Mapped[str] = mapped_column(String(LONGEST_REFERENCE))
    line: Mapped[int | None] = mapped_column(Integer)
    payment: Mapped[str] = mapped_column(String(LONGEST_REFERENCE), default="")
    pence: Mapped[PenceColumn | None]
    paid_on: Mapped[date | None] = mapped_column(Date)
    typed_amount: Mapped[str] = mapped_column(String(LONGEST_TYPED), default="")
    typed_day: Mapped[str] = mapped_column(String(LONGEST_TYPED), default="")
    wrong: Mapped[str] = mapped_column(String(200), default="")
    choice: Mapped[Choice | None] = mapped_column(Coded(Choice))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_for: Mapped[str] = mapped_column(String(64), default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finding: Mapped[Finding | None] = mapped_column(Coded(Finding))
    taken: Mapped[bool] = mapped_column(default=False)


class Payment(Base):
    """Money that came in for one line. Added, never changed; by a remittance, or written down by hand."""

    __tablename__ = "lms_payment"
    __table_args__ = (
        CheckConstraint("pence > 0", name="is_something"),
        CheckConstraint("(remittance_id IS NULL) = (row_number IS NULL)", name="row_of_a_remittance"),
        UniqueConstraint("remittance_id", "row_number", "line_id"),
        Index("ix_lms_payment_line", "line_id"),
        Index("ix_lms_payment_claim", "claim_id", "at"),
        Index("ix_lms_payment_day", "authority_id", "paid_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"))
    pence: Mapped[PenceColumn]
    paid_on: Mapped[date] = mapped_column(Date)
    reference: Mapped[str] = mapped_column(String(LONGEST_REFERENCE), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    remittance_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_remittance.id"))
    row_number: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Repayment(Base):
    """Money that went back to the payer for a line, after it was recovered. Added, never changed."""

    __tablename__ = "lms_repayment"
    __table_args__ = (
        CheckConstraint("pence > 0", name="is_something"),
        CheckConstraint("(remittance_id IS NULL) = (row_number IS NULL)", name="row_of_a_remittance"),
        UniqueConstraint("remittance_id", "row_number", "line_id"),
        Index("ix_lms_repayment_line", "line_id"),
        Index("ix_lms_repayment_claim", "claim_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"))
    pence: Mapped[PenceColumn]
    paid_on: Mapped[date] = mapped_column(Date)
    reference: Mapped[str] = mapped_column(String(LONGEST_REFERENCE), default="")
    remittance_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_remittance.id"))
    row_number: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Difference(Base):
    """Somebody closed a difference of a line: the payer pays no more, or what came too much may be kept."""

    __tablename__ = "lms_difference"
    __table_args__ = (
        CheckConstraint("pence > 0", name="is_something"),
        Index("ix_lms_difference_line", "line_id"),
        Index("ix_lms_difference_claim", "claim_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"))
    how: Mapped[Settled] = mapped_column(Coded(Settled))
    pence: Mapped[PenceColumn]
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PaymentTurn(Base):
    """One row for each authority, locked while its payments are written: what was matched stays true until then."""

    __tablename__ = "lms_payment_turn"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    turn: Mapped[int] = mapped_column(Integer)
