"""Tables of prospects: what each scheme says to a training, and by which schemes a learner was read last. Private."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, PenceColumn, UtcDateTime
from lms.funding.reasons import Act
from lms.funding.vocabulary import ClaimantKind, Decision


class ProspectStanding(Base):
    """A learner of one authority whose prospects are kept: by which schemes they were worked out, and until when.

    `rules` is the digest of the schemes and of what the authority counts; `holds_until` the first day on which the
    calendar may change an answer. `turn` goes up each time, so that what was worked out beside the writer and is
    overtaken by a fact is not written.
    """

    __tablename__ = "lms_prospect_standing"
    __table_args__ = (
        Index("ix_lms_prospect_standing_rules", "authority_id", "rules", "learner_id"),
        Index("ix_lms_prospect_standing_due", "authority_id", "holds_until"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    rules: Mapped[str] = mapped_column(String(64), default="")
    holds_until: Mapped[date | None] = mapped_column(Date)
    turn: Mapped[int] = mapped_column(default=0)
    worked_out_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Prospect(Base):
    """What one scheme says to one training of one learner, as it was worked out last.

    `amount_pence` is what could be payable, at most that while `cost_known` is false. `against` and `missing` are
    codes with a space between them. `claimed` is set while a claim of that scheme for that training is open or done.
    """

    __tablename__ = "lms_prospect"
    __table_args__ = (
        UniqueConstraint("learner_id", "enrolment_id", "training", "scheme"),
        Index("ix_lms_prospect_due", "authority_id", "claimed", "decision", "deadline_on"),
        Index("ix_lms_prospect_scheme", "authority_id", "scheme", "decision"),
        CheckConstraint("amount_pence >= 0", name="amount_not_negative"),
        CheckConstraint("(act IS NULL) = (deadline_on IS NULL)", name="deadline_whole"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    enrolment_id: Mapped[UUID]
    training: Mapped[str] = mapped_column(String(40))
    scheme: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(40))
    claimant_kind: Mapped[ClaimantKind] = mapped_column(Coded(ClaimantKind))
    claimant_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    decision: Mapped[Decision] = mapped_column(Coded(Decision))
    amount_pence: Mapped[PenceColumn]
    cost_known: Mapped[bool]
    certified: Mapped[bool]
    claimed: Mapped[bool]
    act: Mapped[Act | None] = mapped_column(Coded(Act))
    deadline_on: Mapped[date | None] = mapped_column(Date)
    against: Mapped[str] = mapped_column(Text, default="")
    missing: Mapped[str] = mapped_column(Text, default="")
