"""The tables of how an authority's certificates look. What was issued keeps the look it was issued with."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.appearance.rules import Languages
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Appearance(Base):
    """How an authority's certificates look from a moment on; the newest row counts, earlier ones stay.

    `logo_sha256` is a PNG of ours, drawn anew from what was handed in; `logo_alt` says in words what it shows.
    """

    __tablename__ = "lms_certificate_appearance"
    __table_args__ = (
        Index("ix_lms_certificate_appearance_newest", "authority_id", "set_at"),
        CheckConstraint("logo_sha256 IS NULL OR logo_alt <> ''", name="logo_says_what_it_shows"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    languages: Mapped[Languages] = mapped_column(Coded(Languages))
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("lms_file.sha256"))
    logo_alt: Mapped[str] = mapped_column(String(200))
    logo_alt_cy: Mapped[str] = mapped_column(String(200))
    set_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Signatory(Base):
    """Somebody who answers for an authority's certificates, from a day, up to and including another."""

    __tablename__ = "lms_signatory"
    __table_args__ = (
        Index("ix_lms_signatory_of", "authority_id", "since"),
        CheckConstraint('"until" IS NULL OR "until" >= since', name="until_after_since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120))
    role_cy: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(160))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    named_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    named_at: Mapped[datetime] = mapped_column(UtcDateTime)
