"""Tables: the areas of an authority, and the area a PA or an individual employer belongs to there."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime


class Area(Base):
    """A part of an authority's place. `code` is what other systems call it; once closed it takes nobody.

    Who was in it when it was closed stays in it, so that numbers of the past keep their sense.
    """

    __tablename__ = "lms_area"
    __table_args__ = (UniqueConstraint("authority_id", "code"), UniqueConstraint("authority_id", "name"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    name_cy: Mapped[str | None] = mapped_column(String(80))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PersonArea(Base):
    """The area a PA belongs to at an authority; somebody known to two authorities has one at each. No row: none."""

    __tablename__ = "lms_person_area"
    __table_args__ = (Index("ix_lms_person_area_in", "area_id", "person_id"),)

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True, index=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("lms_area.id"))
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EmployerArea(Base):
    """The area an individual employer belongs to. No row: none."""

    __tablename__ = "lms_employer_area"

    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("lms_area.id"), index=True)
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
