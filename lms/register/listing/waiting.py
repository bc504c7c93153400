"""What of the listings waits for the register team."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, case

from lms.register.kinds import ListingState
from lms.register.listing.models import (
    Listing,
    ListingReview,
    ListingReviewAnswer,
    RemovalNotice,
    RemovalNoticeEnd,
    WaiverEnd,
    WaiverRow,
)
from lms.register.waits import PERSON, Asked, Row, asking

WAIVER_SOON = timedelta(days=30)
"""How long before its last day a waiver waits for somebody to think of it: the value `soon` of the desk."""

_HERE: BindParameter[UUID] = bindparam("authority_id")
_STATES = {
    ListingState.SUBMITTED: "application_sent",
    ListingState.CHECKING: "application_checked",
    ListingState.SUSPENDED: "suspended",
}


def _leads(authority_id: UUID, row: Row) -> tuple[str, Mapping[str, UUID]]:
    return "lms.listing.one", {"authority_id": authority_id, "person_id": row[PERSON]}


_REVIEWS = (
    asking("review_asked", person=Listing.person_id, since=ListingReview.at)
    .join_from(Listing, ListingReview, ListingReview.listing_id == Listing.id)
    .outerjoin(ListingReviewAnswer, ListingReviewAnswer.review_id == ListingReview.id)
    .where(Listing.authority_id == _HERE, ListingReviewAnswer.review_id.is_(None))
)
_IN_STATES = asking(
    case(*((Listing.state == state, kind) for state, kind in _STATES.items())),
    person=Listing.person_id,
    since=Listing.since,
).where(Listing.authority_id == _HERE, Listing.state.in_(_STATES))
_NOTICES = (
    asking("notice_running", person=Listing.person_id, since=RemovalNotice.removed_on, due=RemovalNotice.removed_on)
    .join_from(Listing, RemovalNotice, RemovalNotice.listing_id == Listing.id)
    .outerjoin(RemovalNoticeEnd, RemovalNoticeEnd.notice_id == RemovalNotice.id)
    .where(Listing.authority_id == _HERE, RemovalNoticeEnd.notice_id.is_(None))
)
_WAIVERS = (
    asking("waiver_ending", person=WaiverRow.person_id, since=WaiverRow.ends_on, due=WaiverRow.ends_on)
    .outerjoin_from(WaiverRow, WaiverEnd, WaiverEnd.waiver_id == WaiverRow.id)
    .where(
        WaiverRow.authority_id == _HERE,
        WaiverRow.ends_on.between(bindparam("on"), bindparam("soon")),
        WaiverEnd.waiver_id.is_(None),
    )
)

WAITS: Sequence[Asked] = tuple(Asked(wanted, _leads) for wanted in (_REVIEWS, _IN_STATES, _NOTICES, _WAIVERS))
"""The most urgent first. Of notices and waivers the day is not when they began but when they end."""
