"""Tables of register rules written in the browser: drafts that people work on, and editions that were published."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Counter, UtcDateTime


class RegisterEdition(Base):
    """An edition of an authority's rules as it was published: the rule file, word for word. Added, never changed."""

    __tablename__ = "lms_register_edition"
    __table_args__ = (UniqueConstraint("authority_id", "edition"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    edition: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegisterEditionWithdrawn(Base):
    """A published edition was taken back before its first day."""

    __tablename__ = "lms_register_edition_withdrawn"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("lms_register_edition.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegisterDraft(Base):
    """Rules somebody is writing. `data` has the shape of a rule file; `version` counts what was saved.

    `last_once` is the number of the form saved last, so that a double tap saves once. A draft ends when it is published
    or thrown away; it is kept all the same.
    """

    __tablename__ = "lms_register_draft"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("published_id IS NULL OR ended_at IS NOT NULL", name="published_is_ended"),
        Index("ix_lms_register_draft_of", "authority_id", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    based_on: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]
    last_once: Mapped[UUID | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_register_edition.id"))
