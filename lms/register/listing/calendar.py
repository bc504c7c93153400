"""What the calendar does to listings once verdicts are worked out: hide, bring back, and note when to warn."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.register.authoring import queries as authoring
from lms.register.content import Edition
from lms.register.kinds import ListingState
from lms.register.listing import keeping
from lms.register.listing.models import Listing
from lms.register.listing.moves import Actor, move_between
from lms.register.listing.queries import AT_ONCE
from lms.register.listing.rules import Ends, ends_of, next_look, turn_of, warning_days, warning_due
from lms.register.models import Standing
from lms.register.rules import Verdict

BY_CALENDAR = (ListingState.LISTED, ListingState.PROVISIONAL, ListingState.LAPSED)
"""What the calendar moves; everything else waits for people."""

_LAPSES = select(Standing.person_id, Standing.lapses_on).where(
    Standing.authority_id == bindparam("authority_id"), Standing.person_id.in_(bindparam("ids", expanding=True))
)


_FOLLOWING = "lms_listings_following"


def noted(db: Db, authority_id: UUID, person_id: UUID) -> bool:
    """Whether the calendar moves listings of this authority just now: then it has who moved worked out all at once."""
    following: tuple[UUID, list[UUID]] | None = db.info.get(_FOLLOWING)
    if following is None or following[0] != authority_id:
        return False
    following[1].append(person_id)
    return True


def follow(db: Db, authority_id: UUID, verdicts: Mapping[UUID, Verdict], now: datetime) -> list[UUID]:
    """Let listings follow today's verdicts on these PAs of one authority; returns whose moved.

    The caller works their standings out again: where a listing stood is part of what the rules ask. Nobody without a
    listing is given one. The standings of these PAs are held by the caller and say these verdicts. Doing it twice with
    the same verdicts changes nothing.
    """
    before, moved = db.info.get(_FOLLOWING), list[UUID]()
    db.info[_FOLLOWING] = (authority_id, moved)
    try:
        _follow(db, authority_id, verdicts, now)
    finally:
        db.info[_FOLLOWING] = before
    return moved


def _follow(db: Db, authority_id: UUID, verdicts: Mapping[UUID, Verdict], now: datetime) -> None:
    today = london_day(now)
    edition = authoring.edition_on(db, authority_id, today)
    if edition is None:
        return
    left = iter(verdicts)
    while ids := list(islice(left, AT_ONCE)):
        wanted = select(Listing).where(
            Listing.authority_id == authority_id, Listing.person_id.in_(ids), Listing.state.in_(BY_CALENDAR)
        )
        held = wanted.order_by(Listing.id).with_for_update().execution_options(populate_existing=True)
        listings = db.scalars(held).all()
        lapses = dict(columns(db, _LAPSES, {"ids": ids, "authority_id": authority_id}).all()) if listings else {}
        for listing in listings:
            verdict = verdicts[listing.person_id]
            if not _moved(db, listing, verdict, now):
                over = lapses.get(listing.person_id)
                _note_ends(listing, edition, _ends(listing, verdict, edition, over), today)
    db.flush()


def _moved(db: Db, listing: Listing, verdict: Verdict, now: datetime) -> bool:
    turn = turn_of(listing.state, verdict)
    if turn is None:
        return False
    move = move_between(listing.state, turn.to, [Actor.SYSTEM], turn.act)
    assert move is not None
    keeping.put(db, listing, move, by=None, now=now, reason=turn.reason, verdict=verdict)
    return True


def _ends(listing: Listing, verdict: Verdict, edition: Edition, lapses_on: date | None) -> Ends:
    since = listing.provisional_since
    return ends_of(listing.state, verdict, edition.rules, provisional_since=since, lapses_on=lapses_on)


def _note_ends(listing: Listing, edition: Edition, ends: Ends, on: date) -> None:
    """Keep when a listing ends by the calendar, and when its PA has to be warned next."""
    days = warnings_of(edition)
    listing.runs_out_on, listing.lapses_on = ends.runs_out_on, ends.lapses_on
    listing.look_on = on if warning_due(ends, on, days) is not None else next_look(ends, on, days)


def warnings_of(edition: Edition) -> tuple[int, ...]:
    """So many days before something runs out an authority warns, the most first."""
    return warning_days(edition.file.renewal.remind_days_before, edition.rules.grace_days)
