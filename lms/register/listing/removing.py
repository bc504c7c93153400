"""End a listing from the team's side: at once where the rules allow that, else after days of notice."""

from datetime import date, datetime, timedelta
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.register import queries as register
from lms.register.kinds import ListingState
from lms.register.listing import keeping, services
from lms.register.listing.events import RemovalNoticeGiven, RemovalNoticeTakenBack
from lms.register.listing.models import Listing, RemovalNotice, RemovalNoticeEnd
from lms.register.listing.moves import Act, Actor, move_between
from lms.register.listing.queries import open_notice
from lms.register.listing.reasons import Reason
from lms.register.queries import Judged

SENT_FOR_ANOTHER = N_("Something was saved from this page before. Open the page anew.")


def remove(
    db: Db,
    *,
    once: UUID,
    person_id: UUID,
    authority_id: UUID,
    reason: Reason,
    by: UUID,
    now: datetime,
    withheld: bool = False,
) -> date:
    """End a listing, or give notice that it ends; returns the day on which it does. By a register manager.

    At once for the immediate grounds of the rules, where they give no notice, and for a PA who is suspended.
    Raises and refuses as services.move. The same `once` again changes nothing.
    """
    judged = register.verdict_of(db, person_id, authority_id, london_day(now))
    listing = keeping.hold(db, person_id, authority_id)
    if listing is None or judged is None:
        raise NotFound("listing")
    given = db.get(RemovalNotice, once)
    if given is not None and (given.listing_id, given.by) == (listing.id, by):
        return given.removed_on
    if given is not None:
        raise Refused(SENT_FOR_ANOTHER)
    if services.at_once(listing.state, reason, judged):
        services.move(
            db,
            once=once,
            person_id=person_id,
            authority_id=authority_id,
            to=ListingState.REMOVED,
            act=Act.REMOVE,
            reason=reason,
            withheld=withheld,
            by=by,
            now=now,
        )
        return london_day(now)
    removal = judged.edition.file.removal
    if withheld and not removal.reasons_may_be_withheld:
        raise Refused(N_("The rules of this register say that the PA is told why."))
    _check(db, listing, by, now)
    notice = RemovalNotice(
        id=once,
        listing_id=listing.id,
        reason=reason,
        withheld=withheld,
        given_on=london_day(now),
        removed_on=removed_on(judged, london_day(now)),
        by=by,
        at=now,
    )
    if not add_once(db, notice):
        raise Refused(SENT_FOR_ANOTHER)
    fact = RemovalNoticeGiven(
        about=person_id,
        authority_id=authority_id,
        notice_id=once,
        reason=reason.value,
        removed_on=notice.removed_on,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    return notice.removed_on


def removed_on(judged: Judged, on: date) -> date:
    """The first day off the register when notice is given on a day; the days of notice are counted from the next."""
    return on + timedelta(days=judged.edition.file.removal.notice_days + 1)


def take_back(db: Db, *, person_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """The listing does not end after all. By a register manager; twice changes nothing."""
    listing = keeping.hold(db, person_id, authority_id)
    if listing is None or Actor.MANAGER not in services.parts_of(db, by, person_id, authority_id, now):
        raise NotFound("listing")
    notice = open_notice(db, listing.id)
    if notice is not None:
        end_notice(db, listing, notice, by=by, now=now)


def end_notice(db: Db, listing: Listing, notice: RemovalNotice, *, by: UUID, now: datetime) -> None:
    """Take back a notice of a listing that is held."""
    if not add_once(db, RemovalNoticeEnd(notice_id=notice.id, taken_back=True, by=by, at=now)):
        return
    fact = RemovalNoticeTakenBack(about=listing.person_id, authority_id=listing.authority_id, notice_id=notice.id)
    record(db, fact, by=by, now=now, behalf=listing.authority_id)


def carry_out(db: Db, notice: RemovalNotice, *, now: datetime) -> bool:
    """The days of a notice are over: the listing ends for the reason given. False when it had ended already."""
    row = db.get(Listing, notice.listing_id)
    assert row is not None
    listing = keeping.hold(db, row.person_id, row.authority_id)
    still = open_notice(db, notice.listing_id)
    if listing is None or still is None or still.id != notice.id:
        return False
    move = move_between(listing.state, ListingState.REMOVED, [Actor.SYSTEM], Act.REMOVE)
    if move is None:
        return False
    keeping.put(db, listing, move, by=None, now=now, reason=notice.reason, withheld=notice.withheld)
    return True


def _check(db: Db, listing: Listing, by: UUID, now: datetime) -> None:
    actors = services.parts_of(db, by, listing.person_id, listing.authority_id, now)
    if Actor.MANAGER not in actors:
        raise Refused(N_("Only a register manager can end a listing."))
    if move_between(listing.state, ListingState.REMOVED, actors, Act.REMOVE) is None:
        raise Refused(N_("Somebody moved this listing meanwhile. Look where it stands now."))
    if open_notice(db, listing.id) is not None:
        raise Refused(N_("Notice was given already."))
