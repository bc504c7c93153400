"""Tables: permissions employers give, their end, and their every use."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.funding.permissions.rules import Action, GivenHow
from lms.funding.permissions.words import Deed


class Permission(Base):
    """An employer lets an organisation act about training money. Added, never changed; its end is a row of its own.

    `schemes` and `actions` hold words, `note` what is known about how it was given. `given_by` is whoever wrote it
    down: the employer, or somebody of the authority on their behalf.
    """

    __tablename__ = "lms_permission"
    __table_args__ = (
        CheckConstraint("ends_on >= given_on", name="ends_after_it_began"),
        CheckConstraint("employer_id <> delegate_id", name="given_to_another"),
        Index("ix_lms_permission_for", "delegate_id", "employer_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    delegate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    schemes: Mapped[list[str]] = mapped_column(JSON)
    actions: Mapped[list[str]] = mapped_column(JSON)
    given_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    given_how: Mapped[GivenHow] = mapped_column(Coded(GivenHow))
    note: Mapped[str] = mapped_column(Text, default="")
    given_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PermissionWorker(Base):
    """A PA whom a permission covers."""

    __tablename__ = "lms_permission_worker"

    permission_id: Mapped[UUID] = mapped_column(ForeignKey("lms_permission.id"), primary_key=True)
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True, index=True)


class PermissionWithdrawn(Base):
    """A permission was withdrawn; from that moment it opens nothing."""

    __tablename__ = "lms_permission_withdrawn"

    permission_id: Mapped[UUID] = mapped_column(ForeignKey("lms_permission.id"), primary_key=True)
    on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PermissionUse(Base):
    """Something was done under a permission. Added with what was done, in the same transaction; shown to the employer.

    `by` is nobody where PALMS itself passed a decision on. `values` fill the sentence of the deed.
    """

    __tablename__ = "lms_permission_use"
    __table_args__ = (Index("ix_lms_permission_use_of", "permission_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    permission_id: Mapped[UUID] = mapped_column(ForeignKey("lms_permission.id"))
    action: Mapped[Action] = mapped_column(Coded(Action))
    deed: Mapped[Deed] = mapped_column(Coded(Deed))
    scheme: Mapped[str | None] = mapped_column(String(40))
    claim_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_claim.id"), index=True)
    learner_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
