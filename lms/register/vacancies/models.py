"""Tables: vacancies and answers to them. There is no field for an address, a telephone number or anybody's health."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.register.directory.words import BackReason, Outcome
from lms.register.vacancies.words import EndReason


class Vacancy(Base):
    """A household looks for a PA. `live_id` is the text PAs read; it can be answered up to and including `ends_on`."""

    __tablename__ = "lms_vacancy"
    __table_args__ = (
        Index("ix_lms_vacancy_open", "authority_id", "ended_on", "ends_on"),
        CheckConstraint("(live_id IS NULL) = (ends_on IS NULL)", name="ends_when_live"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    posted_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    live_id: Mapped[UUID | None]
    ends_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)


class VacancyText(Base):
    """What a vacancy says, as it was sent to the register team. `data` is emptied when it is kept no longer."""

    __tablename__ = "lms_vacancy_text"
    __table_args__ = (Index("ix_lms_vacancy_text_of", "vacancy_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("lms_vacancy.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waits: Mapped[bool] = mapped_column(default=True, index=True)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VacancyLook(Base):
    """Somebody of the register team read a vacancy before PAs did: published, or sent back with a reason."""

    __tablename__ = "lms_vacancy_look"
    __table_args__ = (CheckConstraint("(outcome = 'sent_back') = (reason IS NOT NULL)", name="reason_when_sent_back"),)

    text_id: Mapped[UUID] = mapped_column(ForeignKey("lms_vacancy_text.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome))
    reason: Mapped[BackReason | None] = mapped_column(Coded(BackReason))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VacancyEnd(Base):
    """A vacancy ended, and why; `by` is nobody when the calendar did it."""

    __tablename__ = "lms_vacancy_end"
    __table_args__ = (CheckConstraint("(why = 'calendar') = (by IS NULL)", name="by_somebody"),)

    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("lms_vacancy.id"), primary_key=True)
    why: Mapped[EndReason] = mapped_column(Coded(EndReason))
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class VacancyAnswer(Base):
    """A PA answered a vacancy, once; what they wrote stands in the contact it opened."""

    __tablename__ = "lms_vacancy_answer"
    __table_args__ = (UniqueConstraint("vacancy_id", "pa_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    vacancy_id: Mapped[UUID] = mapped_column(ForeignKey("lms_vacancy.id"))
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("lms_contact.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
