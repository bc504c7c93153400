"""Read listings and waivers: one PA's or many at once, each in a constant number of queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.db import Db, columns, writes
from lms.register.held import Waiver
from lms.register.kinds import ListingState
from lms.register.listing.models import (
    Listing,
    ListingMove,
    RemovalNotice,
    RemovalNoticeEnd,
    WaiverEnd,
    WaiverRow,
)
from lms.register.listing.moves import Act
from lms.register.listing.reasons import Reason
from lms.register.listing.rules import before
from lms.register.listing.waiving import SeenInstead, WaiverReason
from lms.register.rules import NEW_APPLICANT, Before

AT_ONCE = 500
"""How many ids one statement names; more are asked for a part at a time."""


@dataclass(frozen=True)
class ListingView:
    """Where a PA stands on a register. `since` is the day on which that began.

    `shown_as` is what employers saw them as last, `sent_on` the day of the application. `runs_out_on` and `lapses_on`
    are the first days on which something required no longer counts and on which that hides the PA.
    """

    id: UUID
    person_id: UUID
    authority_id: UUID
    state: ListingState
    since: date
    reason: Reason | None
    withheld: bool
    shown_as: ListingState | None
    provisional_since: date | None
    sent_on: date | None
    runs_out_on: date | None
    lapses_on: date | None


@dataclass(frozen=True)
class MoveView:
    """One move of a listing. `by` is None where the calendar did it."""

    id: UUID
    act: Act
    was: ListingState | None
    state: ListingState
    reason: Reason | None
    withheld: bool
    on: date
    by: UUID | None
    at: datetime


@dataclass(frozen=True)
class WaiverView:
    """One waiver, for the register team. `last_day` is its last day, shortened where it was ended early."""

    id: UUID
    person_id: UUID
    code: str
    reason: WaiverReason
    seen: SeenInstead
    starts_on: date
    ends_on: date
    ended_on: date | None
    by: UUID
    at: datetime
    ended_by: UUID | None
    ended_at: datetime | None

    @property
    def last_day(self) -> date:
        """The last day on which it counts; before its first one when it was ended the same day."""
        return self.ends_on if self.ended_on is None else min(self.ends_on, self.ended_on - timedelta(days=1))

    def counts_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.starts_on <= day <= self.last_day


@dataclass(frozen=True)
class NoticeView:
    """A notice that is open: the listing ends on a day, and why."""

    id: UUID
    reason: Reason
    withheld: bool
    removed_on: date
    by: UUID


VIEW = (
    Listing.id,
    Listing.person_id,
    Listing.authority_id,
    Listing.state,
    Listing.since,
    Listing.reason,
    Listing.withheld,
    Listing.shown_as,
    Listing.provisional_since,
    Listing.sent_on,
    Listing.runs_out_on,
    Listing.lapses_on,
)
_IN = (Listing.authority_id == bindparam("authority_id"), Listing.person_id.in_(bindparam("ids", expanding=True)))
_MANY = select(*VIEW).where(*_IN)
_BEFORE = select(Listing.person_id, Listing.state, Listing.shown_as, Listing.provisional_since).where(*_IN)
_OF = select(*VIEW).where(Listing.person_id == bindparam("person_id"))
_ONE = _OF.where(Listing.authority_id == bindparam("authority_id"))
_WAIVER = (
    WaiverRow.id,
    WaiverRow.person_id,
    WaiverRow.code,
    WaiverRow.reason,
    WaiverRow.seen,
    WaiverRow.starts_on,
    WaiverRow.ends_on,
    WaiverEnd.ended_on,
    WaiverRow.by,
    WaiverRow.at,
    WaiverEnd.by.label("ended_by"),
    WaiverEnd.at.label("ended_at"),
)
_WAIVERS = (
    select(*_WAIVER)
    .outerjoin(WaiverEnd, WaiverEnd.waiver_id == WaiverRow.id)
    .where(
        WaiverRow.authority_id == bindparam("authority_id"),
        WaiverRow.person_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(WaiverRow.at, WaiverRow.id)
)
_NOTICES = (
    select(RemovalNotice)
    .outerjoin(RemovalNoticeEnd, RemovalNoticeEnd.notice_id == RemovalNotice.id)
    .where(RemovalNoticeEnd.notice_id.is_(None))
)
_ENDS = _NOTICES.with_only_columns(RemovalNotice.listing_id, RemovalNotice.removed_on).where(
    RemovalNotice.listing_id.in_(bindparam("ids", expanding=True))
)
"""Statements are put together once: every verdict asks them, and every home page of a PA."""


def listing_of(db: Db, person_id: UUID, authority_id: UUID) -> ListingView | None:
    """Where a PA stands on an authority's register; None when they never began to apply there. One query."""
    row: Any = columns(db, _ONE, {"person_id": person_id, "authority_id": authority_id}).first()
    return ListingView(*row) if row else None


def listings_of(db: Db, person_id: UUID) -> list[ListingView]:
    """Where a PA stands on every register they ever applied to. One query, and a unit that only reads asks it once.

    Several cards of a home page ask for it.
    """
    place = ("lms_listings", person_id)
    kept: list[ListingView] | None = db.info.get(place)
    if kept is not None:
        return kept
    rows: Iterable[Any] = columns(db, _OF, {"person_id": person_id})
    found = [ListingView(*row) for row in rows]
    if not writes(db):
        db.info[place] = found
    return found


def listings_of_many(db: Db, ids: Collection[UUID], authority_id: UUID) -> dict[UUID, ListingView]:
    """Where these PAs stand, by person; those who never began to apply are left out."""
    return {row.person_id: ListingView(*row) for row in _each(db, _MANY, ids, authority_id)}


def before_of_many(db: Db, ids: Collection[UUID], authority_id: UUID) -> dict[UUID, Before]:
    """What each of these PAs was until today, as the rules ask it; everybody is in the answer."""
    found = {
        row.person_id: before(row.state, shown_as=row.shown_as, provisional_since=row.provisional_since)
        for row in _each(db, _BEFORE, ids, authority_id)
    }
    return {person_id: found.get(person_id, NEW_APPLICANT) for person_id in ids}


def before_of(listing: ListingView | None) -> Before:
    """The same from a listing that was read already."""
    if listing is None:
        return NEW_APPLICANT
    return before(listing.state, shown_as=listing.shown_as, provisional_since=listing.provisional_since)


def waivers_of_many(db: Db, ids: Collection[UUID], authority_id: UUID) -> dict[UUID, tuple[Waiver, ...]]:
    """The waivers of these PAs as the rules see them, by person; those without any are left out."""
    found: dict[UUID, list[Waiver]] = {}
    for one in _waivers(db, ids, authority_id):
        if one.last_day >= one.starts_on:
            waiver = Waiver(code=one.code, reason=one.reason.value, on=one.starts_on, ends_on=one.last_day)
            found.setdefault(one.person_id, []).append(waiver)
    return {person_id: tuple(several) for person_id, several in found.items()}


def waivers_of(db: Db, person_id: UUID, authority_id: UUID) -> list[WaiverView]:
    """Every waiver a PA was ever given at an authority, the newest first. One query."""
    return list(_waivers(db, [person_id], authority_id))[::-1]


def moves_of(db: Db, listing_id: UUID) -> Sequence[MoveView]:
    """Every move of a listing, the newest first. One query."""
    wanted = (
        ListingMove.id,
        ListingMove.act,
        ListingMove.was,
        ListingMove.state,
        ListingMove.reason,
        ListingMove.withheld,
        ListingMove.on,
        ListingMove.by,
        ListingMove.at,
    )
    rows = columns(
        db, select(*wanted).where(ListingMove.listing_id == listing_id).order_by(ListingMove.turn.desc()), {}
    )
    return [MoveView(*row) for row in rows]


def open_notice(db: Db, listing_id: UUID) -> RemovalNotice | None:
    """The notice after which a listing ends, while it is open."""
    return db.scalar(_NOTICES.where(RemovalNotice.listing_id == listing_id).limit(1))


def open_notices(db: Db, listing_ids: Collection[UUID]) -> dict[UUID, date]:
    """The day on which each of these listings ends because notice was given; the others are left out. One query."""
    rows = columns(db, _ENDS, {"ids": list(listing_ids)})
    return {row.listing_id: row.removed_on for row in rows}


def count_by_state(db: Db, authority_ids: Collection[UUID]) -> dict[ListingState, int]:
    """How many PAs stand where on these registers. Drafts are nobody's business but the PA's and are left out."""
    wanted = (
        select(Listing.state, func.count())
        .where(Listing.authority_id.in_(authority_ids), Listing.state != ListingState.DRAFT)
        .group_by(Listing.state)
    )
    return dict(columns(db, wanted, {}).all())


def _waivers(db: Db, ids: Collection[UUID], authority_id: UUID) -> Iterator[WaiverView]:
    return (WaiverView(*row) for row in _each(db, _WAIVERS, ids, authority_id))


def _each(db: Db, wanted: Select[*tuple[Any, ...]], ids: Collection[UUID], authority_id: UUID) -> Iterator[Any]:
    """Rows about these persons, a part of them at a time."""
    left = iter(ids)
    while part := list(islice(left, AT_ONCE)):
        yield from columns(db, wanted, {"ids": part, "authority_id": authority_id})
