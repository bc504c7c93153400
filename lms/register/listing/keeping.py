"""Keep a listing's row and its moves. The one place that writes them; who may move what is decided elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, Refused
from lms.register.kinds import ListingState
from lms.register.listing.events import ListingMoved
from lms.register.listing.models import Listing, ListingMove, RemovalNoticeEnd
from lms.register.listing.moves import MOVES, VISIBLE, Move
from lms.register.listing.queries import open_notice
from lms.register.listing.reasons import Reason
from lms.register.models import Standing
from lms.register.rules import Verdict
from lms.register.stored import as_data

State = ListingState
_START = next(move for move in MOVES if move.was is None)


@dataclass(frozen=True)
class _Made:
    """Who made a move, when, with which form, and what the rules said."""

    by: UUID | None
    now: datetime
    once: UUID
    verdict: Verdict | None = None


def hold(db: Db, person_id: UUID, authority_id: UUID) -> Listing | None:
    """A PA's listing, held until the end of this unit of work, so that of two moves at once the second sees the first.

    The standing's row is held first, in the same order as when a verdict is worked out again.
    """
    whose = Standing.person_id == person_id, Standing.authority_id == authority_id
    db.execute(select(Standing.id).where(*whose).with_for_update())
    wanted = select(Listing).where(Listing.person_id == person_id, Listing.authority_id == authority_id)
    return db.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def begin(db: Db, person_id: UUID, authority_id: UUID, *, now: datetime) -> Listing:
    """The row of a PA who begins to apply, held; the one that is there when somebody was faster."""
    first = Listing(
        person_id=person_id,
        authority_id=authority_id,
        state=State.DRAFT,
        since=london_day(now),
        turn=1,
        withheld=False,
    )
    if add_once(db, first):
        _write(db, first, _START, _Made(person_id, now, uuid4()))
    row = hold(db, person_id, authority_id)
    assert row is not None
    return row


def already(db: Db, once: UUID, listing: Listing, to: State, by: UUID | None) -> bool:
    """Whether this very form was sent before. Refused when the same number was used for something else."""
    there = db.get(ListingMove, once)
    if there is None:
        return False
    if (there.listing_id, there.state, there.by) != (listing.id, to, by):
        raise Refused(N_("Something was saved from this page before. Open the page anew."))
    return True


def put(
    db: Db,
    listing: Listing,
    move: Move,
    *,
    by: UUID | None,
    now: datetime,
    once: UUID | None = None,
    reason: Reason | None = None,
    withheld: bool = False,
    verdict: Verdict | None = None,
) -> None:
    """Make a move that was allowed: the row, the move's own row, and the fact. `listing` is held."""
    today = london_day(now)
    listing.turn += 1
    listing.state, listing.since, listing.reason, listing.withheld = move.to, today, reason, withheld
    listing.shown_as = _shown_as(listing, move.to)
    listing.provisional_since = _provisional_since(listing, move.to, now)
    listing.sent_on = today if move.to is State.SUBMITTED else listing.sent_on
    if move.to not in VISIBLE:
        listing.runs_out_on = listing.lapses_on = listing.look_on = None
    notice = open_notice(db, listing.id) if move.to is State.REMOVED else None
    if notice is not None:
        db.add(RemovalNoticeEnd(notice_id=notice.id, taken_back=False, by=by, at=now))
    _write(db, listing, move, _Made(by, now, once or uuid4(), verdict))


def _shown_as(listing: Listing, to: State) -> State | None:
    if to in VISIBLE:
        return to
    return None if to in {State.DRAFT, State.SUBMITTED, State.CHECKING} else listing.shown_as


def _provisional_since(listing: Listing, to: State, now: datetime) -> date | None:
    """The period runs on while a PA is paused or suspended; a new application starts it anew."""
    if to is State.PROVISIONAL:
        return listing.provisional_since or london_day(now)
    return None if to in {State.DRAFT, State.SUBMITTED, State.LISTED} else listing.provisional_since


def _write(db: Db, listing: Listing, move: Move, made: _Made) -> None:
    """The move's own row and the fact."""
    now, verdict = made.now, made.verdict
    db.add(
        ListingMove(
            id=made.once,
            listing_id=listing.id,
            turn=listing.turn,
            act=move.act,
            was=move.was,
            state=move.to,
            reason=listing.reason,
            withheld=listing.withheld,
            verdict=as_data(verdict) if verdict else {},
            on=london_day(now),
            by=made.by,
            at=now,
        )
    )
    db.flush()
    fact = ListingMoved(
        about=listing.person_id,
        authority_id=listing.authority_id,
        was=move.was.value if move.was else None,
        state=move.to.value,
        act=move.act.value,
        reason=listing.reason.value if listing.reason else None,
        because=verdict.because.value if verdict else None,
    )
    record(db, fact, by=made.by, now=now, behalf=listing.authority_id)
