"""Tables of the board: claims in short, statements of a year, and audit files that were asked for. Private."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, PenceColumn, UtcDateTime
from lms.funding.vocabulary import ClaimState


class ClaimInShort(Base):
    """A claim as the board counts it, so that five thousand are counted at once: kept with every fact about it.

    `since` is the day it came to its state, `amount_pence` what it is about there: what is payable until it is decided,
    then what was approved, paid or taken back. `deadline_on` is the earliest last day of its lines while somebody here
    has to act. `risk` is what stands in the way, by its code, and `ask` who can mend it; both are looked at again by
    the worker where `looked_on` is empty or over. `turn` goes up with every fact: what it overtook is not written.
    """

    __tablename__ = "lms_claim_in_short"
    __table_args__ = (
        Index("ix_lms_claim_in_short_counted", "authority_id", "state", "since", "amount_pence"),
        Index("ix_lms_claim_in_short_due", "authority_id", "deadline_on", "amount_pence"),
        Index("ix_lms_claim_in_short_listed", "authority_id", "deadline_on", "since", "claim_id"),
        Index("ix_lms_claim_in_short_risk", "authority_id", "risk", "ask", "amount_pence"),
        Index("ix_lms_claim_in_short_look", "looked_on"),
    )

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    state: Mapped[ClaimState] = mapped_column(Coded(ClaimState))
    since: Mapped[date] = mapped_column(Date)
    lines: Mapped[int] = mapped_column(Integer)
    amount_pence: Mapped[PenceColumn]
    deadline_on: Mapped[date | None] = mapped_column(Date)
    risk: Mapped[str] = mapped_column(String(60), default="")
    ask: Mapped[str] = mapped_column(String(40), default="")
    looked_on: Mapped[date | None] = mapped_column(Date)
    turn: Mapped[int] = mapped_column(Integer, default=0)


class YearStatement(Base):
    """What one claimant asked for, was granted and was paid in a year, as it stood at the end of a day. Never changed.

    `data` is everything the statement says (see `board.statements`), `digest` the SHA-256 of it in one spelling.
    `number` counts the statements of an authority made in `made_year`. `sha256` is the PDF, None while it is made.
    """

    __tablename__ = "lms_funding_statement"
    __table_args__ = (
        UniqueConstraint("authority_id", "made_year", "number"),
        Index("ix_lms_funding_statement_of", "authority_id", "claimant_id", "made_at"),
        CheckConstraint("last_on >= first_on", name="runs_forwards"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    claimant_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    made_year: Mapped[int] = mapped_column(Integer)
    number: Mapped[int] = mapped_column(Integer)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    as_at: Mapped[date] = mapped_column(Date)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AuditFile(Base):
    """Everything about one claim in one ZIP, as it stood when somebody asked. `sha256` is None while it is made."""

    __tablename__ = "lms_claim_audit_file"
    __table_args__ = (Index("ix_lms_claim_audit_file_of", "claim_id", "asked_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
