"""The worker's part: send one notice the way it was written for, and note what came of it.

A refusal for good marks the address; anything else that goes wrong is raised, and tried again with growing pauses.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from lms.core.house import House
from lms.core.i18n import say_in
from lms.notifications import mail, texting
from lms.notifications.channels import notify
from lms.notifications.channels import queries as channels
from lms.notifications.channels import services as troubles
from lms.notifications.models import Notice
from lms.notifications.preferences import unsubscribing
from lms.notifications.preferences.rules import REQUIRED, Purpose
from lms.notifications.purposes import purpose_of
from lms.notifications.texts import Written, write

REFUSED, GIVEN_UP = "refused", "not_sent"


def send(house: House, key: str, now: datetime) -> None:
    """Send one notice; one that was sent already is left alone. The link's secret is wiped with the sending."""
    with house.database.reading() as db:
        row = db.get(Notice, UUID(key))
        if row is None or row.sent_at is not None or row.address is None or row.outcome is not None:
            return
        safe = purpose_of(row.kind) is Purpose.SAFETY or row.person_id is None
        if not safe and channels.broken(db, [row.address]):
            dead = True
        else:
            dead = False
            values = {**row.values, "name": row.name, "secret": row.secret or ""}
            written = write(row.kind, values, house.settings.base_url, say_in(row.language))
    if dead:
        _note(house, row, now, outcome=GIVEN_UP)
        return
    try:
        reference = hand_on(house, row, written, now)
    except mail.NoSuchAddress as refusal:
        _note(house, row, now, outcome=REFUSED, why=refusal.why)
    except notify.NotTaken:
        _note(house, row, now, outcome=REFUSED, why="refused")
    else:
        _note(house, row, now, reference=reference)


def hand_on(house: House, row: Notice, written: Written, now: datetime) -> str | None:
    """Give a notice to the way it goes; what a provider calls it, where it will say more of it later."""
    assert row.address is not None
    notice = str(row.id)
    if texting.is_number(row.address):
        said = " ".join(part for part in (written.short or written.subject, written.link) if part)
        return texting.send(house.settings, to=row.address, text=said, language=row.language, notice=notice, now=now)
    message = mail.compose(
        house.settings,
        to=row.address,
        subject=written.subject,
        text=f"{written.body}\n\n{written.link}\n",
        language=row.language,
        notice=notice,
        now=now,
        unsubscribe=unsubscribe_link(house, row),
    )
    mail.send(house.settings, message, notice=notice)
    return None


def unsubscribe_link(house: House, row: Notice) -> str:
    """Where one click ends mails like this one; empty for what has to be told."""
    purpose = purpose_of(row.kind)
    if row.person_id is None or purpose in REQUIRED:
        return ""
    return unsubscribing.link(house.settings, row.person_id, purpose)


def _note(
    house: House, row: Notice, now: datetime, *, outcome: str | None = None, why: str = "", reference: str | None = None
) -> None:
    values: dict[str, object] = {"secret": None}
    if outcome is None:
        values |= {"sent_at": now, "reference": reference, "ask_at": texting.first_asked(now) if reference else None}
    else:
        values["outcome"] = outcome
    with house.database.writing() as db:
        db.execute(update(Notice).where(Notice.id == row.id).values(**values))
        if outcome == REFUSED and row.address is not None:
            troubles.mark(db, address=row.address, person_id=row.person_id, why=why, now=now)
