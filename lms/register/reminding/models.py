"""Tables: reminders sent to many PAs at once, and to whom each went."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class BulkReminder(Base):
    """Somebody of the register team reminded the PAs a list showed. `id` is the form's number: a double tap is one.

    `chosen` is how the list was narrowed down; `counted` how many were to be told when it was sent off.
    """

    __tablename__ = "lms_bulk_reminder"
    __table_args__ = (Index("ix_lms_bulk_reminder_of", "authority_id", "asked_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON)
    counted: Mapped[int]
    after_id: Mapped[UUID | None]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReminderSent(Base):
    """One PA was reminded of one next step at one authority."""

    __tablename__ = "lms_reminder_sent"
    __table_args__ = (Index("ix_lms_reminder_sent_of", "authority_id", "person_id", "at"),)

    reminder_id: Mapped[UUID] = mapped_column(ForeignKey("lms_bulk_reminder.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    step: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
