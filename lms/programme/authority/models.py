"""Tables of what an authority sets for itself. Rows are added and never edited."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.people.rules import Role
from lms.programme.authority.words import RoleStep


class Colours(Base):
    """The colours an authority's pages wear from a moment on, as #rrggbb; the newest row counts, earlier ones stay."""

    __tablename__ = "lms_authority_colours"
    __table_args__ = (Index("ix_lms_authority_colours_newest", "authority_id", "set_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    header: Mapped[str] = mapped_column(String(7))
    link: Mapped[str] = mapped_column(String(7))
    button: Mapped[str] = mapped_column(String(7))
    set_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoleChange(Base):
    """What an admin did about somebody's role, and why; `until` is the last day it then had.

    `role_id` points nowhere on purpose: a role that was taken back before it ever counted has no row any more, and for
    somebody who was invited (`person_id` None) it is the invitation.
    """

    __tablename__ = "lms_role_change"
    __table_args__ = (Index("ix_lms_role_change_of", "authority_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    role_id: Mapped[UUID]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    role: Mapped[Role] = mapped_column(Coded(Role))
    what: Mapped[RoleStep] = mapped_column(Coded(RoleStep))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(300))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RoleReminder(Base):
    """It was said once that a role ends on a day; with another last day it is said again."""

    __tablename__ = "lms_role_reminder"

    role_id: Mapped[UUID] = mapped_column(primary_key=True)
    until: Mapped[date] = mapped_column(Date, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
