"""Tables of funding: claims, the moves they make, and the costs that were recorded. Private to this room."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, PenceColumn, UtcDateTime
from lms.funding.vocabulary import ClaimantKind, ClaimState, Part, Provenance


class Claim(Base):
    """One learner's training, claimed once from one scheme.

    `terms` is the scheme with this item as it stood when the claim was drafted, `asked` the facts that were relied
    on and `verdict` what came of them; none of the three changes, so a claim keeps its rate. `amount_at_most_pence`
    is what the verdict allowed then, `rate_pence` the scheme's figure behind it. `state` repeats the last move, so
    that lists are quick and a move can be made only once.
    """

    __tablename__ = "lms_claim"
    __table_args__ = (
        UniqueConstraint("learner_id", "item", "scheme", "training"),
        Index("ix_lms_claim_listed", "authority_id", "state", "drafted_at"),
        CheckConstraint("amount_at_most_pence >= 0", name="amount_not_negative"),
        CheckConstraint("rate_pence >= 0", name="rate_not_negative"),
        CheckConstraint("claimant_id IS NOT NULL OR claimant_kind = 'personal_assistant'", name="has_claimant"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    scheme: Mapped[str] = mapped_column(String(40))
    scheme_edition: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(40))
    part: Mapped[Part] = mapped_column(Coded(Part), default=Part.FULL)
    training: Mapped[str] = mapped_column(String(40))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    claimant_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    claimant_kind: Mapped[ClaimantKind] = mapped_column(Coded(ClaimantKind))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    enrolment_id: Mapped[UUID]
    certificate_id: Mapped[UUID]
    rate_pence: Mapped[PenceColumn]
    rate_standing: Mapped[Provenance] = mapped_column(Coded(Provenance))
    amount_at_most_pence: Mapped[PenceColumn]
    terms: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[ClaimState] = mapped_column(Coded(ClaimState), default=ClaimState.DRAFT)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimMove(Base):
    """A claim went from one state to another. Added, never changed; the first move comes from nowhere."""

    __tablename__ = "lms_claim_move"
    __table_args__ = (CheckConstraint("came_from IS NULL OR came_from <> went_to", name="goes_somewhere"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    came_from: Mapped[ClaimState | None] = mapped_column(Coded(ClaimState))
    went_to: Mapped[ClaimState] = mapped_column(Coded(ClaimState))
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClaimCost(Base):
    """What a training really cost, as somebody recorded it, and what that makes payable. The latest one counts."""

    __tablename__ = "lms_claim_cost"
    __table_args__ = (
        CheckConstraint("cost_pence > 0", name="cost_is_something"),
        CheckConstraint("payable_pence >= 0", name="payable_not_negative"),
        Index("ix_lms_claim_cost_latest", "claim_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    claim_id: Mapped[UUID] = mapped_column(ForeignKey("lms_claim.id"))
    cost_pence: Mapped[PenceColumn]
    paid_on: Mapped[date] = mapped_column(Date)
    payable_pence: Mapped[PenceColumn]
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
