"""Tables of sign-off: facts, added and never changed. `turn` counts how often a unit was signed off anew."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.models import of_learner_unit
from lms.assessment.rules import Capacity
from lms.assessment.signing.rules import How, Withdrawer
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class SignOff(Base):
    """A unit is signed off. `statement` is the sentence that was confirmed, as it was read.

    `copy` is the unit's whole record as it was then, as canonical JSON, and `copy_digest` its SHA-256; both are None
    for sign-offs from before copies were kept.
    """

    __tablename__ = "lms_sign_off"
    __table_args__: tuple[Any, ...] = (
        UniqueConstraint("enrolment_id", "unit", "turn"),
        CheckConstraint("signed_by <> learner_id", name="signer_is_not_learner"),
        CheckConstraint("statement <> ''", name="statement_was_confirmed"),
        CheckConstraint("name <> ''", name="signer_is_named"),
        CheckConstraint("how <> 'supporter' OR (supporter <> '' AND consent <> '')", name="supporter_has_consent"),
        CheckConstraint("(copy IS NULL) = (copy_digest IS NULL)", name="copy_has_its_digest"),
        of_learner_unit(),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID]
    unit: Mapped[str] = mapped_column(String(40))
    turn: Mapped[int]
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    learner_id: Mapped[UUID] = mapped_column(index=True)
    signed_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    capacity: Mapped[Capacity] = mapped_column(Coded(Capacity))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(160))
    role: Mapped[str] = mapped_column(String(160))
    how: Mapped[How] = mapped_column(Coded(How))
    supporter: Mapped[str] = mapped_column(String(160))
    consent: Mapped[str] = mapped_column(Text)
    heard_by: Mapped[str] = mapped_column(String(160))
    statement: Mapped[str] = mapped_column(Text)
    copy: Mapped[str | None] = mapped_column(Text)
    copy_digest: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignOffWithdrawal(Base):
    """A sign-off was withdrawn, once and for good; the unit can be signed off anew."""

    __tablename__ = "lms_sign_off_withdrawal"
    __table_args__ = (CheckConstraint("reason <> ''", name="says_why"),)

    sign_off_id: Mapped[UUID] = mapped_column(ForeignKey("lms_sign_off.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    role: Mapped[Withdrawer] = mapped_column(Coded(Withdrawer))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
