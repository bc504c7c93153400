"""Tables of sign-offs for one person. They stand apart from every other sign-off, and nothing that counts reads them.

Rows are added, never changed: that it was looked at again, that it ended and that somebody was reminded are rows too.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lms.assessment.personal.rules import EndedWhy, Looked, RecordedAs, SignerRole, Task
from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime


class PersonalSignOff(Base):
    """A PA may do one task for one person. The id is the form's once-only number.

    `employer_id` is the household it is for, `person_code` tells the person supported without a name. Who trained,
    watched and signed is a named competent person, who need not be known here.
    """

    __tablename__ = "lms_personal_sign_off"
    __table_args__ = (
        CheckConstraint("recorded_by <> learner_id", name="somebody_else_wrote_it"),
        CheckConstraint("trained_on <= observed_on", name="trained_before_watched"),
        CheckConstraint("observed_on <= valid_until", name="ends_after_it_began"),
        CheckConstraint("person_code <> '' AND what <> '' AND signer_name <> '' AND known_by <> ''", name="says_all"),
        Index("ix_lms_personal_sign_off_of", "learner_id", "employer_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    learner_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    person_code: Mapped[str] = mapped_column(String(12))
    task: Mapped[Task] = mapped_column(Coded(Task))
    what: Mapped[str] = mapped_column(Text)
    limits: Mapped[str] = mapped_column(Text)
    signer_name: Mapped[str] = mapped_column(String(120))
    signer_role: Mapped[SignerRole] = mapped_column(Coded(SignerRole))
    signer_organisation: Mapped[str] = mapped_column(String(160))
    known_by: Mapped[str] = mapped_column(String(200))
    trained_on: Mapped[date] = mapped_column(Date)
    observed_on: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date, index=True)
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    recorded_as: Mapped[RecordedAs] = mapped_column(Coded(RecordedAs))
    behalf: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonalLook(Base):
    """Somebody said that the plan changed, or that somebody competent (`looked_by`, a name) looked and it fits."""

    __tablename__ = "lms_personal_look"
    __table_args__ = (
        CheckConstraint("looked <> 'fits' OR looked_by <> ''", name="fits_says_who_looked"),
        Index("ix_lms_personal_look_latest", "personal_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    personal_id: Mapped[UUID] = mapped_column(ForeignKey("lms_personal_sign_off.id"))
    looked: Mapped[Looked] = mapped_column(Coded(Looked))
    looked_by: Mapped[str] = mapped_column(String(200))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonalEnd(Base):
    """It ended early, by hand or with the job; it may be both, and the earlier day counts."""

    __tablename__ = "lms_personal_end"
    __table_args__ = (CheckConstraint("(why = 'stopped') = (by IS NOT NULL)", name="somebody_stopped_it"),)

    personal_id: Mapped[UUID] = mapped_column(ForeignKey("lms_personal_sign_off.id"), primary_key=True)
    why: Mapped[EndedWhy] = mapped_column(Coded(EndedWhy), primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PersonalReminder(Base):
    """Somebody was reminded that it ends in so many days: once for each number of days."""

    __tablename__ = "lms_personal_reminder"

    personal_id: Mapped[UUID] = mapped_column(ForeignKey("lms_personal_sign_off.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
