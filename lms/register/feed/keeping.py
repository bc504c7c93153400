"""What the calendar asks of the feed: everybody looked at once a day, and what has no use any more forgotten."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, Update, delete, func, select, update

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.work import later
from lms.register.feed.models import FeedEntry, FeedHead, FeedReceived
from lms.register.touching import touch

LOOK_AGAIN = "feed.look_again"
AT_ONCE = 200
"""PAs looked at in one transaction, so that nobody waits long for the writer."""

KEPT = timedelta(days=400)
"""How long an entry that tells nothing any more keeps its number, and how long it is kept who received what.

Whoever asks for changes at least once a year misses nothing; whoever stayed away longer is told to begin with the list.
"""


def each_day(house: House, now: datetime) -> None:
    """Ask, once a day, for everybody to be looked at again. The worker does this each minute.

    Most changes reach the feed with the fact that made them. Some come with a day alone: rules that let less be seen,
    a name somebody changed, a role that ends.
    """
    with house.database.reading() as db:
        heads = db.execute(select(FeedHead.authority_id, FeedHead.looked_on)).all()
    today = london_day(now)
    for authority_id, looked_on in heads:
        if looked_on != today:
            with house.database.writing() as db:
                db.execute(_head(authority_id).values(looked_on=today))
                later(db, LOOK_AGAIN, str(authority_id), now=now)


def look_again(house: House, key: str, now: datetime) -> None:
    """Work out again what is told of everybody of an authority who is told of, and forget what is too old."""
    authority_id, after = UUID(key), 0
    while True:
        with house.database.writing() as db:
            some = db.execute(_told_of(authority_id, after)).all()
            touch(db, authority_id, [row.person_id for row in some], now)
        if not some:
            break
        after = some[-1].seq
    with house.database.writing() as db:
        forget_old(db, authority_id, before=now - KEPT, on=london_day(now) - KEPT)


def forget_old(db: Db, authority_id: UUID, *, before: datetime, on: date) -> None:
    """Delete entries from before a moment that tell nothing any more, and what was received before a day.

    What still tells of somebody stays, so that who begins at zero is told of everybody.
    """
    old = (FeedEntry.authority_id == authority_id) & (FeedEntry.at < before)
    floor = db.scalar(select(func.max(FeedEntry.seq)).where(old, FeedEntry.data.is_(None)))
    if floor is not None:
        # Never down: what told of somebody for years, and tells nothing now, has a low number.
        db.execute(_head(authority_id).where(FeedHead.floor < floor).values(floor=floor))
        db.execute(delete(FeedEntry).where(old, FeedEntry.data.is_(None)))
    db.execute(delete(FeedReceived).where(FeedReceived.authority_id == authority_id, FeedReceived.on_day < on))


def _head(authority_id: UUID) -> Update:
    return update(FeedHead).where(FeedHead.authority_id == authority_id)


def _told_of(authority_id: UUID, after: int) -> Select[int, UUID]:
    here = (FeedEntry.authority_id == authority_id) & (FeedEntry.seq > after) & FeedEntry.data.is_not(None)
    return select(FeedEntry.seq, FeedEntry.person_id).where(here).order_by(FeedEntry.seq).limit(AT_ONCE)
