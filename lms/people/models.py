"""Tables of people. Persons and organisations are kept; roles, employment and agreements have a from and an until."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.i18n import Language
from lms.core.types import Coded, UtcDateTime
from lms.people.reading import Contrast, Motion, Spacing, TextSize, VoiceSpeed
from lms.people.rules import Nation, OrganisationKind, Role


class Person(Base):
    """A human being. `email` and `username` are kept in lower case; one of them is needed to sign in.

    How they like pages to look stands in the same row, because every page asks for it.
    """

    __tablename__ = "lms_person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(120), index=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    username: Mapped[str | None] = mapped_column(String(60), unique=True)
    language: Mapped[Language] = mapped_column(Coded(Language), default=Language.ENGLISH)
    access_needs: Mapped[str] = mapped_column(Text, default="")
    text_size: Mapped[TextSize] = mapped_column(Coded(TextSize), default=TextSize.NORMAL, server_default="normal")
    spacing: Mapped[Spacing] = mapped_column(Coded(Spacing), default=Spacing.NORMAL, server_default="normal")
    contrast: Mapped[Contrast] = mapped_column(Coded(Contrast), default=Contrast.NORMAL, server_default="normal")
    motion: Mapped[Motion] = mapped_column(Coded(Motion), default=Motion.DEVICE, server_default="device")
    voice_speed: Mapped[VoiceSpeed] = mapped_column(
        Coded(VoiceSpeed), default=VoiceSpeed.NORMAL, server_default="normal"
    )
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_used: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Organisation(Base):
    """An authority, college, provider, support organisation, or one person's household as individual employer.

    `authority_id` is the authority behind whose wall an individual employer lives; others work by agreement. `look`
    counts how often an authority changed its name, logo or colours, so that what browsers keep is asked for anew.
    """

    __tablename__ = "lms_organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    kind: Mapped[OrganisationKind] = mapped_column(Coded(OrganisationKind))
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    name_cy: Mapped[str | None] = mapped_column(String(160))
    nation: Mapped[Nation] = mapped_column(Coded(Nation))
    user_led: Mapped[bool] = mapped_column(default=False)
    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    look: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Agreement(Base):
    """An organisation works with an authority's people for a period."""

    __tablename__ = "lms_agreement"
    __table_args__ = (UniqueConstraint("authority_id", "organisation_id", "since"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class RoleHeld(Base):
    """A person's role in an organisation, from a day, up to and including another."""

    __tablename__ = "lms_role"
    __table_args__ = (
        UniqueConstraint("person_id", "organisation_id", "role", "since"),
        Index("ix_lms_role_in", "organisation_id", "role"),
        Index("ix_lms_role_ending", "until"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    role: Mapped[Role] = mapped_column(Coded(Role))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class Employment(Base):
    """A PA works for an individual employer, from a day, up to and including another. A PA may have several."""

    __tablename__ = "lms_employment"
    __table_args__ = (
        UniqueConstraint("pa_id", "employer_id", "since"),
        CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    pa_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    employer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)


class Invitation(Base):
    """A link by which somebody joins with a role already given. Only the digest of the link's secret is kept.

    `role_since` and `role_until` bound the role: without them it begins on the day somebody joins, and has no end.
    """

    __tablename__ = "lms_invitation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[Language] = mapped_column(Coded(Language))
    role: Mapped[Role] = mapped_column(Coded(Role))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    employer_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_organisation.id"))
    course: Mapped[str | None] = mapped_column(String(40))
    role_since: Mapped[date | None] = mapped_column(Date)
    role_until: Mapped[date | None] = mapped_column(Date)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))


class SignInLink(Base):
    """A one-time link to sign in, by its digest."""

    __tablename__ = "lms_sign_in_link"

    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignedInSession(Base):
    """A signed-in browser, by the digest of its secret. Ended here, it is ended everywhere at once."""

    __tablename__ = "lms_session"

    secret_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInTry(Base):
    """One attempt to sign in: digests of the account asked for and of the place it came from, never the words."""

    __tablename__ = "lms_sign_in_try"
    __table_args__ = (Index("ix_lms_sign_in_try_recent", "account_digest", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    account_digest: Mapped[str] = mapped_column(String(64))
    place_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    succeeded: Mapped[bool]
