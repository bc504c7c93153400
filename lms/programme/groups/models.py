"""Tables of groups: what a group is called, and who is in it from when to when. Members are never taken out of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import UtcDateTime

_OPEN = text("ended_at IS NULL")


class Group(Base):
    """A cohort of an authority. `course` narrows who can be in it to one course; None: whatever they learn."""

    __tablename__ = "lms_group"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        Index("ix_lms_group_of", "authority_id", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(80))
    course: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GroupMember(Base):
    """An enrolment is in a group, from a day to a day; both count. Somebody who comes back gets another row."""

    __tablename__ = "lms_group_member"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        CheckConstraint("(ended_at IS NULL) = (until IS NULL)", name="ended_whole"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        Index("ix_lms_group_member_of", "group_id", "ended_at"),
        Index(
            "uq_lms_group_member_open",
            "group_id",
            "enrolment_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(ForeignKey("lms_group.id"))
    enrolment_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    added_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
