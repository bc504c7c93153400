"""Facts in the past tense. A fact, its event row and what other rooms write about it are one transaction."""

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db, write_values
from lms.core.models import EventRow


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, named in the past tense. Subclasses add their fields; values must be plain.

    `about` is the person whose record this belongs to.
    """

    about: UUID

    kinds: ClassVar[dict[str, type["Fact"]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        Fact.kinds[cls.__name__] = cls

    def data(self) -> dict[str, Any]:
        """Everything but `about`, as JSON can carry it."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "about"}


Reaction = Callable[[Db, Any, datetime], None]
Reactions = Mapping[type[Fact], Sequence[Reaction]]
ReactionToMany = Callable[[Db, Sequence[Any], datetime], None]


def together(many: ReactionToMany) -> Callable[[Reaction], Reaction]:
    """Say how a reaction is done for many facts of one kind at once, where each by itself would take too long.

    Both ways have to write the same.
    """

    def also(react: Reaction) -> Reaction:
        react.to_many = many  # type: ignore[attr-defined]  # read in _react
        return react

    return also


def record(db: Db, fact: Fact, *, by: UUID | None, now: datetime, behalf: UUID | None = None) -> EventRow:
    """Write the event row of a fact and let other rooms react, all within the caller's transaction.

    `by` is the acting person (None: the system itself), `behalf` the organisation acted for, `now` aware UTC.
    """
    row = _row(fact, by=by, now=now, behalf=behalf)
    db.add(row)
    db.flush()
    _react(db, [fact], now)
    return row


def record_all(db: Db, facts: Sequence[Fact], *, by: UUID | None, now: datetime, behalf: UUID | None = None) -> None:
    """The same for several facts of one moment, in their order: all rows are written, then other rooms react."""
    write_values(db, EventRow, [_values(fact, by, now, behalf) for fact in facts])
    _react(db, facts, now)


def _values(fact: Fact, by: UUID | None, now: datetime, behalf: UUID | None) -> dict[str, Any]:
    """What the row of a fact holds, by column."""
    kind, salt, data = type(fact).__name__, secrets.token_bytes(16), fact.data()
    digest = _digest(kind, (fact.about, by, behalf, now), data, salt)
    same = {"about": fact.about, "by": by, "behalf": behalf, "at": now}
    return {"kind": kind, **same, "data": data, "salt": salt, "digest": digest}


def _row(fact: Fact, *, by: UUID | None, now: datetime, behalf: UUID | None) -> EventRow:
    row = EventRow(kind=type(fact).__name__, about=fact.about, by=by, behalf=behalf, at=now, data=fact.data())
    row.salt = secrets.token_bytes(16)
    row.digest = digest_of(row)
    return row


def _react(db: Db, facts: Sequence[Fact], now: datetime) -> None:
    reactions: Reactions = db.info.get("reactions", {})
    for kind, some in groupby(facts, type):
        same, reacting = list(some), reactions.get(kind, ())
        if len(same) > 1 and any(hasattr(react, "to_many") for react in reacting):
            for react in reacting:
                _react_to_many(db, react, same, now)
            continue
        for fact in same:
            for react in reacting:
                react(db, fact, now)


def _react_to_many(db: Db, react: Reaction, facts: Sequence[Fact], now: datetime) -> None:
    many: ReactionToMany | None = getattr(react, "to_many", None)
    if many is not None:
        many(db, facts, now)
        return
    for fact in facts:
        react(db, fact, now)


def whisper(db: Db, about: UUID, secret: str) -> None:
    """Hand a secret, such as the one in a link, to reactions in this unit of work; it is never part of the record."""
    db.info.setdefault("lms_whispers", {})[about] = secret


def whispered(db: Db, about: UUID) -> str | None:
    """The secret handed over for a person or thing in this unit of work, if any."""
    secrets_by_id: dict[UUID, str] = db.info.get("lms_whispers", {})
    return secrets_by_id.get(about)


def digest_of(row: EventRow) -> str:
    """SHA-256 over salt and content, in one canonical spelling; the salt keeps guessable content secret."""
    return _digest(row.kind, (row.about, row.by, row.behalf, row.at), row.data, row.salt)


def _digest(kind: str, who: tuple[object, ...], data: Mapping[str, Any], salt: bytes | None) -> str:
    content = [kind, *(_plain(v) for v in who), data]
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256((salt or b"") + spelled.encode()).hexdigest()


def _plain(value: object) -> Any:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple() | list() | frozenset():
            return [_plain(item) for item in value]
        case _:
            return value


def told(db: Db, kinds: Collection[type[Fact]]) -> Iterator[Mapping[str, Any]]:
    """What every fact of these kinds tells, a piece at a time; those that were erased are left out. For the doctor."""
    names = [kind.__name__ for kind in kinds]
    wanted = select(EventRow.data).where(EventRow.kind.in_(names), EventRow.salt.is_not(None))
    yield from db.scalars(wanted.execution_options(yield_per=500))


@dataclass(frozen=True)
class Told:
    """What one fact tells. `data` is empty when it was erased."""

    kind: str
    about: UUID
    at: datetime
    data: Mapping[str, Any]
    erased: bool


def told_about(db: Db, kinds: Collection[type[Fact]], people: Collection[UUID]) -> Iterator[Told]:
    """Every fact of these kinds about some people, in the order they were written, erased ones too. For the doctor."""
    names = [kind.__name__ for kind in kinds]
    wanted = select(EventRow).where(EventRow.kind.in_(names), EventRow.about.in_(people)).order_by(EventRow.id)
    for row in db.scalars(wanted.execution_options(yield_per=500)):
        assert row.about is not None
        yield Told(row.kind, row.about, row.at, row.data, row.salt is None)
