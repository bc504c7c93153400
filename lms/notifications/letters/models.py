"""Table: PDFs of letters to print, and when somebody said that they were printed and posted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class LetterFile(Base):
    """Some letters of a message in one language: so many from `first` on, in the order of whom it is for."""

    __tablename__ = "lms_letter_file"
    __table_args__ = (CheckConstraint("(printed_at IS NULL) = (printed_by IS NULL)", name="printed_by_somebody"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey("lms_bulk_message.id"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(5))
    first: Mapped[int]
    letters: Mapped[int]
    sha256: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    printed_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
