"""Read the feed: changes in order, the list that is in them, what a PA agreed to, and who received what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, desc, func, null, or_, select

from lms.core.db import Db, columns
from lms.register.feed.models import FeedAgreement, FeedEntry, FeedHead, FeedReceived
from lms.register.feed.rules import Kind, Told, Way

MOST = 1000
"""Entries that are read at once, at most."""


@dataclass(frozen=True)
class Head:
    """The last number of a feed, and the number up to which entries that tell nothing any more are not kept."""

    last: int
    floor: int


@dataclass(frozen=True)
class Entry:
    """One entry. `person` and `data` are None when a later entry says something newer of the same PA.

    For a put that still holds, `data` is what is told; for a remove that still holds, `person` alone is.
    """

    seq: int
    person: UUID | None
    kind: Kind
    at: datetime
    data: Mapping[str, Any] | None

    @property
    def replaced(self) -> bool:
        """Whether a later entry says something newer, so that this one only keeps its number."""
        return self.person is None


@dataclass(frozen=True)
class Agreement:
    """What a PA answered last: whether they agree, to what, and when."""

    agreed: bool
    told: frozenset[Told]
    at: datetime


@dataclass(frozen=True)
class Received:
    """A system received something of a PA on a day: the names of what it was."""

    on: date
    token_id: UUID
    way: Way
    told: tuple[str, ...]


@dataclass(frozen=True)
class ReceivedByDay:
    """How many answers a system received in one way on a day, and the highest number in them (0 for verdicts)."""

    on: date
    token_id: UUID
    way: Way
    answers: int
    last: int


def head(db: Db, authority_id: UUID) -> Head:
    """Where an authority's feed stands; an authority of which nothing was ever told stands at 0."""
    found = columns(db, _HEAD, {"authority_id": authority_id}).first()
    return Head(*found) if found else Head(0, 0)


def changes(db: Db, authority_id: UUID, after: int, limit: int = MOST) -> list[Entry]:
    """The entries after a number, in order and without a gap above the head's floor. One query."""
    return [_entry(row) for row in columns(db, _CHANGES, {"authority_id": authority_id, "after": after, "n": limit})]


def listed(db: Db, authority_id: UUID, after: int, limit: int = MOST) -> list[Entry]:
    """The entries that tell of somebody now, in order of their numbers, after a number: the list. One query."""
    return [_entry(row) for row in columns(db, _LISTED, {"authority_id": authority_id, "after": after, "n": limit})]


def count_listed(db: Db, authority_id: UUID) -> int:
    """How many PAs other systems are told of. One query."""
    return int(columns(db, _COUNT, {"authority_id": authority_id}).scalar_one())


def told_now(db: Db, person_id: UUID, authority_id: UUID) -> Mapping[str, Any] | None:
    """What other systems are told of a PA now; None when nothing is."""
    return columns(db, _NOW, {"person_id": person_id, "authority_id": authority_id}).scalar()


def agreement_of(db: Db, person_id: UUID, authority_id: UUID) -> Agreement | None:
    """What a PA answered last; None when they were never asked or never answered."""
    row = columns(db, _AGREEMENT, {"person_id": person_id, "authority_id": authority_id}).first()
    return Agreement(row.agreed, _names(row.told), row.at) if row else None


def answered_by(db: Db, person_id: UUID) -> frozenset[UUID]:
    """The authorities to which a PA answered, one way or the other. One query."""
    return frozenset(row[0] for row in columns(db, _ANSWERED, {"person_id": person_id}))


def agreed_of_many(db: Db, person_ids: Collection[UUID], authority_id: UUID) -> dict[UUID, frozenset[Told]]:
    """What these PAs agree to; those who do not are left out. One query."""
    rows = columns(db, _AGREED, {"authority_id": authority_id, "ids": list(person_ids)})
    return {row.person_id: _names(row.told) for row in rows if row.agreed}


def received_of(db: Db, person_id: UUID, authority_id: UUID, *, limit: int = 200) -> list[Received]:
    """Which system received what of a PA on which day, the newest first. One query."""
    rows = columns(db, _RECEIVED, {"person_id": person_id, "authority_id": authority_id, "n": limit})
    found: dict[tuple[date, UUID, Way], set[str]] = {}
    for on, token_id, way, told in rows:
        found.setdefault((on, token_id, way), set()).update(told or [Told.VERDICT.value])
    return [Received(on, token_id, way, tuple(sorted(names))) for (on, token_id, way), names in found.items()]


def received_by_day(db: Db, authority_id: UUID, *, since: date) -> list[ReceivedByDay]:
    """For the register team: which system received how many answers on a day, the newest first. One query."""
    return [ReceivedByDay(*row) for row in columns(db, _BY_DAY, {"authority_id": authority_id, "since": since})]


def newest(db: Db, authority_id: UUID, *, limit: int) -> list[Entry]:
    """The last entries that still say something, the newest first. One query."""
    return [_entry(row) for row in columns(db, _NEWEST_ENTRIES, {"authority_id": authority_id, "n": limit})]


def _entry(row: Row[*tuple[Any, ...]]) -> Entry:
    seq, person, kind, at, data, replaced_by = row
    return Entry(seq, person if replaced_by is None else None, kind, at, data)


def _names(said: list[str]) -> frozenset[Told]:
    known = {one.value for one in Told}
    return frozenset(Told(name) for name in said if name in known)


_HERE = FeedEntry.authority_id == bindparam("authority_id")
_PARTS = (FeedEntry.seq, FeedEntry.person_id, FeedEntry.kind, FeedEntry.at, FeedEntry.data, FeedEntry.replaced_by)
_HEAD = select(FeedHead.last, FeedHead.floor).where(FeedHead.authority_id == bindparam("authority_id"))
_AFTER = (_HERE, FeedEntry.seq > bindparam("after"))
_CHANGES = select(*_PARTS).where(*_AFTER).order_by(FeedEntry.seq).limit(bindparam("n"))
_NEWEST_ENTRIES = (
    select(*_PARTS).where(_HERE, FeedEntry.replaced_by.is_(None)).order_by(FeedEntry.seq.desc()).limit(bindparam("n"))
)
_TELLS = FeedEntry.data.is_not(None)
_LISTED = select(*_PARTS).where(*_AFTER, _TELLS).order_by(FeedEntry.seq).limit(bindparam("n"))
_COUNT = select(func.count()).select_from(FeedEntry).where(_HERE, _TELLS)
_NOW = select(FeedEntry.data).where(_HERE, FeedEntry.person_id == bindparam("person_id"), _TELLS)
_SAID = (FeedAgreement.agreed, FeedAgreement.told, FeedAgreement.at)
_AGREEMENT = (
    select(*_SAID)
    .where(FeedAgreement.person_id == bindparam("person_id"), FeedAgreement.authority_id == bindparam("authority_id"))
    .order_by(FeedAgreement.number.desc())
    .limit(1)
)
_ANSWERED = select(FeedAgreement.authority_id).where(FeedAgreement.person_id == bindparam("person_id")).distinct()
_NEWEST = (
    select(func.max(FeedAgreement.number))
    .where(
        FeedAgreement.authority_id == bindparam("authority_id"),
        FeedAgreement.person_id.in_(bindparam("ids", expanding=True)),
    )
    .group_by(FeedAgreement.person_id)
)
_AGREED = select(FeedAgreement.person_id, *_SAID).where(FeedAgreement.number.in_(_NEWEST))
_HANDED_OUT = and_(
    FeedReceived.authority_id == FeedEntry.authority_id,
    FeedReceived.way != Way.VERDICT,
    FeedReceived.after < FeedEntry.seq,
    FeedReceived.last >= FeedEntry.seq,
    or_(FeedEntry.replaced_by.is_(None), FeedEntry.replaced_by > FeedReceived.head),
)
_FROM_FEED = (
    select(FeedReceived.on_day, FeedReceived.token_id, FeedReceived.way, FeedEntry.told)
    .join(FeedEntry, _HANDED_OUT)
    .where(_HERE, FeedEntry.person_id == bindparam("person_id"), FeedEntry.kind == Kind.PUT)
)
_FROM_VERDICT = select(FeedReceived.on_day, FeedReceived.token_id, FeedReceived.way, null().label("told")).where(
    FeedReceived.person_id == bindparam("person_id"), FeedReceived.authority_id == bindparam("authority_id")
)
_RECEIVED = _FROM_FEED.union_all(_FROM_VERDICT).order_by(desc("on_day"), "token_id", "way").limit(bindparam("n"))
_BY_DAY = (
    select(
        FeedReceived.on_day,
        FeedReceived.token_id,
        FeedReceived.way,
        func.count(),
        func.max(FeedReceived.last),
    )
    .where(FeedReceived.authority_id == bindparam("authority_id"), FeedReceived.on_day >= bindparam("since"))
    .group_by(FeedReceived.on_day, FeedReceived.token_id, FeedReceived.way)
    .order_by(FeedReceived.on_day.desc(), FeedReceived.token_id, FeedReceived.way)
    .limit(500)
)
"""Put together once: systems ask them again and again."""
