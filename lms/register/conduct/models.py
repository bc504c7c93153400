"""Tables: versions of an authority's code of conduct, and who was told of a new one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class ConductVersion(Base):
    """A version written by a register manager. Its words change while it is a draft, and never once it is published.

    `revision` counts the savings of a draft, so that of two managers nobody overwrites the other without a word.
    `commitments` is a list of texts in both languages; `news` says in a sentence what is new.
    """

    __tablename__ = "lms_conduct_version"
    __table_args__ = (
        UniqueConstraint("authority_id", "version"),
        UniqueConstraint("authority_id", "valid_from"),
        CheckConstraint("(published_at IS NULL) = (valid_from IS NULL)", name="published_for_a_day"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="published_by_somebody"),
        CheckConstraint("reaccept_days >= 0", name="days_not_negative"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    version: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int] = mapped_column(default=1)
    commitments: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    news: Mapped[dict[str, Any]] = mapped_column(JSON)
    reaccept_days: Mapped[int]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_from: Mapped[date | None] = mapped_column(Date)
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConductNote(Base):
    """A PA was told of a version they have not accepted: `step` 0 when it came, else so many days before the last."""

    __tablename__ = "lms_conduct_note"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    version: Mapped[str] = mapped_column(String(20), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
