"""Everything that happened to a listing, in one line of time, for the PA and for the register team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.register.listing import queries
from lms.register.listing.models import (
    Listing,
    ListingReview,
    ListingReviewAnswer,
    ListingWarning,
    RemovalNotice,
    RemovalNoticeEnd,
)
from lms.register.listing.moves import Act
from lms.register.listing.queries import VIEW, ListingView, NoticeView
from lms.register.listing.reasons import Reason
from lms.register.listing.waiving import WaiverReason


class Also(StrEnum):
    """What can happen beside a move."""

    WARNED = "warned"
    NOTICE = "notice"
    NOTICE_TAKEN_BACK = "notice_taken_back"
    REVIEW_ASKED = "review_asked"
    REVIEW_STANDS = "review_stands"
    REVIEW_CHANGED = "review_changed"
    WAIVED = "waived"
    WAIVER_ENDED = "waiver_ended"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that happened. `by` None: the calendar. `day` is the day it speaks of; `code` a requirement's."""

    what: Act | Also
    at: datetime
    by: UUID | None = None
    reason: Reason | WaiverReason | None = None
    withheld: bool = False
    day: date | None = None
    days: int = 0
    code: str = ""

    @property
    def on(self) -> date:
        """The day on which it happened."""
        return london_day(self.at)


@dataclass(frozen=True)
class ReviewView:
    """A review that was asked for; `changed` is None while nobody has answered."""

    id: UUID
    decided_by: UUID
    at: datetime
    changed: bool | None


def history_of(db: Db, listing: ListingView) -> list[Happening]:
    """Everything that happened, the newest first. Five queries.

    That an application was begun is told only until one is sent.
    """
    found = [
        Happening(what=one.act, at=one.at, by=one.by, reason=one.reason, withheld=one.withheld)
        for one in reversed(queries.moves_of(db, listing.id))
        if one.act is not Act.START or listing.sent_on is None
    ]
    for notice, end in db.execute(_notices(listing.id)):
        found.append(
            Happening(
                what=Also.NOTICE,
                at=notice.at,
                by=notice.by,
                reason=notice.reason,
                withheld=notice.withheld,
                day=notice.removed_on,
            )
        )
        if end is not None and end.taken_back:
            found.append(Happening(what=Also.NOTICE_TAKEN_BACK, at=end.at, by=end.by))
    for review, answer in db.execute(_reviews(listing.id)):
        found.append(Happening(what=Also.REVIEW_ASKED, at=review.at, by=listing.person_id))
        if answer is not None:
            what = Also.REVIEW_CHANGED if answer.changed else Also.REVIEW_STANDS
            found.append(Happening(what=what, at=answer.at, by=answer.by))
    warned = select(ListingWarning).where(ListingWarning.listing_id == listing.id)
    found += [Happening(what=Also.WARNED, at=one.at, day=one.runs_out_on, days=one.days) for one in db.scalars(warned)]
    return sorted([*found, *_waivers(db, listing)], key=lambda one: one.at)[::-1]


@dataclass(frozen=True)
class Whole:
    """A PA's listing with what is open about it: a notice that it ends, and a review nobody has answered."""

    listing: ListingView | None = None
    notice: NoticeView | None = None
    review: ReviewView | None = None


def whole_of(db: Db, person_id: UUID, authority_id: UUID) -> Whole:
    """Where a PA stands on an authority's register, with what is open about it. One query."""
    row: Any = columns(db, _WHOLE, {"person_id": person_id, "authority_id": authority_id}).first()
    if row is None:
        return Whole()
    listing, notice, review = row[: len(VIEW)], row[len(VIEW) : -len(_REVIEW)], row[-len(_REVIEW) :]
    return Whole(
        ListingView(*listing),
        NoticeView(*notice) if notice[0] else None,
        ReviewView(review[0], review[1], review[2], None) if review[0] else None,
    )


_NOTICE = (RemovalNotice.id, RemovalNotice.reason, RemovalNotice.withheld, RemovalNotice.removed_on, RemovalNotice.by)
_REVIEW = (ListingReview.id, ListingReview.decided_by, ListingReview.at)
_NOTICE_ENDED = select(RemovalNoticeEnd.notice_id).where(RemovalNoticeEnd.notice_id == RemovalNotice.id).exists()
_ANSWERED = select(ListingReviewAnswer.review_id).where(ListingReviewAnswer.review_id == ListingReview.id).exists()
_WHOLE: Select[*tuple[Any, ...]] = (
    select(*VIEW, *_NOTICE, *_REVIEW)
    .select_from(Listing)
    .outerjoin(RemovalNotice, and_(RemovalNotice.listing_id == Listing.id, ~_NOTICE_ENDED))
    .outerjoin(ListingReview, and_(ListingReview.listing_id == Listing.id, ~_ANSWERED))
    .where(Listing.person_id == bindparam("person_id"), Listing.authority_id == bindparam("authority_id"))
    .limit(1)
)


def open_review(db: Db, listing_id: UUID) -> ReviewView | None:
    """The review of a listing that nobody has answered yet."""
    row = columns(db, _OPEN_REVIEW, {"listing_id": listing_id}).first()
    return ReviewView(row.id, row.decided_by, row.at, None) if row else None


_OPEN_REVIEW = (
    select(ListingReview.id, ListingReview.decided_by, ListingReview.at)
    .outerjoin(ListingReviewAnswer, ListingReviewAnswer.review_id == ListingReview.id)
    .where(ListingReview.listing_id == bindparam("listing_id"), ListingReviewAnswer.review_id.is_(None))
    .limit(1)
)


def _waivers(db: Db, listing: ListingView) -> Sequence[Happening]:
    found = []
    for one in queries.waivers_of(db, listing.person_id, listing.authority_id):
        found.append(
            Happening(what=Also.WAIVED, at=one.at, by=one.by, code=one.code, reason=one.reason, day=one.ends_on)
        )
        if one.ended_at is not None:
            found.append(Happening(what=Also.WAIVER_ENDED, at=one.ended_at, by=one.ended_by, code=one.code))
    return found


def _notices(listing_id: UUID) -> Select[*tuple[Any, ...]]:
    joined = RemovalNoticeEnd.notice_id == RemovalNotice.id
    wanted = select(RemovalNotice, RemovalNoticeEnd).outerjoin(RemovalNoticeEnd, joined)
    return wanted.where(RemovalNotice.listing_id == listing_id)


def _reviews(listing_id: UUID) -> Select[*tuple[Any, ...]]:
    joined = ListingReviewAnswer.review_id == ListingReview.id
    wanted = select(ListingReview, ListingReviewAnswer).outerjoin(ListingReviewAnswer, joined)
    return wanted.where(ListingReview.listing_id == listing_id)
