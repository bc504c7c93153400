"""Notices. What they say is worked out from `kind` and `values` in the reader's language when they are sent or read."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class Notice(Base):
    """Something to tell one person. `address` is None for people without e-mail, who read it on their page.

    `values` fill the text; `secret` is the part of a link that must not be kept, and is wiped once sent.
    """

    __tablename__ = "lms_notice"
    __table_args__ = (Index("ix_lms_notice_of", "person_id", "made_at"),)

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
