"""The tables of workshops. Until its certificates are issued a list can be corrected; from then on it stays."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.certification.attendance.rules import Place
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class Workshop(Base):
    """A workshop an authority held. From `issued_at` on its details stay, since certificates say them."""

    __tablename__ = "lms_workshop"
    __table_args__ = (
        Index("ix_lms_workshop_of", "authority_id", "on_day"),
        CheckConstraint("minutes > 0", name="some_time"),
        CheckConstraint("(issued_at IS NULL) = (issued_by IS NULL)", name="issued_whole"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    title: Mapped[str] = mapped_column(String(160))
    on_day: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int]
    place: Mapped[Place] = mapped_column(Coded(Place))
    led_by: Mapped[str] = mapped_column(String(120))
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Attendance(Base):
    """Somebody attended a workshop. `issued_at`: from when their certificate was asked for, so that it stays."""

    __tablename__ = "lms_attendance"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    workshop_id: Mapped[UUID] = mapped_column(ForeignKey("lms_workshop.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
