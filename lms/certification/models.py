"""Tables of certificates. A certificate row is everything it said when it was issued; nothing in it ever changes."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.keys.rules import Sealed
from lms.certification.rules import WithdrawalReason
from lms.core.db import Base
from lms.core.i18n import Language
from lms.core.types import Coded, UtcDateTime
from lms.people.rules import Nation


class Certificate(Base):
    """One certificate, as issued. Names, titles, editions and sentences are copies: later changes do not reach it.

    `source_id` is what it was earned in: an enrolment, which `enrolment_id` then names too, or an attendance. `code` is
    what was earned, such as "PAI-1"; `turn` counts how often, since a certificate can be earned anew, renewed, or
    replaced by one with the right name. `lapses_on` is the first day on which it no longer counts.
    `shown` are the facts on the paper, in order: [{label, text}]; `signatories` [{name, role, organisation}];
    `achievements`, the second page: [{code, title, on, by}]; `relied_on`, the records it rests on: [{what, id, on,
    digest}]. `languages` are those it is written in, the first is `language`; `also` holds the texts of the others, by
    language: {title, proves, does_not_prove, shown}.
    `html` is the filled design; only the address of the check page, its code and the logo are put in when the PDF is
    made. `design_sha256` and `face` are what it was filled from, so that a replacement with the right name looks the
    same; certificates issued before there were replacements have neither.
    `frozen_digest` is the SHA-256 of all of this (see `freezing`).
    """

    __tablename__ = "lms_certificate"
    __table_args__ = (
        UniqueConstraint("source_id", "kind", "code", "turn"),
        Index("ix_lms_certificate_holder_id", "holder_id", "issued_on"),
        Index("ix_lms_certificate_authority_id", "authority_id", "issued_on"),
        CheckConstraint("lapses_on IS NULL OR lapses_on > issued_on", name="lapses_after_issue"),
        CheckConstraint(
            "(signed_off_on IS NULL) = (signed_off_by IS NULL) AND (signed_off_on IS NULL) = (signed_off_as IS NULL)",
            name="sign_off_whole",
        ),
        CheckConstraint("enrolment_id IS NULL OR enrolment_id = source_id", name="one_source"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(40))
    turn: Mapped[int] = mapped_column(default=1, server_default="1")
    source_id: Mapped[UUID]
    enrolment_id: Mapped[UUID | None] = mapped_column(index=True)
    holder_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    holder_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(400))
    module_title: Mapped[str | None] = mapped_column(String(200))
    course: Mapped[str | None] = mapped_column(String(40))
    course_title: Mapped[str | None] = mapped_column(String(200))
    design_edition: Mapped[str] = mapped_column(String(40))
    content_edition: Mapped[str | None] = mapped_column(String(40))
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
    lapses_on: Mapped[date | None] = mapped_column(Date, index=True)
    language: Mapped[Language] = mapped_column(Coded(Language))
    languages: Mapped[list[str]] = mapped_column(JSON)
    shown: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    signatories: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    achievements: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    relied_on: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    also: Mapped[dict[str, Any]] = mapped_column(JSON)
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
    renews_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_certificate.id"), index=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_certificate.id"), unique=True)
    design_sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_certificate_design.sha256"))
    face: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    html: Mapped[str] = mapped_column(Text)
    frozen_digest: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DesignPage(Base):
    """The page of a design that certificates were filled from, kept once under its SHA-256."""

    __tablename__ = "lms_certificate_design"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    html: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KindRead(Base):
    """Which rules the worker has looked through everybody's records for, and how far it came.

    A kind that came with an upgrade or a pack is given to those who fulfil its rule already; `rule` is the digest of
    that rule (see `catching_up`), `after` the last enrolment that was looked at.
    """

    __tablename__ = "lms_certificate_kind_read"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    rule: Mapped[str] = mapped_column(String(64), primary_key=True)
    after: Mapped[UUID | None]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CertificatePdf(Base):
    """The PDF of a certificate, added once by the worker; the bytes lie in the file store under their digest.

    `key_id` is the key it was sealed with, `sealed` how; both empty for what was printed before there were seals.
    """

    __tablename__ = "lms_certificate_pdf"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("lms_file.sha256"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[UUID | None]
    sealed: Mapped[Sealed | None] = mapped_column(Coded(Sealed))


class Withdrawal(Base):
    """A certificate was withdrawn, once and for good; who did it is on record, the public page shows day and reason."""

    __tablename__ = "lms_withdrawal"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("lms_certificate.id"), primary_key=True)
    reason: Mapped[WithdrawalReason] = mapped_column(Coded(WithdrawalReason))
    withdrawn_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
