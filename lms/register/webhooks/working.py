"""The worker's part: tell a system what is new, and again later when it did not answer.

A message says from which number to which there is something new, and nothing about anybody: what it is, the system asks
for with its token, which has an end date and can be taken away. So a message that goes astray tells nothing, one that
comes twice does no harm, and several changes are one message.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, delete, or_, select, update

from lms.core.db import Db
from lms.core.house import House
from lms.core.work import later
from lms.people import queries as people
from lms.register.feed import queries as feed
from lms.register.webhooks import reaching, signing
from lms.register.webhooks.models import Webhook, WebhookDelivery
from lms.register.webhooks.reaching import Answer
from lms.register.webhooks.rules import KEPT, Came, Stopped, networks, next_try
from lms.register.webhooks.services import NOTIFY

LEASE = timedelta(minutes=2)
"""How long one worker has a system to itself; more than a try can take."""

AT_ONCE = 20
"""Messages one piece of work sends before it lets others have a turn."""

CHANGED, TEST = "register.changed", "register.test"


@dataclass(frozen=True)
class Message:
    """One message ready to go, put together while the database is read and sent after it is let go."""

    webhook_id: UUID
    delivery_id: UUID
    url: str
    body: bytes
    headers: dict[str, str]


def notify(house: House, key: str, now: datetime) -> None:
    """Send a system what waits for it, one message after the other. Harmless when done twice."""
    webhook_id = UUID(key)
    if not _take(house, webhook_id, now):
        return
    try:
        for _ in range(AT_ONCE):
            message = _next(house, webhook_id, house.clock())
            if message is None:
                return
            allowed = networks(house.settings.webhook_networks)
            answer = reaching.post(message.url, message.body, message.headers, allowed=allowed)
            if not _keep(house, message, answer, house.clock()):
                return
        with house.database.writing() as db:
            later(db, NOTIFY, key, now=now)
    finally:
        _give_back(house, webhook_id)


def sweep(house: House, now: datetime) -> int:
    """Ask for what may be tried again and for what was overlooked; forget what is too old. How many were asked for.

    A system whose secret cannot be made any more is stopped here too, so that its manager need not wait for news.
    """
    with house.database.writing() as db:
        db.execute(delete(WebhookDelivery).where(WebhookDelivery.made_at < now - KEPT))
        for row in db.scalars(_ACTIVE).all():
            _stop_when_key_changed(house, row, now)
        db.flush()
        due = [row.id for row in db.scalars(_ACTIVE.where(_may_go(now))) if _has_news(db, row)]
        for webhook_id in due:
            later(db, NOTIFY, str(webhook_id), now=now)
    return len(due)


_ACTIVE = select(Webhook).where(Webhook.ended_at.is_(None), Webhook.stopped.is_(None))


def _may_go(now: datetime) -> ColumnElement[bool]:
    free = or_(Webhook.busy_until.is_(None), Webhook.busy_until <= now)
    return free & or_(Webhook.next_at.is_(None), Webhook.next_at <= now)


def _has_news(db: Db, row: Webhook) -> bool:
    return _open(db, row.id) is not None or feed.head(db, row.authority_id).last > row.told_seq


def _open(db: Db, webhook_id: UUID) -> WebhookDelivery | None:
    """The oldest message that is not delivered yet and not given up."""
    wanted = select(WebhookDelivery).where(
        WebhookDelivery.webhook_id == webhook_id,
        or_(WebhookDelivery.came.is_(None), WebhookDelivery.came.not_in([Came.DELIVERED, Came.GONE])),
    )
    return db.scalar(wanted.order_by(WebhookDelivery.made_at, WebhookDelivery.id).limit(1))


def _take(house: House, webhook_id: UUID, now: datetime) -> bool:
    """One statement decides which worker has it."""
    with house.database.writing() as db:
        taken: CursorResult[object] = db.execute(  # type: ignore[assignment]  # an UPDATE gives a cursor result
            update(Webhook)
            .where(Webhook.id == webhook_id, Webhook.ended_at.is_(None), Webhook.stopped.is_(None), _may_go(now))
            .values(busy_until=now + LEASE)
        )
        return bool(taken.rowcount)


def _give_back(house: House, webhook_id: UUID) -> None:
    with house.database.writing() as db:
        db.execute(update(Webhook).where(Webhook.id == webhook_id).values(busy_until=None))


def _next(house: House, webhook_id: UUID, now: datetime) -> Message | None:
    """The next message, written down before it goes: one that was cut off goes again under its old id."""
    with house.database.writing() as db:
        row = db.get_one(Webhook, webhook_id, with_for_update=True)
        if row.stopped is not None or row.ended_at is not None or _stop_when_key_changed(house, row, now):
            return None
        row.busy_until = now + LEASE  # each message anew: many slow ones take longer than one
        waiting = _open(db, webhook_id)
        if waiting is None:
            head = feed.head(db, row.authority_id).last
            if head <= row.told_seq:
                return None
            waiting = WebhookDelivery(webhook_id=row.id, after_seq=row.told_seq, head=head, made_at=now)
            db.add(waiting)
            db.flush()
        return _message(db, house.settings.secret_key or "", row, waiting, now)


def _stop_when_key_changed(house: House, row: Webhook, now: datetime) -> bool:
    """Send nothing that the system could not check: without the key of before, its secret is lost to us."""
    if signing.still_counts(house.settings.secret_key, row.id, row.turn, row.fingerprint):
        return False
    row.stopped, row.stopped_at, row.next_at = Stopped.KEY_CHANGED, now, None
    return True


def _message(db: Db, key: str, row: Webhook, sent: WebhookDelivery, now: datetime) -> Message:
    said = {
        "type": TEST if sent.after_seq == sent.head else CHANGED,
        "timestamp": sent.made_at.isoformat().replace("+00:00", "Z"),
        "data": {
            "authority": people.organisation(db, row.authority_id).code,
            "after": sent.after_seq,
            "head": sent.head,
        },
    }
    body = json.dumps(said, separators=(",", ":")).encode()
    turns = [row.turn]
    if row.overlap_until is not None and now < row.overlap_until:
        turns.append(row.turn - 1)
    secrets = [signing.secret(key, row.id, turn) for turn in turns]
    headers = signing.headers(secrets, message_id=str(sent.id), body=body, now=now)
    return Message(row.id, sent.id, row.url, body, headers)


def _keep(house: House, message: Message, answer: Answer, now: datetime) -> bool:
    """Write down what came of it; whether the next message may go at once."""
    with house.database.writing() as db:
        row = db.get_one(Webhook, message.webhook_id, with_for_update=True)
        sent = db.get_one(WebhookDelivery, message.delivery_id)
        sent.tries, sent.tried_at, sent.came, sent.status = sent.tries + 1, now, answer.came, answer.status
        if answer.came is Came.DELIVERED:
            row.told_seq, row.tries, row.next_at = max(row.told_seq, sent.head), 0, None
            return True
        if row.stopped is not None:  # somebody stopped it while we waited for the answer
            return False
        row.tries += 1
        row.next_at = next_try(row.tries, now, asked_to_wait=answer.wait)
        if answer.came is Came.GONE or row.next_at is None:
            row.stopped = Stopped.GONE if answer.came is Came.GONE else Stopped.GAVE_UP
            row.stopped_at, row.next_at = now, None
        return False
