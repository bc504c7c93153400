"""What of the listings waits for the register team: counts over an index, and the oldest of each kind."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
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
from lms.register.waits import Group, Waiting

MOST = 20
WAIVER_SOON = timedelta(days=30)
PAGE = "lms.listing.one"


class Waits(StrEnum):
    """What waits for the team, the most urgent first."""

    REVIEW = "review_asked"
    APPLICATION = "application_sent"
    CHECKING = "application_checked"
    SUSPENDED = "suspended"
    NOTICE = "notice_running"
    WAIVER = "waiver_ending"


_DUE = frozenset({Waits.NOTICE, Waits.WAIVER})
"""Of these the day is not when they began but when they end."""


def waiting(db: Db, authority_id: UUID, on: date) -> list[Group]:
    """What waits, kind by kind, those kinds left out of which nothing does. One query a kind.

    `since` of a waiver is its last day, and of a notice the day on which the listing ends.
    """
    found = (_group(db, kind, wanted, authority_id) for kind, wanted in _statements(authority_id, on))
    return [group for group in found if group.total]


def count(db: Db, authority_id: UUID, on: date, kind: Waits) -> int:
    """How many of one kind wait."""
    wanted = dict(_statements(authority_id, on))[kind]
    return db.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def _group(db: Db, kind: Waits, wanted: Select[*tuple[Any, ...]], authority_id: UUID) -> Group:
    counted = wanted.add_columns(func.count().over().label("total"))
    rows: Sequence[Any] = columns(db, counted.order_by("since", "person_id").limit(MOST), {}).all()
    oldest = [
        Waiting(
            person_id=row.person_id,
            since=row.since if type(row.since) is date else london_day(row.since),
            endpoint=PAGE,
            args={"authority_id": authority_id, "person_id": row.person_id},
            due=row.since if kind in _DUE else None,
        )
        for row in rows
    ]
    return Group(kind=kind.value, total=rows[0].total if rows else 0, oldest=oldest)


def _statements(authority_id: UUID, on: date) -> list[tuple[Waits, Select[*tuple[Any, ...]]]]:
    return [
        (Waits.REVIEW, _reviews(authority_id)),
        (Waits.APPLICATION, _in_state(authority_id, ListingState.SUBMITTED)),
        (Waits.CHECKING, _in_state(authority_id, ListingState.CHECKING)),
        (Waits.SUSPENDED, _in_state(authority_id, ListingState.SUSPENDED)),
        (Waits.NOTICE, _notices(authority_id)),
        (Waits.WAIVER, _waivers(authority_id, on)),
    ]


def _in_state(authority_id: UUID, state: ListingState) -> Select[*tuple[Any, ...]]:
    wanted = select(Listing.person_id, Listing.since.label("since"))
    return wanted.where(Listing.authority_id == authority_id, Listing.state == state)


def _reviews(authority_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(Listing.person_id, ListingReview.at.label("since"))
        .join(ListingReview, ListingReview.listing_id == Listing.id)
        .outerjoin(ListingReviewAnswer, ListingReviewAnswer.review_id == ListingReview.id)
        .where(Listing.authority_id == authority_id, ListingReviewAnswer.review_id.is_(None))
    )


def _notices(authority_id: UUID) -> Select[*tuple[Any, ...]]:
    return (
        select(Listing.person_id, RemovalNotice.removed_on.label("since"))
        .join(RemovalNotice, RemovalNotice.listing_id == Listing.id)
        .outerjoin(RemovalNoticeEnd, RemovalNoticeEnd.notice_id == RemovalNotice.id)
        .where(Listing.authority_id == authority_id, RemovalNoticeEnd.notice_id.is_(None))
    )


def _waivers(authority_id: UUID, on: date) -> Select[*tuple[Any, ...]]:
    return (
        select(WaiverRow.person_id, WaiverRow.ends_on.label("since"))
        .outerjoin(WaiverEnd, WaiverEnd.waiver_id == WaiverRow.id)
        .where(
            WaiverRow.authority_id == authority_id,
            WaiverRow.ends_on.between(on, on + WAIVER_SOON),
            WaiverEnd.waiver_id.is_(None),
        )
    )
