"""Tables: pots of money, what was put into them or taken out, what happened to the money of lines, who was told."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, PenceColumn, UtcDateTime
from lms.funding.budgets.words import Alert, Entry

LONGEST_REASON = 500


class Pot(Base):
    """The money of one scheme's year in an authority: for one organisation, or for whoever has no pot of its own.

    `scope` spells authority, scheme and organisation, so that there is one of each. The days are those of the
    scheme's own year; they are the ground of the chart and of the even pace, and decide nothing about a claim.
    """

    __tablename__ = "lms_pot"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="runs_forwards"),
        Index("ix_lms_pot_of", "authority_id", "scheme"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(120), unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    year: Mapped[str] = mapped_column(String(20))
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PotChange(Base):
    """Money was put into a pot, or taken out of it. Added, never changed; the sum is what is allocated."""

    __tablename__ = "lms_pot_change"
    __table_args__ = (CheckConstraint("pence <> 0", name="is_something"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    pot_id: Mapped[UUID] = mapped_column(ForeignKey("lms_pot.id"), index=True)
    pence: Mapped[PenceColumn]
    reason: Mapped[str] = mapped_column(Text)
    on_day: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MoneyEntry(Base):
    """What one fact changed about the money of a line, in pence. Added, never changed; sums say where a pot stands.

    `waiting` is asked for and not decided, `approved` what the payer will pay or has paid, `paid` what came,
    `recovered` what it took back of that. Each is how much more, or less, it became.
    """

    __tablename__ = "lms_money_entry"
    __table_args__ = (
        Index("ix_lms_money_entry_pot", "authority_id", "scheme", "on_day"),
        Index("ix_lms_money_entry_line", "line_id"),
        Index("ix_lms_money_entry_claim", "claim_id"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    claimant_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim_line.id"))
    training: Mapped[str] = mapped_column(String(40))
    on_day: Mapped[date] = mapped_column(Date)
    what: Mapped[Entry] = mapped_column(Coded(Entry))
    waiting_pence: Mapped[PenceColumn] = mapped_column(default=0)
    approved_pence: Mapped[PenceColumn] = mapped_column(default=0)
    paid_pence: Mapped[PenceColumn] = mapped_column(default=0)
    recovered_pence: Mapped[PenceColumn] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BudgetAlert(Base):
    """Somebody was told, once for each `key`, that a pot or a deadline runs out. It stays until it is put away."""

    __tablename__ = "lms_budget_alert"
    __table_args__ = (Index("ix_lms_budget_alert_open", "authority_id", "put_away_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    pot_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_pot.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    what: Mapped[Alert] = mapped_column(Coded(Alert))
    pence: Mapped[PenceColumn]
    on_day: Mapped[date | None] = mapped_column(Date)
    count: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    put_away_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    put_away_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
