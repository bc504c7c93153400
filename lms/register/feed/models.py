"""Tables: entries of the feed, what PAs agreed to, and who received what.

An entry is what was told at its number. When a later entry tells something else of the same PA, the earlier one keeps
its number and its day and loses its content: nobody who starts from zero is handed what no longer is so, or what a PA
took back.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, BigInteger, CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, Counter, UtcDateTime
from lms.register.feed.rules import Kind, Way

_NEWEST = text("replaced_by IS NULL")


class FeedHead(Base):
    """The last number of an authority's feed. The row is locked from the first new number to the commit.

    So numbers are given in the order in which they become visible, and nobody who reads can miss one. Up to `floor`,
    entries that tell nothing any more are no longer kept. `looked_on` is the day on which everybody was last looked at.
    """

    __tablename__ = "lms_feed_head"

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    last: Mapped[int] = mapped_column(BigInteger)
    floor: Mapped[int] = mapped_column(BigInteger)
    looked_on: Mapped[date | None] = mapped_column(Date)


class FeedEntry(Base):
    """One entry: from now on this is told of a PA (put), or nothing is (remove).

    `told` names what is in `data` and stays, so that a PA can see what was handed out when. `replaced_by` is the
    number of the entry that says something newer of the same PA.
    """

    __tablename__ = "lms_feed_entry"
    __table_args__ = (
        Index("ix_lms_feed_entry_of", "person_id", "authority_id"),
        Index(
            "uq_lms_feed_entry_newest",
            "authority_id",
            "person_id",
            unique=True,
            sqlite_where=_NEWEST,
            postgresql_where=_NEWEST,
        ),
        Index(
            "ix_lms_feed_entry_listed",
            "authority_id",
            "seq",
            sqlite_where=text("data IS NOT NULL"),
            postgresql_where=text("data IS NOT NULL"),
        ),
        CheckConstraint("(data IS NOT NULL) = (kind = 'put' AND replaced_by IS NULL)", name="only_the_newest_tells"),
        CheckConstraint("replaced_by IS NULL OR replaced_by > seq", name="replaced_by_a_later"),
    )

    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    kind: Mapped[Kind] = mapped_column(Coded(Kind))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    told: Mapped[list[str]] = mapped_column(JSON)
    data: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    replaced_by: Mapped[int | None] = mapped_column(BigInteger)


class FeedAgreement(Base):
    """A PA agrees that other systems of an authority are told these things of them, or takes it back. Newest counts."""

    __tablename__ = "lms_feed_agreement"
    __table_args__ = (Index("ix_lms_feed_agreement_of", "person_id", "authority_id", "number"),)

    number: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"), index=True)
    agreed: Mapped[bool]
    told: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedReceived(Base):
    """A system received entries after one number up to another, while the feed stood at `head`; or one PA's verdict.

    Whoever of these entries was replaced by then was not handed out. One row for each answer that was not empty.
    """

    __tablename__ = "lms_feed_received"
    __table_args__ = (
        Index("ix_lms_feed_received_in", "authority_id", "on_day"),
        Index("ix_lms_feed_received_of", "person_id", "authority_id"),
        CheckConstraint("(way = 'verdict') = (person_id IS NOT NULL)", name="verdict_of_somebody"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    token_id: Mapped[UUID] = mapped_column(ForeignKey("lms_system_token.id"))
    way: Mapped[Way] = mapped_column(Coded(Way))
    on_day: Mapped[date] = mapped_column(Date)
    after: Mapped[int] = mapped_column(BigInteger)
    last: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[int] = mapped_column(BigInteger)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
