"""One person with two records: the listing of the other record is ended, and comes back when the link is undone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.register.listing import keeping
from lms.register.listing.models import ListingMove
from lms.register.listing.moves import MOVES, Act
from lms.register.listing.reasons import Reason


def close_double(db: Db, *, person_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """End the listing of a record that goes on under another one. Nothing to do where none is open.

    Whoever calls has seen to it that `by` may link records of this authority.
    """
    listing = keeping.hold(db, person_id, authority_id)
    move = next((m for m in MOVES if listing and m.act is Act.LINK and m.was is listing.state), None)
    if listing is not None and move is not None:
        keeping.put(db, listing, move, by=by, now=now, reason=Reason.SAME_PERSON)


def reopen_double(db: Db, *, person_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Bring a listing back to where it stood before it was ended as a double. Nothing to do for any other.

    What ran out meanwhile ends it again by the calendar, in the same moment.
    """
    listing = keeping.hold(db, person_id, authority_id)
    if listing is None:
        return
    last = select(ListingMove).where(ListingMove.listing_id == listing.id, ListingMove.turn == listing.turn)
    ended = db.scalars(last).one()
    if ended.act is not Act.LINK:
        return
    move = next((m for m in MOVES if m.act is Act.UNLINK and m.to is ended.was), None)
    assert move is not None
    keeping.put(db, listing, move, by=by, now=now, reason=Reason.LINK_UNDONE)
