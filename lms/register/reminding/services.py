"""Send reminders to many: asked for once, worked off a few at a time, each PA told once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.core.words import N_, Refused
from lms.core.work import later
from lms.register import lists
from lms.register.lists import Chosen, ListRow
from lms.register.reminding import queries
from lms.register.reminding.events import NextStepReminded
from lms.register.reminding.models import BulkReminder, ReminderSent
from lms.register.reminding.rules import Who, left_out

SEND = "register.remind"
AT_ONCE = 100
"""PAs told in one unit of work, so that nobody waits long for the writer."""


def send(db: Db, *, once: UUID, authority_id: UUID, chosen: Chosen, by: UUID, now: datetime) -> None:
    """Ask for a reminder to everybody on the list. The same form twice is one; refused when nobody would be told."""
    if db.get(BulkReminder, once) is not None:
        return
    counted = queries.preview(db, authority_id, london_day(now), chosen, now).total
    if not counted:
        raise Refused(N_("Nobody on this list would be reminded. Choose other PAs."))
    row = BulkReminder(
        id=once, authority_id=authority_id, chosen=chosen.told(), counted=counted, asked_by=by, asked_at=now
    )
    if add_once(db, row):
        later(db, SEND, str(once), now=now)


def work_off(house: House, key: str, now: datetime) -> None:
    """Tell everybody whom a reminder is for, each once; begun again, it goes on where it stopped."""
    while _some(house, UUID(key), now):
        pass


def _some(house: House, reminder_id: UUID, now: datetime) -> bool:
    """Tell the next few; whether there may be more."""
    with house.database.writing() as db:
        row = db.scalar(select(BulkReminder).where(BulkReminder.id == reminder_id).with_for_update())
        if row is None or row.done_at is not None:
            return False
        chosen = Chosen.read(row.chosen)
        on = london_day(now)
        rows = lists.after(db, row.authority_id, on, chosen, after_id=row.after_id, limit=AT_ONCE)
        _tell(db, row, rows, now)
        if rows:
            row.after_id = rows[-1].person_id
        if len(rows) < AT_ONCE:
            row.done_at = now
        return row.done_at is None


def _tell(db: Db, reminder: BulkReminder, rows: list[ListRow], now: datetime) -> None:
    late = queries.just_reminded(db, reminder.authority_id, [each.person_id for each in rows], now)
    for each in rows:
        if each.next_step is None or left_out(Who(each.person_id, each.next_step), late) is not None:
            continue
        sent = ReminderSent(
            reminder_id=reminder.id,
            person_id=each.person_id,
            authority_id=reminder.authority_id,
            step=each.next_step.value,
            at=now,
        )
        if not add_once(db, sent):
            continue
        fact = NextStepReminded(
            about=each.person_id,
            authority_id=reminder.authority_id,
            reminder_id=reminder.id,
            step=each.next_step.value,
        )
        record(db, fact, by=reminder.asked_by, now=now, behalf=reminder.authority_id)
