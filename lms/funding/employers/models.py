"""Tables of the employers' side: what was answered to the six questions, and the account that money is paid to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Counter, UtcDateTime


class TrainingEnquiry(Base):
    """What an employer, or who helps them, answered to the six questions so far. A draft: it changes page by page.

    `answers` holds days, pence and words as JSON; `claim_id` is the application that was made of it.
    """

    __tablename__ = "lms_training_enquiry"
    __table_args__ = (Index("ix_lms_training_enquiry_of", "employer_id", "changed_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BankDetails(Base):
    """The account an employer's money is paid to. The latest counts; name and numbers are locked, four digits shown.

    Once nothing needs it, `locked` is empty and two digits are left (see `clearing`).
    """

    __tablename__ = "lms_bank_details"
    __table_args__ = (Index("ix_lms_bank_details_of", "employer_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    ending: Mapped[str] = mapped_column(String(4))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
