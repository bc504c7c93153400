"""Tables of certificates. A certificate row is everything it said when it was issued; nothing in it ever changes."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.rules import WithdrawalReason
from lms.core.db import Base
from lms.core.i18n import Language
from lms.core.types import Coded, UtcDateTime
from lms.people.rules import Nation


class Certificate(Base):
    """One certificate, as issued. Names, titles, editions and sentences are copies: later changes do not reach it.

    `code` is what was earned, such as "PAI-1"; `turn` counts how often, since what a withdrawn one rested on can be
    earned anew. `lapses_on` is the first day on which it no longer counts.
    `html` is the filled design; only the address of the check page and its code are put in when the PDF is made.
    """

    __tablename__ = "lms_certificate"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "kind", "code", "turn"),
        Index("ix_lms_certificate_holder_id", "holder_id", "issued_on"),
        CheckConstraint("lapses_on IS NULL OR lapses_on > issued_on", name="lapses_after_issue"),
        CheckConstraint(
            "(signed_off_on IS NULL) = (signed_off_by IS NULL) AND (signed_off_on IS NULL) = (signed_off_as IS NULL)",
            name="sign_off_whole",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    turn: Mapped[int] = mapped_column(default=1, server_default="1")
    enrolment_id: Mapped[UUID] = mapped_column(index=True)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    holder_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(400))
    module_title: Mapped[str | None] = mapped_column(String(200))
    course: Mapped[str] = mapped_column(String(40))
    course_title: Mapped[str] = mapped_column(String(200))
    design_edition: Mapped[str] = mapped_column(String(40))
    content_edition: Mapped[str] = mapped_column(String(40))
    framework_edition: Mapped[str | None] = mapped_column(String(40))
    proves: Mapped[list[str]] = mapped_column(JSON)
    does_not_prove: Mapped[list[str]] = mapped_column(JSON)
    nation: Mapped[Nation] = mapped_column(Coded(Nation))
    authority_name: Mapped[str] = mapped_column(String(160))
    studied_on: Mapped[date | None] = mapped_column(Date)
    signed_off_on: Mapped[date | None] = mapped_column(Date)
    signed_off_by: Mapped[str | None] = mapped_column(String(120))
    signed_off_as: Mapped[str | None] = mapped_column(String(120))
    issued_on: Mapped[date] = mapped_column(Date)
    lapses_on: Mapped[date | None] = mapped_column(Date)
    language: Mapped[Language] = mapped_column(Coded(Language))
    html: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CertificatePdf(Base):
    """The PDF of a certificate, added once by the worker; the bytes lie in the file store under their digest."""

    __tablename__ = "lms_certificate_pdf"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Base):
    """A certificate was withdrawn, once and for good; who did it is on record, the public page shows day and reason."""

    __tablename__ = "lms_withdrawal"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    reason: Mapped[WithdrawalReason] = mapped_column(Coded(WithdrawalReason))
    withdrawn_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
