"""Notices. What they say is worked out from `kind` and `values` in the reader's language when they are sent or read."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime

_TO_ASK = text("ask_at IS NOT NULL")
_IN_DIGEST = text("digest AND sent_at IS NULL")


class Notice(Base):
    """Something to tell one person. `address` is None for people without e-mail, who read it on their page.

    `values` fill the text; `secret` is the part of a link that must not be kept, and is wiped once sent. `way` is how
    it goes (None: as older ones did), `due_at` when it may, and `digest` whether it waits for the one mail a day.
    `reference` is what a provider of text messages calls it; `outcome` what came of it, asked for again at `ask_at`.
    """

    __tablename__ = "lms_notice"
    __table_args__ = (
        Index("ix_lms_notice_of", "person_id", "made_at"),
        Index("ix_lms_notice_ask", "ask_at", sqlite_where=_TO_ASK, postgresql_where=_TO_ASK),
        Index("ix_lms_notice_digest", "person_id", "due_at", sqlite_where=_IN_DIGEST, postgresql_where=_IN_DIGEST),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID | None]
    address: Mapped[str | None] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(5))
    kind: Mapped[str] = mapped_column(String(40))
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    secret: Mapped[str | None] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    way: Mapped[str | None] = mapped_column(String(10))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest: Mapped[bool] = mapped_column(default=False, server_default=false())
    reference: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str | None] = mapped_column(String(20))
    ask_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked: Mapped[int] = mapped_column(default=0, server_default="0")
