"""Tables of queues: standings, not facts. Who has a thing open now, and what people were reminded of."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.queues.rules import Stage, Waits
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class OpenThing(Base):
    """Somebody has a thing open for a while; after `until` anybody may take it."""

    __tablename__ = "lms_lease"
    __table_args__ = (CheckConstraint("until > since", name="until_after_since"),)

    thing: Mapped[str] = mapped_column(String(120), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class LongWait(Base):
    """Something has waited long for somebody: who was told, and the last day it was still so.

    Kept while it waits, so that nobody is told twice, and the coordinators have a list. It goes a day after it is done.
    """

    __tablename__ = "lms_long_wait"
    __table_args__ = (Index("ix_lms_long_wait_behind_wall", "authority_id", "stage", "since"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    thing: Mapped[str] = mapped_column(String(120), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    kind: Mapped[Waits] = mapped_column(Coded(Waits))
    about: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    stage: Mapped[Stage] = mapped_column(Coded(Stage))
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    still_on: Mapped[date] = mapped_column(Date, index=True)


class ReminderRound(Base):
    """One day's round through everybody something may wait for: `after` is the last one who was looked at."""

    __tablename__ = "lms_reminder_round"

    on_day: Mapped[date] = mapped_column(Date, primary_key=True)
    after: Mapped[UUID | None]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
