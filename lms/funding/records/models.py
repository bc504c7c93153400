"""Tables: what keeps records longer, and clearings: what was due, who confirmed it, what became of each claim."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, PenceColumn, UtcDateTime
from lms.funding.records.words import ClearingState, HoldReason, Outcome


class RecordHold(Base):
    """Somebody keeps the records of a claim, or of everything under a scheme, longer. `until` None: until it ends."""

    __tablename__ = "lms_record_hold"
    __table_args__ = (
        CheckConstraint("(claim_id IS NULL) <> (scheme IS NULL)", name="one_thing"),
        Index("ix_lms_record_hold_of", "authority_id", "scheme"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    scheme: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[HoldReason] = mapped_column(Coded(HoldReason))
    note: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecordHoldEnd(Base):
    """Somebody let records go again, once."""

    __tablename__ = "lms_record_hold_end"

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("lms_record_hold.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecordClearing(Base):
    """A list of records that were due on a day, and who had them cleared. Nothing is cleared before it is confirmed."""

    __tablename__ = "lms_record_clearing"
    __table_args__ = (
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("state IN ('tried', 'put_aside') OR confirmed_by IS NOT NULL", name="confirmed_first"),
        Index("ix_lms_record_clearing_of", "authority_id", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    due_on: Mapped[date] = mapped_column(Date)
    state: Mapped[ClearingState] = mapped_column(Coded(ClearingState))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClearedClaim(Base):
    """One claim of a clearing: what stays of it for good, and what became of its records. Sums are whole pence."""

    __tablename__ = "lms_record_cleared_claim"
    __table_args__ = (Index("ix_lms_record_cleared_claim_of", "claim_id", "outcome"),)

    clearing_id: Mapped[UUID] = mapped_column(ForeignKey("lms_record_clearing.id"), primary_key=True)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(String(60))
    scheme: Mapped[str] = mapped_column(String(40))
    kept_until: Mapped[date] = mapped_column(Date)
    lines: Mapped[int]
    approved_pence: Mapped[PenceColumn]
    paid_pence: Mapped[PenceColumn]
    recovered_pence: Mapped[PenceColumn]
    files: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome))
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
