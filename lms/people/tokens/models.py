"""Tables: tokens of systems."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class SystemToken(Base):
    """A token by which a system of one authority asks. Only the digest of the secret is kept.

    `ends_on` is its last day. `last_used_on` is written once a day.
    """

    __tablename__ = "lms_system_token"
    __table_args__ = (
        Index("ix_lms_system_token_of", "authority_id", "made_at"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_whole"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    system: Mapped[str] = mapped_column(String(80))
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_on: Mapped[date] = mapped_column(Date)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_used_on: Mapped[date | None] = mapped_column(Date)
