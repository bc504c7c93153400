"""Tables: listings, their moves, notices, reviews and warnings, and waivers. Facts are added; a listing's row is moved.

There is no text field in any of them: every reason is a code.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.db import Base
from lms.core.types import Coded, UtcDateTime
from lms.register.kinds import ListingState
from lms.register.listing.moves import Act
from lms.register.listing.reasons import Reason
from lms.register.listing.waiving import SeenInstead, WaiverReason


class Listing(Base):
    """Where a PA stands on a register. `turn` counts the moves; the newest move tells the same as `state`.

    `shown_as` is the last state in which employers saw them since they applied. `runs_out_on` and `lapses_on` are the
    first days on which something required no longer counts, and on which that ends the listing. `look_on` is the next
    day on which the PA has to be warned, `gone_on` the first one on which the authority knows them no more as a PA.
    """

    __tablename__ = "lms_listing"
    __table_args__ = (
        UniqueConstraint("person_id", "authority_id"),
        Index("ix_lms_listing_in", "authority_id", "state", "since"),
        Index("ix_lms_listing_look", "look_on"),
        Index("ix_lms_listing_gone", "gone_on"),
        CheckConstraint("state <> 'provisional' OR provisional_since IS NOT NULL", name="provisional_since_a_day"),
        CheckConstraint("turn > 0", name="counted"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    state: Mapped[ListingState] = mapped_column(Coded(ListingState))
    since: Mapped[date] = mapped_column(Date)
    turn: Mapped[int]
    reason: Mapped[Reason | None] = mapped_column(Coded(Reason))
    withheld: Mapped[bool]
    shown_as: Mapped[ListingState | None] = mapped_column(Coded(ListingState))
    provisional_since: Mapped[date | None] = mapped_column(Date)
    sent_on: Mapped[date | None] = mapped_column(Date)
    runs_out_on: Mapped[date | None] = mapped_column(Date)
    lapses_on: Mapped[date | None] = mapped_column(Date)
    look_on: Mapped[date | None] = mapped_column(Date)
    gone_on: Mapped[date | None] = mapped_column(Date)


class ListingMove(Base):
    """One move. `id` is the number of the form it came with; `verdict` is what the rules said at that moment."""

    __tablename__ = "lms_listing_move"
    __table_args__ = (
        UniqueConstraint("listing_id", "turn"),
        CheckConstraint("was IS NULL OR was <> state", name="goes_somewhere"),
        CheckConstraint(
            "act NOT IN ('refuse', 'suspend', 'remove', 'lift') OR reason IS NOT NULL", name="reason_given"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("lms_listing.id"))
    turn: Mapped[int]
    act: Mapped[Act] = mapped_column(Coded(Act))
    was: Mapped[ListingState | None] = mapped_column(Coded(ListingState))
    state: Mapped[ListingState] = mapped_column(Coded(ListingState))
    reason: Mapped[Reason | None] = mapped_column(Coded(Reason))
    withheld: Mapped[bool]
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    on: Mapped[date] = mapped_column("on_day", Date)
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RemovalNotice(Base):
    """A PA was told that their listing ends on a day. `turn` is the listing's at that moment."""

    __tablename__ = "lms_removal_notice"
    __table_args__ = (
        Index("ix_lms_removal_notice_of", "listing_id", "at"),
        Index("ix_lms_removal_notice_due", "removed_on"),
        CheckConstraint("removed_on > given_on", name="some_days"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("lms_listing.id"))
    reason: Mapped[Reason] = mapped_column(Coded(Reason))
    withheld: Mapped[bool]
    given_on: Mapped[date] = mapped_column(Date)
    removed_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RemovalNoticeEnd(Base):
    """A notice is no longer open: it was taken back by somebody, or the listing ended (`by` None: with the days)."""

    __tablename__ = "lms_removal_notice_end"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("lms_removal_notice.id"), primary_key=True)
    taken_back: Mapped[bool]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ListingReview(Base):
    """A PA asked for a decision to be looked at again: a move of the team (`move_id`), or a notice (`notice_id`)."""

    __tablename__ = "lms_listing_review"
    __table_args__ = (
        CheckConstraint("(move_id IS NULL) <> (notice_id IS NULL)", name="one_decision"),
        Index("ix_lms_listing_review_of", "listing_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    listing_id: Mapped[UUID] = mapped_column(ForeignKey("lms_listing.id"))
    move_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_listing_move.id"), unique=True)
    notice_id: Mapped[UUID | None] = mapped_column(ForeignKey("lms_removal_notice.id"), unique=True)
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ListingReviewAnswer(Base):
    """How a review ended. Whoever made the decision does not answer."""

    __tablename__ = "lms_listing_review_answer"
    __table_args__ = (CheckConstraint("by <> decided_by", name="somebody_else"),)

    review_id: Mapped[UUID] = mapped_column(ForeignKey("lms_listing_review.id"), primary_key=True)
    changed: Mapped[bool]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ListingWarning(Base):
    """A PA was warned that a listing runs out on a day, so many days before; 0: on the day itself."""

    __tablename__ = "lms_listing_warning"

    listing_id: Mapped[UUID] = mapped_column(ForeignKey("lms_listing.id"), primary_key=True)
    runs_out_on: Mapped[date] = mapped_column(Date, primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class WaiverRow(Base):
    """A manager's decision to do without one requirement until a day, which is included."""

    __tablename__ = "lms_waiver"
    __table_args__ = (
        Index("ix_lms_waiver_of", "authority_id", "person_id"),
        Index("ix_lms_waiver_ending", "authority_id", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("by <> person_id", name="decided_by_somebody_else"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"), index=True)
    authority_id: Mapped[UUID] = mapped_column(ForeignKey("lms_organisation.id"))
    code: Mapped[str] = mapped_column(String(40))
    reason: Mapped[WaiverReason] = mapped_column(Coded(WaiverReason))
    seen: Mapped[SeenInstead] = mapped_column(Coded(SeenInstead))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class WaiverEnd(Base):
    """A waiver was ended early: from `ended_on` on it does not count."""

    __tablename__ = "lms_waiver_end"

    waiver_id: Mapped[UUID] = mapped_column(ForeignKey("lms_waiver.id"), primary_key=True)
    ended_on: Mapped[date] = mapped_column(Date)
    by: Mapped[UUID] = mapped_column(ForeignKey("lms_person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
