"""Ask GOV.UK Notify what came of text messages and letters, with growing pauses, for as long as it still knows."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from lms.core.house import House
from lms.notifications.channels import notify, services
from lms.notifications.channels.rules import Came, came_of, next_asked
from lms.notifications.models import Notice

AT_ONCE = 50
"""Messages asked about in one minute, so that the sweep is never long."""
TROUBLED_WAIT = timedelta(minutes=10)


def sweep(house: House, now: datetime) -> None:
    """Ask about the messages whose time has come. Where Notify does not answer, all wait."""
    if not house.settings.notify_key:
        return
    with house.database.reading() as db:
        due = select(Notice).where(Notice.ask_at <= now).order_by(Notice.ask_at).limit(AT_ONCE)
        rows = list(db.scalars(due))
    for row in rows:
        try:
            said = notify.status(house.settings, str(row.reference))
        except (notify.NotNow, notify.NotTaken):
            _note(house, row, Came.NOT_YET, now, pause=TROUBLED_WAIT)
            return
        _note(house, row, came_of(said, row.way), now)


def _note(house: House, row: Notice, came: Came, now: datetime, *, pause: timedelta | None = None) -> None:
    ask_at = now + pause if pause else next_asked(row.sent_at or now, row.asked + 1, now, row.way)
    values: dict[str, object] = {"asked": row.asked + 1, "ask_at": ask_at}
    if came is not Came.NOT_YET:
        values |= {"ask_at": None, "outcome": came.value}
    elif ask_at is None:
        values["outcome"] = Came.UNKNOWN.value
    with house.database.writing() as db:
        db.execute(update(Notice).where(Notice.id == row.id).values(**values))
        if came is Came.FAILED and row.address is not None:
            services.mark(db, address=row.address, person_id=row.person_id, why=came.value, now=now)
