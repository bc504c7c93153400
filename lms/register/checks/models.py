"""Tables: what checks keep beside the records. None of them has a field into which an offence could be written."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.register.checks.kinds import Outcome, RightToAsk, Waits
from lms.register.disclosures import Factor


class DisclosureNumber(Base):
    """The number of a DBS certificate, for as long as it is needed and no longer; nowhere else is it ever written.

    On `delete_on` the number goes and `deleted_at` says that it went. It is looked for by no index.
    """

    __tablename__ = "lms_disclosure_number"
    __table_args__ = (
        CheckConstraint("(number IS NULL) = (deleted_at IS NOT NULL)", name="kept_or_deleted"),
        Index("ix_lms_disclosure_number_due", "deleted_at", "delete_on"),
    )

    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("lms_requirement_record.id"), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(12))
    delete_on: Mapped[date] = mapped_column(Date)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StatusConsent(Base):
    """A PA says that an authority may ask the update service about their certificate, or no longer. Newest counts."""

    __tablename__ = "lms_status_consent"
    __table_args__ = (Index("ix_lms_status_consent_of", "person_id", "authority_id"),)

    turn: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    given: Mapped[RightToAsk] = mapped_column(Coded(RightToAsk))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FactorConsidered(Base):
    """Something that was weighed before a decision: that it was, and never what it came to."""

    __tablename__ = "lms_factor_considered"

    step_id: Mapped[UUID] = mapped_column(ForeignKey("lms_disclosure_step.id"), primary_key=True)
    factor: Mapped[Factor] = mapped_column(Coded(Factor), primary_key=True)


class Invitation(Base):
    """When and where the PA is invited to talk about a certificate; the PA reads it. Looked through before (unsaid)."""

    __tablename__ = "lms_disclosure_invitation"

    step_id: Mapped[UUID] = mapped_column(ForeignKey("lms_disclosure_step.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(300))


class EmployerMayKnow(Base):
    """A PA agreed that one employer is told of a decision, at a time; and took it back at another, if they did."""

    __tablename__ = "lms_disclosure_employer"
    __table_args__ = (Index("ix_lms_disclosure_employer_of", "employer_id", "ended_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("lms_requirement_record.id"), index=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DisclosureReview(Base):
    """A PA asked that a decision be looked at again by somebody else. `turn` counts them: one is open at a time."""

    __tablename__ = "lms_disclosure_review"
    __table_args__ = (UniqueConstraint("disclosure_id", "turn"), CheckConstraint("turn > 0", name="counted"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("lms_requirement_record.id"))
    turn: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewDecided(Base):
    """Somebody who had no part in the decision looked at it again: it stands, or it was decided anew."""

    __tablename__ = "lms_disclosure_review_decided"

    review_id: Mapped[UUID] = mapped_column(ForeignKey("lms_disclosure_review.id"), primary_key=True)
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CheckWaits(Base):
    """What waits for a register team, kept so that a desk is quick. Worked out again with each fact, not a fact.

    It waits from `since` on, which can be a day that has not come yet; `due` is the last day, where there is one.
    """

    __tablename__ = "lms_check_waits"
    __table_args__ = (
        UniqueConstraint("disclosure_id", "what"),
        Index("ix_lms_check_waits_list", "authority_id", "since"),
        Index("ix_lms_check_waits_of", "person_id", "authority_id"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    disclosure_id: Mapped[UUID] = mapped_column(ForeignKey("lms_requirement_record.id"))
    what: Mapped[Waits] = mapped_column(Coded(Waits))
    code: Mapped[str] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    due: Mapped[date | None] = mapped_column(Date)
