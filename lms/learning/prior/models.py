"""Tables of prior learning: what a learner offered, and what was decided about it. Rows are added, never changed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class PriorOffer(Base):
    """A learner says that something they learned before covers outcomes of a module, and shows a paper for it.

    The paper is a file or the number of a certificate issued here. The id is the form's once-only number.
    """

    __tablename__ = "lms_prior_offer"
    __table_args__ = (
        UniqueConstraint("id", "learner_id"),
        CheckConstraint("(paper IS NULL) <> (certificate IS NULL)", name="one_proof"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("lms_enrolment.id"), index=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    module: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(40))
    outcomes: Mapped[list[str]] = mapped_column(JSON)
    title: Mapped[str] = mapped_column(String(200))
    earned_on: Mapped[date | None]
    says: Mapped[str] = mapped_column(Text)
    paper: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
    certificate: Mapped[str | None] = mapped_column(String(40))
    offered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PriorDecision(Base):
    """What was decided about an offer, once: the outcomes that are accepted, none of them perhaps, and why.

    It names the learner, tied by key to whose offer it is, so that the database itself refuses a decision of one's own.
    """

    __tablename__ = "lms_prior_decision"
    __table_args__: tuple[Any, ...] = (
        ForeignKeyConstraint(["offer_id", "learner_id"], ["lms_prior_offer.id", "lms_prior_offer.learner_id"]),
        Index("uq_lms_prior_decision_offer", "offer_id", unique=True),
        CheckConstraint("decided_by <> learner_id", name="somebody_else_decides"),
        CheckConstraint("reason <> ''", name="says_why"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    offer_id: Mapped[UUID]
    learner_id: Mapped[UUID]
    accepted: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PriorTakenBack(Base):
    """The learner took an offer back before anybody decided."""

    __tablename__ = "lms_prior_taken_back"

    offer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_prior_offer.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
