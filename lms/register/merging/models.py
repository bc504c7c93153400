"""Tables: two records of one PA read as one by an authority, and records that look like it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.register.merging.reasons import Likeness, LinkReason, UndoReason

_OPEN = text("ended_at IS NULL")


class SamePerson(Base):
    """An authority reads two records as one from a moment on. No data is moved, so ending the link brings back both.

    `kept_id` is the record that stays on the lists, `other_id` the one that leaves them. `id` is the form's number.
    """

    __tablename__ = "lms_same_person"
    __table_args__ = (
        CheckConstraint("kept_id <> other_id", name="two_records"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ended_with_reason"),
        CheckConstraint("linked_by <> kept_id AND linked_by <> other_id", name="linked_by_somebody_else"),
        Index(
            "uq_lms_same_person_open",
            "authority_id",
            "other_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_lms_same_person_kept", "kept_id", "authority_id"),
        Index("ix_lms_same_person_other", "other_id", "authority_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kept_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    reason: Mapped[LinkReason] = mapped_column(Coded(LinkReason))
    linked_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    end_reason: Mapped[UndoReason | None] = mapped_column(Coded(UndoReason))
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LikelyDouble(Base):
    """Two records of one authority that look like the same person, until somebody linked them or said they are two.

    `first_id` is the smaller id of the two, so that each pair stands here once.
    """

    __tablename__ = "lms_likely_double"
    __table_args__ = (
        UniqueConstraint("authority_id", "first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
        Index("ix_lms_likely_double_open", "authority_id", "settled_at", "found_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    first_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    likeness: Mapped[Likeness] = mapped_column(Coded(Likeness))
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))


class DoubleLook(Base):
    """When an authority's records were last compared with each other."""

    __tablename__ = "lms_double_look"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)
