"""Tables of events. What somebody had and did is added and never edited; details of an event say what stands now."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.programme.gatherings.words import Came, Gone, How, Kind, Where

_OPEN = text("ended_at IS NULL")


class Gathering(Base):
    """An event of an authority. In an employer's home it has an employer and neither place nor link.

    `number` counts its changes, as calendars want to know. `open_to` are words of `Open`, `access` words of `Access`,
    `remind` days before. `capacity` None: as many as come.
    """

    __tablename__ = "lms_gathering"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("capacity IS NULL OR capacity > 0", name="some_places"),
        CheckConstraint("(\"where\" = 'home') = (employer_id IS NOT NULL)", name="home_of_somebody"),
        CheckConstraint("\"where\" <> 'home' OR (place = '' AND link = '')", name="no_address_of_a_home"),
        CheckConstraint("(cancelled_at IS NULL) = (cancelled_by IS NULL)", name="cancelled_by_somebody"),
        Index("ix_lms_gathering_of", "authority_id", "starts_at"),
        Index("ix_lms_gathering_starts", "starts_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    title: Mapped[str] = mapped_column(String(160))
    about: Mapped[str] = mapped_column(Text)
    led_by: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    where: Mapped[Where] = mapped_column(Coded(Where))
    place: Mapped[str] = mapped_column(String(300))
    link: Mapped[str] = mapped_column(String(500))
    employer_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    access: Mapped[list[Any]] = mapped_column(JSON)
    access_notes: Mapped[str] = mapped_column(String(500))
    capacity: Mapped[int | None]
    paid: Mapped[bool]
    paid_by: Mapped[str] = mapped_column(String(120))
    open_to: Mapped[list[Any]] = mapped_column(JSON)
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_group.id"))
    course: Mapped[str | None] = mapped_column(String(40))
    walk_ins: Mapped[bool]
    remind: Mapped[list[Any]] = mapped_column(JSON)
    number: Mapped[int] = mapped_column(default=0)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")


class GatheringPlace(Base):
    """Somebody asked to come. With `placed_at` they have a place, without they wait, in the order of `number`.

    `needs` is what they need on the day; only those who plan the event read it.
    """

    __tablename__ = "lms_gathering_place"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name="ended_somehow"),
        Index("ix_lms_gathering_place_of", "gathering_id", "ended_at"),
        Index(
            "uq_lms_gathering_place_open",
            "gathering_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("lms_gathering.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    needs: Mapped[str] = mapped_column(String(500))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    placed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended: Mapped[Gone | None] = mapped_column(Coded(Gone))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GatheringAttendance(Base):
    """Somebody was there or was not, as a list or a code said. Of one person the newest counts."""

    __tablename__ = "lms_gathering_attendance"
    __table_args__ = (Index("ix_lms_gathering_attendance_of", "gathering_id", "person_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("lms_gathering.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    came: Mapped[Came] = mapped_column(Coded(Came))
    reason: Mapped[str] = mapped_column(String(200))
    how: Mapped[How] = mapped_column(Coded(How))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GatheringCode(Base):
    """What is shown in the room for a while. The newest of an event counts."""

    __tablename__ = "lms_gathering_code"
    __table_args__ = (
        CheckConstraint("until > since", name="for_a_while"),
        Index("ix_lms_gathering_code_of", "gathering_id", "number"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("lms_gathering.id"))
    code: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))


class GatheringTry(Base):
    """A code that did not fit, so that guessing is slowed."""

    __tablename__ = "lms_gathering_try"
    __table_args__ = (Index("ix_lms_gathering_try_of", "gathering_id", "person_id", "at"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("lms_gathering.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GatheringReminder(Base):
    """Somebody was reminded of an event on a day, so many days before it; once for each."""

    __tablename__ = "lms_gathering_reminder"

    gathering_id: Mapped[UUID] = mapped_column(ForeignKey("lms_gathering.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    on_day: Mapped[date] = mapped_column(Date, primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CalendarAddress(Base):
    """Somebody's calendar has a secret address, of which only the digest is kept; one at a time."""

    __tablename__ = "lms_calendar_address"
    __table_args__ = (
        Index(
            "uq_lms_calendar_address_open",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
