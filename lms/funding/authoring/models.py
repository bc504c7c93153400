"""Tables of schemes written in the browser: drafts, published editions, what an authority counts, what it confirmed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.funding.vocabulary import Provenance


class SchemesChanged(Base):
    """A mark that is new each time an authority's own schemes, what it counts or what it confirmed change.

    What a process knows of them holds while this mark does. It is no number that counts up: a database that was brought
    back from a copy would reach the same numbers with other schemes.
    """

    __tablename__ = "lms_schemes_changed"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    mark: Mapped[UUID]


class SchemeEdition(Base):
    """A scheme as an authority published it: the scheme file, word for word, and the day from which it holds."""

    __tablename__ = "lms_scheme_edition"
    __table_args__ = (UniqueConstraint("authority_id", "scheme", "edition"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    document: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SchemeEditionWithdrawn(Base):
    """A published edition was taken back before its first day."""

    __tablename__ = "lms_scheme_edition_withdrawn"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("lms_scheme_edition.id"), primary_key=True)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SchemeDraft(Base):
    """A scheme somebody is writing. `data` has the shape of a scheme file; `version` counts what was saved.

    `last_once` is the number of the form saved last, so that a double tap saves once. A draft ends when it is published
    or thrown away; it is kept all the same.
    """

    __tablename__ = "lms_scheme_draft"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_by_somebody"),
        CheckConstraint("published_id IS NULL OR ended_at IS NOT NULL", name="published_is_ended"),
        Index("ix_lms_scheme_draft_of", "authority_id", "ended_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    based_on: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]
    last_once: Mapped[UUID | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_scheme_edition.id"))


class Adopted(Base):
    """What an authority counts under a scheme, as it decided it in the browser. Added, never changed; the last holds.

    `document` has the shape of an adoption file; without any training it counts nothing any more.
    """

    __tablename__ = "lms_scheme_adopted"
    __table_args__ = (Index("ix_lms_scheme_adopted_of", "authority_id", "scheme"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FigureConfirmed(Base):
    """An authority confirmed figures that are not official, by their values, from a source, for as long as it said.

    Another value under the same key is not confirmed by it, so a new edition that changes a figure asks again.
    """

    __tablename__ = "lms_figure_confirmed"
    __table_args__ = (Index("ix_lms_figure_confirmed_of", "authority_id", "scheme"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    scheme: Mapped[str] = mapped_column(String(40))
    edition: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(80))
    values: Mapped[dict[str, str]] = mapped_column(JSON)
    was: Mapped[Provenance] = mapped_column(Coded(Provenance))
    source: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FigureConfirmationEnded(Base):
    """A confirmation was taken back, with the reason. Claims that were sent in keep what they relied on."""

    __tablename__ = "lms_figure_confirmation_ended"

    confirmed_id: Mapped[UUID] = mapped_column(ForeignKey("lms_figure_confirmed.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
