"""Tables: templates, messages to many, and whom each goes to. What was sent is never edited."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.notifications.preferences.rules import Topic, Way
from lms.notifications.writing.rules import Out


class MessageTemplate(Base):
    """A template of an authority in one language; of each language the newest row counts. `gone`: not offered."""

    __tablename__ = "lms_message_template"
    __table_args__ = (Index("ix_lms_message_template_of", "authority_id", "template_id", "language", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    template_id: Mapped[UUID]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(80))
    topic: Mapped[Topic] = mapped_column(Coded(Topic))
    language: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    short: Mapped[str] = mapped_column(String(600))
    gone: Mapped[bool] = mapped_column(default=False)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class BulkMessage(Base):
    """A coordinator's message to one or many. `id` is the form's number: a double tap is one.

    `texts` is subject, body and short by language, as they were when it was prepared; `audience` how the people were
    chosen. It goes out once `sent_off_at` is set, and stops where `stopped_at` is.
    """

    __tablename__ = "lms_bulk_message"
    __table_args__ = (
        CheckConstraint("(stopped_at IS NULL) = (stopped_by IS NULL)", name="stopped_by_somebody"),
        Index("ix_lms_bulk_message_of", "authority_id", "prepared_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    topic: Mapped[Topic] = mapped_column(Coded(Topic))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    event: Mapped[str] = mapped_column(String(200))
    audience: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BulkMessageTo(Base):
    """One person a message is for. `out` is why they do not get it, `missing` the field without a value.

    `via_id` is the employer it goes through; `notice_id` what was sent, with its whole text.
    """

    __tablename__ = "lms_bulk_message_to"
    __table_args__ = (
        Index("ix_lms_bulk_message_to_place", "message_id", "place"),
        Index("ix_lms_bulk_message_to_of", "person_id", "at"),
    )

    message_id: Mapped[UUID] = mapped_column(ForeignKey("lms_bulk_message.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    place: Mapped[int]
    language: Mapped[str] = mapped_column(String(5))
    way: Mapped[Way] = mapped_column(Coded(Way))
    out: Mapped[Out | None] = mapped_column(Coded(Out))
    missing: Mapped[str] = mapped_column(String(40), default="")
    via_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    notice_id: Mapped[UUID | None]
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
