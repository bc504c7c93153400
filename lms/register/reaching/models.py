"""Table: how the register team of an authority is reached."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Counter, UtcDateTime


class RegisterContact(Base):
    """A register manager or administrator wrote how the team is reached. The newest counts; `id` is the form's number.

    It is about a team and not about a person: what stands here is shown to every PA of the authority.
    """

    __tablename__ = "lms_register_contact"
    __table_args__ = (
        CheckConstraint("email <> '' OR phone <> ''", name="can_be_reached"),
        Index("ix_lms_register_contact_of", "authority_id", "number"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    team: Mapped[str] = mapped_column(String(100))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20))
    hours: Mapped[str] = mapped_column(String(200))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
