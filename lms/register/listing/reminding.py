"""What the calendar brings to listings beside verdicts: warnings before something runs out, and notices that are over.

That a listing lapses and comes back follows from its verdict, in `calendar`.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.register.authoring import queries as authoring
from lms.register.kinds import ListingState
from lms.register.listing import keeping, removing
from lms.register.listing.calendar import warnings_of
from lms.register.listing.events import ListingRunsOut
from lms.register.listing.models import Listing, ListingWarning, RemovalNotice, RemovalNoticeEnd
from lms.register.listing.moves import VISIBLE, Act, Actor, move_between
from lms.register.listing.reasons import Reason
from lms.register.listing.rules import Ends, next_look, warning_due

AT_ONCE = 200
"""Listings looked for at once; each is dealt with in a unit of work of its own, so that nobody waits for the writer."""

_ENDED_OR_HELD = (ListingState.REMOVED, ListingState.REFUSED, ListingState.SUSPENDED)


def sweep(house: House, now: datetime) -> int:
    """Warn, end what notice was given of, and end listings of people who left; returns how many. Each once.

    The worker asks each minute.
    """
    today = london_day(now)
    return (
        _each(house, _to_warn(today), lambda db, listing_id: warn(db, listing_id, now=now))
        + _each(house, _notices_over(today), lambda db, notice_id: _carry_out(db, notice_id, now))
        + _each(house, _gone(today), lambda db, listing_id: _let_go(db, listing_id, now))
    )


def _each(house: House, due: Select[UUID], deal: Callable[[Db, UUID], bool]) -> int:
    done = 0
    while True:
        with house.database.reading() as db:
            ids = list(db.scalars(due.limit(AT_ONCE)))
        changed = 0
        for each in ids:
            with house.database.writing() as db:
                changed += deal(db, each)
        done += changed
        if len(ids) < AT_ONCE or not changed:
            return done


def warn(db: Db, listing_id: UUID, *, now: datetime) -> bool:
    """Warn one PA if a warning belongs to today and was not sent; False when there was nothing to say."""
    today = london_day(now)
    listing = _held(db, listing_id)
    if listing is None or listing.look_on is None or listing.look_on > today:
        return False
    edition = authoring.edition_on(db, listing.authority_id, today)
    ends = Ends(listing.runs_out_on, listing.lapses_on)
    days = warnings_of(edition) if edition else ()
    step = warning_due(ends, today, days)
    listing.look_on = next_look(ends, today, days)
    if step is None or ends.runs_out_on is None or ends.lapses_on is None or listing.state not in VISIBLE:
        return False
    told = ListingWarning(listing_id=listing.id, runs_out_on=ends.runs_out_on, days=step, at=now)
    if not add_once(db, told):
        return False
    fact = ListingRunsOut(
        about=listing.person_id,
        authority_id=listing.authority_id,
        days=step,
        runs_out_on=ends.runs_out_on,
        lapses_on=ends.lapses_on,
    )
    record(db, fact, by=None, now=now, behalf=listing.authority_id)
    return True


def _carry_out(db: Db, notice_id: UUID, now: datetime) -> bool:
    notice = db.get(RemovalNotice, notice_id)
    return notice is not None and removing.carry_out(db, notice, now=now)


def _let_go(db: Db, listing_id: UUID, now: datetime) -> bool:
    listing = _held(db, listing_id)
    move = move_between(listing.state, ListingState.REMOVED, [Actor.SYSTEM], Act.LEAVE) if listing else None
    if listing is None or move is None:
        return False
    keeping.put(db, listing, move, by=None, now=now, reason=Reason.GONE)
    return True


def _held(db: Db, listing_id: UUID) -> Listing | None:
    row = db.get(Listing, listing_id)
    return keeping.hold(db, row.person_id, row.authority_id) if row else None


def _to_warn(on: date) -> Select[UUID]:
    return select(Listing.id).where(Listing.look_on <= on).order_by(Listing.look_on, Listing.id)


def _notices_over(on: date) -> Select[UUID]:
    return (
        select(RemovalNotice.id)
        .outerjoin(RemovalNoticeEnd, RemovalNoticeEnd.notice_id == RemovalNotice.id)
        .where(RemovalNoticeEnd.notice_id.is_(None), RemovalNotice.removed_on <= on)
        .order_by(RemovalNotice.removed_on, RemovalNotice.id)
    )


def _gone(on: date) -> Select[UUID]:
    """Open listings of people who are no PAs of the authority any more: their last day there is over."""
    return (
        select(Listing.id)
        .where(Listing.gone_on <= on, Listing.state.not_in(_ENDED_OR_HELD))
        .order_by(Listing.gone_on, Listing.id)
    )
