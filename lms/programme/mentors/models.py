"""Tables of mentoring. Offers, requests and matches are added, and marked once when they end; contacts are counted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.i18n import Language
from lms.core.types import Coded, UtcDateTime
from lms.programme.mentors.words import EndedBy, Kind, Way

_OPEN = text("ended_at IS NULL")


class Mentor(Base):
    """Somebody agreed to be a mentor: for what, for how many at once, and how the council reaches them."""

    __tablename__ = "lms_mentor"
    __table_args__ = (
        CheckConstraint("room BETWEEN 1 AND 10", name="has_room"),
        Index(
            "uq_lms_mentor_open",
            "authority_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_lms_mentor_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    language: Mapped[Language] = mapped_column(Coded(Language))
    area: Mapped[str] = mapped_column(String(80))
    for_what: Mapped[str] = mapped_column(String(300))
    way: Mapped[Way] = mapped_column(Coded(Way))
    address: Mapped[str] = mapped_column(String(254))
    room: Mapped[int]
    wording: Mapped[str] = mapped_column(String(20))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MentorRequest(Base):
    """Somebody new would like a mentor, or a coordinator suggests it. Without `agreed_at` nothing is passed to anybody.

    `name` and `address` are what is passed; they are emptied at `forgotten_at`.
    """

    __tablename__ = "lms_mentor_request"
    __table_args__ = (
        CheckConstraint("(agreed_at IS NULL) = (wording IS NULL)", name="agreed_to_words"),
        CheckConstraint("agreed_at IS NOT NULL OR address = ''", name="nothing_before_a_yes"),
        Index(
            "uq_lms_mentor_request_open",
            "authority_id",
            "newcomer_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_lms_mentor_request_newcomer", "newcomer_id"),
        Index("ix_lms_mentor_request_ended", "ended_at", "forgotten_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    newcomer_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    language: Mapped[Language] = mapped_column(Coded(Language))
    area: Mapped[str] = mapped_column(String(80))
    near: Mapped[bool]
    suggested_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wording: Mapped[str | None] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    way: Mapped[Way | None] = mapped_column(Coded(Way))
    address: Mapped[str] = mapped_column(String(254))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    forgotten_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MentorMatch(Base):
    """A newcomer's details were passed to a mentor. It ends with the request; who ended it is kept, and no reason."""

    __tablename__ = "lms_mentor_match"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        Index("ix_lms_mentor_match_mentor", "mentor_id", "ended_at"),
        Index("ix_lms_mentor_match_of", "authority_id", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    request_id: Mapped[UUID] = mapped_column(ForeignKey("lms_mentor_request.id"), unique=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("lms_mentor.id"))
    matched_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    matched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[EndedBy | None] = mapped_column(Coded(EndedBy))


class MentorContact(Base):
    """A mentor got in touch. That it was so, and for how long if they say; never what was spoken."""

    __tablename__ = "lms_mentor_contact"
    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 600", name="takes_a_while"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    match_id: Mapped[UUID] = mapped_column(ForeignKey("lms_mentor_match.id"), index=True)
    minutes: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class MentorsApart(Base):
    """Two people who are never matched, whoever of them is the mentor. `one_id` is the smaller of the two ids."""

    __tablename__ = "lms_mentors_apart"
    __table_args__ = (UniqueConstraint("authority_id", "one_id", "other_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    one_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
