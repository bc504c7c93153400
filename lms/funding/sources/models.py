"""Tables: what was said about the money for a cost, and the shares named. Added, never changed; the newest counts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, PenceColumn, UtcDateTime
from lms.funding.sources.words import Capacity, CostKind, Source


class MoneySaid(Base):
    """Somebody said which money meets one cost. `turn` counts from 1 for each cost, so that of two at once one wins.

    `training` is the code of a certificate, "" for the course as a whole. `by` is nobody when the service itself wrote
    it after a claim or a place.
    """

    __tablename__ = "lms_money_said"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "training", "cost_kind", "turn"),
        CheckConstraint("cost_pence IS NULL OR cost_pence > 0", name="cost_is_something"),
        CheckConstraint("turn > 0", name="turns_count_up"),
        CheckConstraint("(capacity = 'service') = (by IS NULL)", name="said_by_somebody"),
        Index("ix_lms_money_said_learner", "learner_id", "number"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"))
    training: Mapped[str] = mapped_column(String(40), default="")
    cost_kind: Mapped[CostKind] = mapped_column(Coded(CostKind))
    turn: Mapped[int]
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    cost_pence: Mapped[PenceColumn | None]
    capacity: Mapped[Capacity] = mapped_column(Coded(Capacity))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MoneyShare(Base):
    """One source that was named, and what it gives; no amount means the whole cost."""

    __tablename__ = "lms_money_share"
    __table_args__ = (
        CheckConstraint("pence IS NULL OR pence > 0", name="gives_something"),
        CheckConstraint(
            "source IN ('scheme', 'council_place') OR (line_id IS NULL AND place_id IS NULL)", name="from_records"
        ),
        CheckConstraint("source <> 'scheme' OR scheme IS NOT NULL", name="scheme_named"),
    )

    said: Mapped[int] = mapped_column(ForeignKey("lms_money_said.number"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[Source] = mapped_column(Coded(Source))
    pence: Mapped[PenceColumn | None]
    scheme: Mapped[str | None] = mapped_column(String(40))
    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim_line.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_place_ask.id"), index=True)
