"""Tables of profiles: the authority's choice, what PAs wrote, who read it before others, and what a search reads.

What PAs may say of themselves is in `profile.py`. There is no field for a home address, a date of birth or a National
Insurance number, here or anywhere in a simple register.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.register.directory.words import (
    AbuseAnswer,
    AbuseReason,
    BackReason,
    Outcome,
    Reported,
    Side,
    TagKind,
    Way,
)
from lms.register.kinds import ContactModel, ListingState


class DirectorySetting(Base):
    """A register manager switched the simple register on or off, or chose the contact model. The newest counts.

    `areas` are the places a PA can choose, by the names people there use.
    """

    __tablename__ = "lms_directory_setting"
    __table_args__ = (Index("ix_lms_directory_setting_of", "authority_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    is_on: Mapped[bool]
    contact_model: Mapped[ContactModel] = mapped_column(Coded(ContactModel))
    areas: Mapped[list[str]] = mapped_column(JSON)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileDraft(Base):
    """What a PA is writing. Nobody else sees it; `saves` counts, so that a second tab cannot overwrite unseen."""

    __tablename__ = "lms_profile_draft"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    saves: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileVersion(Base):
    """A profile as it was sent to the register team. Never changed; `data` is emptied when it is kept no longer."""

    __tablename__ = "lms_profile_version"
    __table_args__ = (Index("ix_lms_profile_version_of", "authority_id", "person_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    waits: Mapped[bool] = mapped_column(default=True, index=True)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ProfileLook(Base):
    """Somebody of the register team read a profile before others: published, or sent back with a reason."""

    __tablename__ = "lms_profile_look"
    __table_args__ = (CheckConstraint("(outcome = 'sent_back') = (reason IS NOT NULL)", name="reason_when_sent_back"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("lms_profile_version.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    outcome: Mapped[Outcome] = mapped_column(Coded(Outcome))
    reason: Mapped[BackReason | None] = mapped_column(Coded(BackReason))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileChoice(Base):
    """A PA agreed that employers see their profile, or took that back. The newest counts."""

    __tablename__ = "lms_profile_choice"
    __table_args__ = (Index("ix_lms_profile_choice_of", "person_id", "authority_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    shown: Mapped[bool]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileFace(Base):
    """What a search reads: the published version, whether the PA shows it, and where their listing stands.

    Worked out again with every fact that changes it; not a fact. `used_at` is when the PA last did something here.
    """

    __tablename__ = "lms_profile_face"
    __table_args__ = (
        Index("ix_lms_profile_face_list", "authority_id", "shown", "state", "used_at"),
        Index("ix_lms_profile_face_used", "used_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_profile_version.id"))
    shown: Mapped[bool]
    state: Mapped[ListingState | None] = mapped_column(Coded(ListingState))
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProfileTag(Base):
    """One thing a published profile is found by: an area, a language, or a part of a day of the week."""

    __tablename__ = "lms_profile_tag"
    __table_args__ = (Index("ix_lms_profile_tag_found", "authority_id", "kind", "code"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    kind: Mapped[TagKind] = mapped_column(Coded(TagKind), primary_key=True)
    code: Mapped[str] = mapped_column(String(80), primary_key=True)


class Contact(Base):
    """An employer's household and a PA write to each other through the site. One a pair.

    `called` is how the household is named to the PA, `pa_called` how the PA is named to the household. `agreed` is the
    PA's answer to an introduction by the team; a contact of another way needs none.
    """

    __tablename__ = "lms_contact"
    __table_args__ = (
        UniqueConstraint("pa_id", "employer_id", "authority_id"),
        Index("ix_lms_contact_employer", "employer_id", "last_at"),
        Index("ix_lms_contact_last", "last_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    way: Mapped[Way] = mapped_column(Coded(Way))
    called: Mapped[str] = mapped_column(String(60))
    pa_called: Mapped[str] = mapped_column(String(60))
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_side: Mapped[Side] = mapped_column(Coded(Side))
    agreed: Mapped[bool | None]


class ContactMessage(Base):
    """One message. It is read by the two sides, and by the register team only when one of them reports it."""

    __tablename__ = "lms_contact_message"
    __table_args__ = (
        Index("ix_lms_contact_message_of", "contact_id", "number"),
        Index("ix_lms_contact_message_by", "by", "at"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("lms_contact.id"))
    side: Mapped[Side] = mapped_column(Coded(Side))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DetailsPassed(Base):
    """A PA lets a household have their telephone number or e-mail address, or takes that back. The newest counts."""

    __tablename__ = "lms_contact_details"
    __table_args__ = (
        Index("ix_lms_contact_details_of", "contact_id", "number"),
        CheckConstraint("passed OR (phone = '' AND email = '')", name="nothing_when_taken_back"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("lms_contact.id"))
    passed: Mapped[bool]
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DetailsSeen(Base):
    """Somebody of a household opened a PA's contact details in an open directory, on a day."""

    __tablename__ = "lms_contact_seen"
    __table_args__ = (
        Index("ix_lms_contact_seen_by", "by", "on"),
        Index("ix_lms_contact_seen_in", "authority_id", "on"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), primary_key=True)
    on: Mapped[date] = mapped_column(Date, primary_key=True)


class Block(Base):
    """One side does not want to hear from the other any more, or takes that back. The newest of each side counts."""

    __tablename__ = "lms_contact_block"
    __table_args__ = (
        Index("ix_lms_contact_block_pair", "pa_id", "employer_id", "number"),
        Index("ix_lms_contact_block_employer", "employer_id", "number"),
    )

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    side: Mapped[Side] = mapped_column(Coded(Side))
    blocked: Mapped[bool]
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AbuseReport(Base):
    """Somebody says that something on the register is wrong. `target_id` is the version, contact or vacancy."""

    __tablename__ = "lms_abuse_report"
    __table_args__ = (Index("ix_lms_abuse_report_of", "authority_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    kind: Mapped[Reported] = mapped_column(Coded(Reported))
    target_id: Mapped[UUID]
    reason: Mapped[AbuseReason] = mapped_column(Coded(AbuseReason))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AbuseOutcome(Base):
    """What the register team did about a report."""

    __tablename__ = "lms_abuse_outcome"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("lms_abuse_report.id"), primary_key=True)
    answer: Mapped[AbuseAnswer] = mapped_column(Coded(AbuseAnswer))
    word: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
