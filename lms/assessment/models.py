"""Tables of assessment that its parts share: what a learner has to show, and who assesses whom.

What is written about a learner's unit names the learner, tied by key to the unit they really have to show, so that
the database itself refuses somebody who decides on their own work, whatever the code above it does.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.rules import UnitState
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


def of_learner_unit() -> ForeignKeyConstraint:
    """What ties a row to the learner's own unit, by `enrolment_id`, `unit` and `learner_id`."""
    unit = "lms_learner_unit"
    return ForeignKeyConstraint(
        ["enrolment_id", "unit", "learner_id"], [f"{unit}.enrolment_id", f"{unit}.unit", f"{unit}.learner_id"]
    )


class WorkingTo(Base):
    """A learner on the knowledge course now also shows practice, in one edition of the standards."""

    __tablename__ = "lms_working_to"

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))


class LearnerUnit(Base):
    """A unit a learner has to show at work, by the edition they enrolled on or work to.

    `ready_at` is when the learning of its module was done: a standing, so that lists can show who waits without
    asking the learning room about each learner. So are `state`, `met` of `needed` lines, and `changed_at`: whatever
    changes them writes them anew in the same transaction (see `standing_rows`), so that lists read one row a unit.
    `needed` 0 says that nobody has counted yet. `undecided` lines have evidence from after their last decision.
    """

    __tablename__ = "lms_learner_unit"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "unit", "learner_id"),
        Index("ix_lms_learner_unit_behind_wall", "authority_id", "opened_at"),
        # A cohort is read from this alone: who has a unit, where it stands, and how many stand where.
        Index(
            "ix_lms_learner_unit_cohort",
            "authority_id",
            "framework",
            "edition",
            "unit",
            "state",
            "learner_id",
            "enrolment_id",
        ),
        # Who has something left to show, counted and listed without those who are through.
        Index(
            "ix_lms_learner_unit_open",
            "authority_id",
            "enrolment_id",
            "learner_id",
            "opened_at",
            "framework",
            sqlite_where=text("state <> 'signed_off'"),
            postgresql_where=text("state <> 'signed_off'"),
        ),
    )

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)
    framework: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    module: Mapped[str | None] = mapped_column(String(40))
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[UnitState] = mapped_column(Coded(UnitState), default=UnitState.NOT_SEEN, server_default="not_seen")
    met: Mapped[int] = mapped_column(default=0, server_default="0")
    needed: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undecided: Mapped[int] = mapped_column(default=0, server_default="0")
    undecided_since: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Allocation(Base):
    """An assessor looks at a learner's work from a day, up to and including another."""

    __tablename__ = "lms_allocation"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        CheckConstraint("assessor_id <> learner_id", name="assessor_is_not_learner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID] = mapped_column(index=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    allocated_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    allocated_at: Mapped[datetime] = mapped_column(UtcDateTime)
