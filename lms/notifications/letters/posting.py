"""Letters through GOV.UK Notify, which prints and posts them: each is a piece of work of its own.

A letter without an address, one Notify refuses, one it has not taken within a day, and those that still wait when the
setting is taken away are printed here like any other.
Were the machine to stop between Notify's answer and our note of it, that one letter would go twice.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from lms.core.db import Db
from lms.core.house import House
from lms.core.work import later_all
from lms.notifications import texting
from lms.notifications.channels import notify
from lms.notifications.letters import services
from lms.notifications.models import Notice
from lms.notifications.preferences.rules import Way
from lms.notifications.writing.models import BulkMessage, BulkMessageTo

POST = "messages.post"
PATIENCE = timedelta(days=1)
"""How long Notify has to take a letter before somebody prints it here."""


def hand_over(db: Db, message_id: UUID, *, posts: bool, now: datetime) -> None:
    """What becomes of the letters of a message that everybody was given: `posts` says whether Notify takes letters."""
    ids = db.scalars(select(BulkMessageTo.person_id).where(*_letters_of(message_id))).all() if posts else ()
    if ids:
        later_all(db, POST, [(f"{message_id} {person_id}", now) for person_id in ids], now=now)
    else:
        services.plan(db, message_id, now)


def post(house: House, key: str, now: datetime) -> None:
    """Hand one letter to Notify. Raises notify.NotNow while it may still be tried; done twice, it goes once."""
    message_id, person_id = map(UUID, key.split())
    with house.database.reading() as db:
        line, message = db.get(BulkMessageTo, (message_id, person_id)), db.get(BulkMessage, message_id)
        row = db.get(Notice, line.notice_id) if line and line.notice_id else None
        if row is None or message is None or row.reference is not None or row.outcome is not None:
            return
        (letter,) = services.letters_of(db, message, row.language, [row])
    if not (letter.lines and house.settings.posts):
        _note(house, message_id, row, now)
        return
    lines = [letter.name, *letter.lines]
    try:
        sent = notify.send_letter(
            house.settings, lines=lines, subject=letter.subject, text=letter.body, reference=str(row.id)
        )
    except notify.NotTaken:
        _note(house, message_id, row, now)
    except notify.NotNow:
        if now < (message.sent_off_at or now) + PATIENCE:
            raise
        _note(house, message_id, row, now)
    else:
        _note(house, message_id, row, now, reference=sent)


def _note(house: House, message_id: UUID, row: Notice, now: datetime, *, reference: str | None = None) -> None:
    """Keep what came of a letter; after the last one of a message, those that stay here are printed."""
    values: dict[str, object] = {"outcome": services.BY_HAND}
    if reference:
        values = {"sent_at": now, "reference": reference, "ask_at": texting.first_asked(now)}
    with house.database.writing() as db:
        # Held, so that of two last letters at once one sees the other's end.
        db.scalar(select(BulkMessage.id).where(BulkMessage.id == message_id).with_for_update())
        db.execute(update(Notice).where(Notice.id == row.id).values(**values))
        waiting = (
            select(func.count())
            .select_from(BulkMessageTo)
            .join(Notice, Notice.id == BulkMessageTo.notice_id)
            .where(*_letters_of(message_id), Notice.reference.is_(None), Notice.outcome.is_(None))
        )
        if not db.scalar(waiting):
            services.plan(db, message_id, now)


def _letters_of(message_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return BulkMessageTo.message_id == message_id, BulkMessageTo.way == Way.LETTER, BulkMessageTo.at.is_not(None)
