"""Read messages to people: the outbox, who gets one how and who does not, and how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.db import Db, columns
from lms.core.words import NotFound, Say
from lms.notifications.models import Notice
from lms.notifications.preferences.rules import Topic, Way
from lms.notifications.texts import Written, write
from lms.notifications.writing.deciding import decide
from lms.notifications.writing.models import BulkMessage, BulkMessageTo
from lms.notifications.writing.rules import Out, Text
from lms.notifications.writing.services import message_of
from lms.people import queries as people
from lms.people.by_name import name_of


@dataclass(frozen=True)
class MessageView:
    """A message in the outbox."""

    id: UUID
    authority_id: UUID
    subject: str
    topic: Topic
    by: UUID
    prepared_at: datetime
    sent_off_at: datetime | None
    stopped_at: datetime | None
    done_at: datetime | None
    languages: tuple[str, ...]


def view(row: BulkMessage) -> MessageView:
    """A row as pages see it."""
    first = row.texts.get("en") or next(iter(row.texts.values()))
    moments = (row.prepared_at, row.sent_off_at, row.stopped_at, row.done_at)
    return MessageView(row.id, row.authority_id, first[0], row.topic, row.asked_by, *moments, tuple(sorted(row.texts)))


@dataclass(frozen=True)
class Counted:
    """How many people a message is for: by way, by why not, and how many have it. `welsh_in_english` fell back."""

    ways: Mapping[Way, int]
    out: Mapping[Out, int]
    languages: Mapping[str, int]
    through: int
    given: int

    @property
    def ready(self) -> int:
        """How many get it."""
        return sum(self.ways.values())

    @property
    def total(self) -> int:
        """How many it is for, with those who do not get it."""
        return self.ready + sum(self.out.values())


_T = BulkMessageTo
_COUNTED = (
    select(
        _T.way,
        _T.out,
        _T.language,
        _T.via_id.is_not(None).label("through"),
        func.count().label("many"),
        func.count(_T.at).label("given"),
    )
    .where(_T.message_id == bindparam("message_id"))
    .group_by(_T.way, _T.out, _T.language, _T.via_id.is_not(None))
)


def counted(db: Db, message_id: UUID) -> Counted:
    """Whom a message is for, in numbers. One query."""
    ways: dict[Way, int] = {}
    out: dict[Out, int] = {}
    languages: dict[str, int] = {}
    through = given = 0
    for row in columns(db, _COUNTED, {"message_id": message_id}):
        given += row.given
        if row.out is not None:
            out[row.out] = out.get(row.out, 0) + row.many
            continue
        ways[row.way] = ways.get(row.way, 0) + row.many
        languages[row.language] = languages.get(row.language, 0) + row.many
        through += row.many if row.through else 0
    return Counted({way: ways[way] for way in Way if way in ways}, out, languages, through, given)


def outbox(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[MessageView], int]:
    """An authority's messages, the newest first, and how many. Two queries."""
    ours = BulkMessage.authority_id == authority_id
    total = db.scalar(select(func.count()).select_from(BulkMessage).where(ours)) or 0
    newest = select(BulkMessage).where(ours).order_by(BulkMessage.prepared_at.desc(), BulkMessage.id)
    return [view(row) for row in db.scalars(newest.offset(offset).limit(limit))], total


class PersonLine(NamedTuple):
    """One person of a message. `sent_at` is when it left; `outcome` what came of it."""

    person_id: UUID
    name: str
    language: str
    way: Way
    out: Out | None
    missing: str
    via_id: UUID | None
    at: datetime | None
    sent_at: datetime | None
    outcome: str | None


_LINES = (
    select(
        _T.person_id,
        name_of(_T.person_id).label("name"),
        _T.language,
        _T.way,
        _T.out,
        _T.missing,
        _T.via_id,
        _T.at,
        Notice.sent_at,
        Notice.outcome,
    )
    .outerjoin(Notice, Notice.id == _T.notice_id)
    .where(_T.message_id == bindparam("message_id"))
)


def people_of(db: Db, message_id: UUID, *, left_out: bool, offset: int, limit: int) -> list[PersonLine]:
    """Some of the people of a message, those who get it or those who do not. One query."""
    wanted = _LINES.where(_T.out.is_not(None) if left_out else _T.out.is_(None)).order_by(_T.place)
    rows = columns(db, wanted.offset(offset).limit(limit), {"message_id": message_id})
    return [PersonLine(*cast(tuple[Any, ...], row)) for row in rows]


@dataclass(frozen=True)
class Exactly:
    """What one person gets or got, letter by letter."""

    name: str
    language: str
    way: Way
    address: str | None
    written: Written | None
    sent: bool
    fell_back: bool
    missing: str
    via: str


def exactly(db: Db, row: BulkMessage, person_id: UUID, say: Say, *, site: str, now: datetime) -> Exactly:
    """What one person of a message gets: as it was sent, or as it would be now. NotFound for anybody else."""
    line = db.get(BulkMessageTo, (row.id, person_id))
    if line is None:
        raise NotFound("person")
    via = people.organisation(db, line.via_id).name if line.via_id else ""
    notice = db.get(Notice, line.notice_id) if line.notice_id else None
    if notice is not None:
        written = write(notice.kind, {**notice.values, "name": notice.name, "secret": ""}, site, say)
        fell_back = line.language not in row.texts
        return Exactly(
            name=notice.name,
            language=line.language,
            way=line.way,
            address=notice.address,
            written=written,
            sent=True,
            fell_back=fell_back,
            missing=line.missing,
            via=via,
        )
    (each,) = decide(db, message_of(row), [person_id], now)
    ready = _written(each.text, site, say) if each.text else None
    return Exactly(
        name=each.someone.name,
        language=each.someone.language,
        way=each.goes.way,
        address=each.goes.address,
        written=ready,
        sent=False,
        fell_back=each.fell_back,
        missing=each.missing,
        via=via,
    )


def _written(text: Text, site: str, say: Say) -> Written:
    values = {"subject": text.subject, "body": text.body, "short": text.short or text.subject}
    return write("coordinator_message", values, site, say)


def of_messages(db: Db, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """By message: how many get it and how many have it. One query."""
    wanted = (
        select(_T.message_id, func.count(), func.count(_T.at))
        .where(_T.message_id.in_(ids), _T.out.is_(None))
        .group_by(_T.message_id)
    )
    return {id: (ready, given) for id, ready, given in db.execute(wanted)}
