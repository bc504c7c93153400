"""Tables of contacts, call-backs and alerts. Rows are added; what ends is marked once, and never edited."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.programme.contacts.words import AlertStep, CallEnd, Referral, Way, Whom, WithWhom

_ONE_OF_TWO = "(pa_id IS NULL) <> (employer_id IS NULL)"
_OPEN = text("ended_at IS NULL")
_UNCLOSED = text("closed_at IS NULL")
_ONCE_ONLY = text("step IN ('acknowledged', 'closed')")


class NamedContact(Base):
    """Who of the authority's staff a PA or an individual employer turns to. The newest counts; nobody: without one."""

    __tablename__ = "lms_named_contact"
    __table_args__ = (
        CheckConstraint(_ONE_OF_TWO, name="of_one"),
        CheckConstraint("contact_id IS NULL OR email <> '' OR phone <> ''", name="can_be_reached"),
        Index("ix_lms_named_contact_pa", "pa_id", "authority_id", "number"),
        Index("ix_lms_named_contact_employer", "employer_id", "authority_id", "number"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    pa_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    employer_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ContactNote(Base):
    """Somebody spoke with a PA or an employer. `corrects` is the note this one takes the place of; both stay."""

    __tablename__ = "lms_contact_note"
    __table_args__ = (
        CheckConstraint(_ONE_OF_TWO, name="of_one"),
        CheckConstraint("corrects <> id", name="corrects_another"),
        Index("ix_lms_contact_note_pa", "pa_id", "authority_id", "at"),
        Index("ix_lms_contact_note_employer", "employer_id", "authority_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    pa_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    employer_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    on: Mapped[date] = mapped_column(Date)
    way: Mapped[Way] = mapped_column(Coded(Way))
    with_whom: Mapped[WithWhom] = mapped_column(Coded(WithWhom))
    said: Mapped[str] = mapped_column(Text)
    corrects: Mapped[UUID | None] = mapped_column(ForeignKey("lms_contact_note.id"), unique=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CallBackSetting(Base):
    """After how many days an authority calls back, and whether employers too. The newest counts."""

    __tablename__ = "lms_call_back_setting"
    __table_args__ = (Index("ix_lms_call_back_setting_of", "authority_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    days: Mapped[list[Any]] = mapped_column(JSON)
    employers: Mapped[bool]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CallBackDay(Base):
    """A day on which the sweep has gone through employments; its row goes when an authority changes its setting."""

    __tablename__ = "lms_call_back_day"

    day: Mapped[date] = mapped_column(Date, primary_key=True)


class CallBack(Base):
    """A PA or employer is to be called on a day. `next_on` is that day, or the day of the next try.

    Once it is forgotten no page shows it; the row stays only while there is an alert about it.
    """

    __tablename__ = "lms_call_back"
    __table_args__ = (
        UniqueConstraint("pa_id", "employer_id", "since", "days", "whom"),
        CheckConstraint("(ended_at IS NULL) = (ended IS NULL)", name="ended_somehow"),
        CheckConstraint("next_on >= due_on", name="not_before_its_day"),
        Index("ix_lms_call_back_open", "authority_id", "next_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_lms_call_back_done", "authority_id", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    days: Mapped[int]
    whom: Mapped[Whom] = mapped_column(Coded(Whom))
    due_on: Mapped[date] = mapped_column(Date)
    overdue_from: Mapped[date] = mapped_column(Date)
    next_on: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    edition: Mapped[str | None] = mapped_column(String(20))
    ended: Mapped[CallEnd | None] = mapped_column(Coded(CallEnd))
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CallBackTry(Base):
    """Somebody rang and reached nobody. `id` is the form's number."""

    __tablename__ = "lms_call_back_try"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    call_back_id: Mapped[UUID] = mapped_column(ForeignKey("lms_call_back.id"), index=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CallBackAnswer(Base):
    """An answer as it was typed in, to a question of an edition; of each question, the newest of one asker counts."""

    __tablename__ = "lms_call_back_answer"
    __table_args__ = (Index("ix_lms_call_back_answer_of", "call_back_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    call_back_id: Mapped[UUID] = mapped_column(ForeignKey("lms_call_back.id"))
    edition: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(String(40))
    option: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SafeguardingPerson(Base):
    """Who is told of alerts in an authority, from a moment, until another. `place` is their order."""

    __tablename__ = "lms_safeguarding_person"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        Index(
            "uq_lms_safeguarding_person_open",
            "authority_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    place: Mapped[int]
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SafeguardingAlert(Base):
    """An answer points to harm; one at a time for each.

    Only those named see it; the one who asked sees that it was raised, and who got it.
    """

    __tablename__ = "lms_safeguarding_alert"
    __table_args__ = (
        Index(
            "uq_lms_safeguarding_alert_open",
            "call_back_id",
            "question",
            "option",
            unique=True,
            sqlite_where=_UNCLOSED,
            postgresql_where=_UNCLOSED,
        ),
        Index(
            "ix_lms_safeguarding_alert_open",
            "authority_id",
            "raised_at",
            sqlite_where=_UNCLOSED,
            postgresql_where=_UNCLOSED,
        ),
        Index("ix_lms_safeguarding_alert_of", "authority_id", "raised_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    call_back_id: Mapped[UUID] = mapped_column(ForeignKey("lms_call_back.id"))
    edition: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(String(40))
    option: Mapped[str] = mapped_column(String(40))
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SafeguardingStep(Base):
    """What was done about an alert: who was told, reminded, has taken it, closed it. It is taken once, closed once.

    It is taken over as often as the one who has it is not named any more.
    """

    __tablename__ = "lms_safeguarding_step"
    __table_args__ = (
        CheckConstraint("(step = 'closed') = (referral IS NOT NULL)", name="closed_with_something"),
        Index("ix_lms_safeguarding_step_of", "alert_id", "number"),
        Index(
            "uq_lms_safeguarding_step_once",
            "alert_id",
            "step",
            unique=True,
            sqlite_where=_ONCE_ONLY,
            postgresql_where=_ONCE_ONLY,
        ),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey("lms_safeguarding_alert.id"))
    step: Mapped[AlertStep] = mapped_column(Coded(AlertStep))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    referral: Mapped[Referral | None] = mapped_column(Coded(Referral))
    said: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
