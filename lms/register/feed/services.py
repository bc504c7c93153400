"""Write the feed: the entries that follow from what changed, what PAs agree to, and who received what."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, null, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.words import N_, Refused
from lms.register import queries as register
from lms.register.feed.events import TellingAgreed, TellingDeclined, TellingTakenBack
from lms.register.feed.models import FeedAgreement, FeedEntry, FeedHead, FeedReceived
from lms.register.feed.queries import agreement_of
from lms.register.feed.rules import Kind, Told, Way, names_in
from lms.register.feed.sources import shown_by, told_of_many
from lms.register.touching import take, touch

__all__ = ["agree", "note_received", "settle", "take_back", "touch"]

AT_ONCE = 500
Bell = Callable[[Db, UUID, datetime], None]
"""Rung when entries were added to an authority's feed: unit of work, authority, now."""


def settle(db: Db) -> None:
    """Add the entries that follow from whatever was touched in this unit of work. Called just before its commit.

    The row of the head is locked before anything is read, and last of all locks: whoever comes second sees all the
    first one wrote, numbers follow the order of commits, and nobody waits for anybody in a circle.
    """
    for authority_id, (person_ids, now) in sorted(take(db).items()):
        db.flush()
        last = before = _lock(db, authority_id)
        ids = sorted(person_ids)
        for start in range(0, len(ids), AT_ONCE):
            last = _append(db, authority_id, ids[start : start + AT_ONCE], last, now)
        if last == before:
            continue
        db.execute(update(FeedHead).where(FeedHead.authority_id == authority_id).values(last=last))
        bells: Sequence[Bell] = db.info.get("feed_bells", ())
        for ring in bells:
            ring(db, authority_id, now)


def agree(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, told: Collection[Told], now: datetime) -> None:
    """The PA agrees that other systems are told these things. Refused when the rules let be told less by now."""
    edition = register.edition_for(db, authority_id, london_day(now))
    may = shown_by(edition).may | {Told.VERDICT} if edition else frozenset()
    if not frozenset(told) <= may:
        raise Refused(N_("What is told has changed since you opened this page. Read it again, then agree."))
    names = tuple(sorted(one.value for one in told))
    _answer(db, once, TellingAgreed(about=person_id, authority_id=authority_id, told=names), now)


def take_back(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """The PA says no, or takes their agreement back: then the feed says so at once. Saying so twice is quiet."""
    before = agreement_of(db, person_id, authority_id)
    if before is None:
        _answer(db, once, TellingDeclined(about=person_id, authority_id=authority_id), now)
    elif before.agreed:
        _answer(db, once, TellingTakenBack(about=person_id, authority_id=authority_id), now)


def note_received(
    db: Db,
    *,
    token_id: UUID,
    authority_id: UUID,
    way: Way,
    now: datetime,
    after: int = 0,
    last: int = 0,
    head: int = 0,
    person_id: UUID | None = None,
) -> None:
    """Keep that a system received the entries after a number up to another, or one PA's verdict."""
    row = FeedReceived(
        token_id=token_id,
        authority_id=authority_id,
        way=way,
        on_day=london_day(now),
        after=after,
        last=last,
        head=head,
        person_id=person_id,
    )
    db.add(row)
    db.flush()


def _answer(db: Db, once: UUID, fact: TellingAgreed | TellingDeclined | TellingTakenBack, now: datetime) -> None:
    row = FeedAgreement(
        id=once,
        person_id=fact.about,
        authority_id=fact.authority_id,
        agreed=isinstance(fact, TellingAgreed),
        told=list(fact.told) if isinstance(fact, TellingAgreed) else [],
        at=now,
    )
    if add_once(db, row):
        record(db, fact, by=fact.about, now=now, behalf=fact.authority_id)
        touch(db, fact.authority_id, [fact.about], now)


def _lock(db: Db, authority_id: UUID) -> int:
    """The last number of the feed, held until the commit; the row is made when it is the first."""
    found = columns(db, _LOCKED, {"authority_id": authority_id}).scalar()
    if found is None:
        make = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
        db.execute(make(FeedHead).values(authority_id=authority_id, last=0, floor=0).on_conflict_do_nothing())
        found = columns(db, _LOCKED, {"authority_id": authority_id}).scalar_one()
    return found


def _append(db: Db, authority_id: UUID, ids: Sequence[UUID], last: int, now: datetime) -> int:
    """Add an entry for each of these PAs of whom something else is told than before; the last number then."""
    values = {"authority_id": authority_id, "ids": list(ids)}
    before = {row.person_id: row for row in columns(db, _NEWEST, values)}
    now_told = told_of_many(db, ids, authority_id, london_day(now))
    replaced, added = [], []
    for person_id in ids:
        was, data = before.get(person_id), now_told.get(person_id)
        if data == (was.data if was else None):
            continue
        last += 1
        if was is not None:
            replaced.append({"here": authority_id, "old": was.seq, "by": last})
        added.append(_entry(authority_id, last, person_id, data, now))
    if replaced:
        db.connection().execute(_REPLACE, replaced)
    if added:
        db.connection().execute(insert(FeedEntry), added)
    return last


def _entry(
    authority_id: UUID, seq: int, person_id: UUID, data: Mapping[str, Any] | None, now: datetime
) -> dict[str, Any]:
    return {
        "authority_id": authority_id,
        "seq": seq,
        "person_id": person_id,
        "kind": Kind.REMOVE if data is None else Kind.PUT,
        "at": now,
        "told": names_in(data),
        "data": data,
        "replaced_by": None,
    }


_LOCKED = select(FeedHead.last).where(FeedHead.authority_id == bindparam("authority_id")).with_for_update()
_NEWEST = select(FeedEntry.person_id, FeedEntry.seq, FeedEntry.data).where(
    FeedEntry.authority_id == bindparam("authority_id"),
    FeedEntry.person_id.in_(bindparam("ids", expanding=True)),
    FeedEntry.replaced_by.is_(None),
)
_REPLACE = (
    update(FeedEntry)
    .where(FeedEntry.authority_id == bindparam("here"), FeedEntry.seq == bindparam("old"))
    .values(replaced_by=bindparam("by"), data=null())
)
