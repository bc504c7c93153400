"""The table of what an authority set. Rows are added; only the day of the last clearing is marked."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Counter, UtcDateTime


class ContactRetention(Base):
    """For how many years notes, call-backs and alerts are kept, from a day on; without a number there is no end."""

    __tablename__ = "lms_contact_retention"
    __table_args__ = (Index("ix_lms_contact_retention_of", "authority_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    notes: Mapped[int | None]
    call_backs: Mapped[int | None]
    alerts: Mapped[int | None]
    since: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    cleared_on: Mapped[date | None] = mapped_column(Date)
