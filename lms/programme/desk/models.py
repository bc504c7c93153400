"""Tables of the desk: where each enrolment stands (kept, not a fact), what an authority set, nudges, saved views."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.programme.desk.rules import State, Who, Why


class DeskStanding(Base):
    """Where one enrolment stands by the rules of the desk, written anew with every fact about its learner.

    `since` is the day since which it waits; the other days are those of `rules.Stand`. How many days have passed since
    then is worked out when it is read.
    """

    __tablename__ = "lms_desk_standing"
    __table_args__ = (
        # The desk counts from this alone.
        Index(
            "ix_lms_desk_standing_counted", "authority_id", "state", "waits_for", "since", "assess_on", "sign_off_on"
        ),
        Index("ix_lms_desk_standing_started", "authority_id", "started_on", "completed_on", "left_on"),
        Index("ix_lms_desk_standing_completed", "authority_id", "completed_on"),
        Index("ix_lms_desk_standing_due", "holds_until"),
        CheckConstraint(
            "(waits_for IS NULL) = (since IS NULL) AND (waits_for IS NULL) = (why IS NULL)", name="wait_whole"
        ),
        CheckConstraint("(state = 'completed') = (completed_on IS NOT NULL)", name="completed_on_a_day"),
    )

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    course: Mapped[str] = mapped_column(String(40))
    state: Mapped[State] = mapped_column(Coded(State))
    started_on: Mapped[date] = mapped_column(Date)
    completed_on: Mapped[date | None] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    waits_for: Mapped[Who | None] = mapped_column(Coded(Who))
    why: Mapped[Why | None] = mapped_column(Coded(Why))
    since: Mapped[date | None] = mapped_column(Date)
    assess_on: Mapped[date | None] = mapped_column(Date)
    sign_off_on: Mapped[date | None] = mapped_column(Date)
    holds_until: Mapped[date | None] = mapped_column(Date)


class DeskSetting(Base):
    """What an authority set for its desk: days from which on a wait is stuck, by who is waited for, and targets.

    A target is so many people a month; None: there is none.
    """

    __tablename__ = "lms_desk_setting"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    days: Mapped[dict[str, int]] = mapped_column(JSON)
    target_started: Mapped[int | None]
    target_completed: Mapped[int | None]
    set_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Nudge(Base):
    """Somebody was asked once more for what is waited for. The id is the form's once-only number, with whom it went to.

    `person_id` is who was asked, `by` who asked.
    """

    __tablename__ = "lms_nudge"
    __table_args__ = (Index("ix_lms_nudge_of", "enrolment_id", "on_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    enrolment_id: Mapped[UUID]
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    waits_for: Mapped[Who] = mapped_column(Coded(Who))
    why: Mapped[Why] = mapped_column(Coded(Why))
    on_day: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SavedView(Base):
    """A list that somebody narrowed down and kept under a name, for themself. The id is the form's number."""

    __tablename__ = "lms_saved_view"
    __table_args__ = (UniqueConstraint("person_id", "authority_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    name: Mapped[str] = mapped_column(String(80))
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
