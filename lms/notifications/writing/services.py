"""Prepare a message to one or many, send it off, stop it. What goes out is in `working`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once, write_rows
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.notifications.letters.posting import hand_over
from lms.notifications.preferences.rules import Topic
from lms.notifications.writing.audience import belonging, pieces
from lms.notifications.writing.deciding import Decided, Message, decide
from lms.notifications.writing.events import MessageSentOff, MessageStopped
from lms.notifications.writing.models import BulkMessage, BulkMessageTo
from lms.notifications.writing.rules import MOST_PEOPLE, Field, Text, check, check_links, cleaned, fields_in

SEND_MANY = "messages.send"
MOST_OFF_A_DAY = 20
"""Messages to more than one person that an authority sends off in a day at most."""
LONGEST_EVENT = 200


def prepare(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    texts: Mapping[str, Text],
    topic: Topic,
    people: Sequence[UUID],
    site: str,
    by: UUID,
    now: datetime,
    audience: Mapping[str, Any] | None = None,
    event: str = "",
) -> int:
    """Prepare a message to these people and work out who gets it how, and who does not and why; nothing goes out yet.

    `texts` by language; `site` is the address of PALMS, to which alone links may lead; `audience` says how the people
    were chosen; `event` fills ((event)). Gives how many of them are behind the authority's wall: nobody else is taken
    in. Prepared twice with the same number it is one. Raises Refused.
    """
    if db.get(BulkMessage, once) is not None:
        return count_for(db, once)
    ready = {language: cleaned(text) for language, text in texts.items()}
    for text in ready.values():
        check(text, topic, site=site)
    _check_event(ready, event, site)
    if len(people) > MOST_PEOPLE:
        raise Refused(N_("One message goes to at most %(most)s people. Narrow the list down."), most=MOST_PEOPLE)
    here = belonging(db, authority_id, people, london_day(now))
    ids = [id for id in dict.fromkeys(people) if id in here]
    if not ids:
        raise Refused(N_("There is nobody to write to. Choose people of your council."))
    row = BulkMessage(
        id=once,
        authority_id=authority_id,
        topic=topic,
        texts={language: [text.subject, text.body, text.short] for language, text in ready.items()},
        event=" ".join(event.split())[:LONGEST_EVENT],
        audience=dict(audience or {"ids": len(ids)}),
        asked_by=by,
        prepared_at=now,
    )
    if add_once(db, row):
        _place(db, row, ids, now)
    return len(ids)


def _check_event(texts: Mapping[str, Text], event: str, site: str) -> None:
    check_links(event, site)
    if any(Field.EVENT in fields_in(text) for text in texts.values()) and not event.strip():
        raise Refused(N_("Say which event it is about, since the message has ((event)) in it."))


def _place(db: Db, row: BulkMessage, ids: Sequence[UUID], now: datetime) -> None:
    message, place = message_of(row), 0
    for some in pieces(ids):
        lines = [line_of(row.id, place + number, each) for number, each in enumerate(decide(db, message, some, now))]
        write_rows(db, lines)
        place += len(some)


def message_of(row: BulkMessage) -> Message:
    """A message as it is decided about."""
    texts = {language: Text(*parts) for language, parts in row.texts.items()}
    return Message(row.authority_id, row.asked_by, row.topic, texts, row.event)


def line_of(message_id: UUID, place: int, each: Decided) -> BulkMessageTo:
    """The row of one person."""
    return BulkMessageTo(
        message_id=message_id,
        person_id=each.someone.id,
        place=place,
        language=each.someone.language,
        way=each.goes.way,
        out=each.out,
        missing=each.missing,
        via_id=each.via,
    )


def count_for(db: Db, message_id: UUID) -> int:
    """How many people a message is for."""
    return db.scalar(select(func.count()).where(BulkMessageTo.message_id == message_id)) or 0


def own(db: Db, message_id: UUID, authority_ids: frozenset[UUID], *, held: bool = False) -> BulkMessage:
    """A message behind one of these walls. Raises NotFound, the same whether it is absent or behind another."""
    wanted = select(BulkMessage).where(BulkMessage.id == message_id)
    row = db.scalar(wanted.with_for_update() if held else wanted)
    if row is None or row.authority_id not in authority_ids:
        raise NotFound("message")
    return row


def send_off(db: Db, *, message_id: UUID, authority_ids: frozenset[UUID], by: UUID, now: datetime) -> None:
    """Send a prepared message; the worker does it. Sent off twice it goes once. Raises Refused and NotFound."""
    row = own(db, message_id, authority_ids, held=True)
    if row.sent_off_at is not None:
        return
    if row.stopped_at is not None:
        raise Refused(N_("This message was thrown away. Write it anew."))
    ready = select(func.count()).where(BulkMessageTo.message_id == row.id, BulkMessageTo.out.is_(None))
    number = db.scalar(ready) or 0
    if not number:
        raise Refused(N_("Nobody would get this message. See why below, and write another."))
    if number > 1 and _off_today(db, row.authority_id, now) >= MOST_OFF_A_DAY:
        raise Refused(
            N_("Your council has sent %(most)s messages to several people today. Send this one tomorrow."),
            most=MOST_OFF_A_DAY,
        )
    row.sent_off_at = now
    fact = MessageSentOff(about=by, authority_id=row.authority_id, message_id=row.id, people=number)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    later(db, SEND_MANY, str(row.id), now=now)


def _off_today(db: Db, authority_id: UUID, now: datetime) -> int:
    wanted = select(BulkMessage.id, BulkMessage.sent_off_at).where(
        BulkMessage.authority_id == authority_id, BulkMessage.sent_off_at.is_not(None)
    )
    latest = db.execute(wanted.order_by(BulkMessage.sent_off_at.desc()).limit(MOST_OFF_A_DAY * 5)).all()
    today = [id for id, at in latest if at is not None and london_day(at) == london_day(now)]
    many = (
        select(BulkMessageTo.message_id)
        .where(BulkMessageTo.message_id.in_(today))
        .group_by(BulkMessageTo.message_id)
        .having(func.count() > 1)
    )
    return len(db.execute(many).all())


def stop(
    db: Db, *, message_id: UUID, authority_ids: frozenset[UUID], by: UUID, now: datetime, posts: bool = False
) -> None:
    """Nobody else gets a message from now on; one that was not sent off is thrown away. Refused when all have it.

    Letters that somebody was given before are printed all the same; `posts` says whether GOV.UK Notify posts them.
    """
    row = own(db, message_id, authority_ids, held=True)
    if row.stopped_at is not None:
        return
    if row.done_at is not None:
        raise Refused(N_("Everybody has this message already. It cannot be stopped any more."))
    row.stopped_at, row.stopped_by, row.done_at = now, by, now
    hand_over(db, row.id, posts=posts, now=now)
    fact = MessageStopped(about=by, authority_id=row.authority_id, message_id=row.id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
